import { createDescriber, type DescribedOctets, type Describer } from '../../bytes/index.js';
import { formatAddress, formatAsn } from '../../inet/index.js';
import { errorCodeName } from './error-code.js';
import { HEADER_LENGTH } from './format.js';
import { PDU_TYPE } from './header.js';

/** What is known of a type of PDU: its name, its section, what the two octets behind the type are, its body. */
interface Form {
  readonly name: string;
  readonly section: string;
  readonly third?: (pdu: Describer) => void;
  readonly body?: (pdu: Describer, version: number) => string | undefined;
}

const sessionId = (pdu: Describer): number => pdu.uint('Session ID', 2);
const zero = (pdu: Describer): number => pdu.uint('zero', 2);
const asn = (pdu: Describer, name: string): number => pdu.uint(name, 4, formatAsn);
const flagsAndZero = (pdu: Describer): void => {
  pdu.uint('Flags', 1, flagsText);
  pdu.uint('zero', 1);
};
const flagsText = (flags: number): string =>
  `0x${flags.toString(16).padStart(2, '0')} (${flags & 1 ? 'announcement' : 'withdrawal'})`;

/** By number (8210bis §5.2 to §5.12). */
const FORMS: Readonly<Record<number, Form>> = {
  [PDU_TYPE.serialNotify]: { name: 'Serial Notify', section: '2', third: sessionId, body: serial },
  [PDU_TYPE.serialQuery]: { name: 'Serial Query', section: '3', third: sessionId, body: serial },
  [PDU_TYPE.resetQuery]: { name: 'Reset Query', section: '4' },
  [PDU_TYPE.cacheResponse]: { name: 'Cache Response', section: '5', third: sessionId },
  [PDU_TYPE.ipv4Prefix]: { name: 'IPv4 Prefix', section: '9', body: (pdu) => prefix(pdu, 'IPv4 Prefix', 4) },
  [PDU_TYPE.ipv6Prefix]: {
    name: 'IPv6 Prefix',
    section: '10',
    body: (pdu) => prefix(pdu, 'IPv6 Prefix', 16),
  },
  [PDU_TYPE.endOfData]: { name: 'End of Data', section: '7', third: sessionId, body: endOfData },
  [PDU_TYPE.cacheReset]: { name: 'Cache Reset', section: '6' },
  [PDU_TYPE.routerKey]: { name: 'Router Key', section: '11', third: flagsAndZero, body: routerKey },
  [PDU_TYPE.errorReport]: {
    name: 'Error Report',
    section: '8',
    third: (pdu) => pdu.uint('Error Code', 2, (code) => `${code} (${errorCodeName(code)})`),
    body: errorReport,
  },
  [PDU_TYPE.aspa]: { name: 'ASPA', section: '12', third: flagsAndZero, body: aspa },
};

/**
 * Describes PDUs of the RPKI-to-Router protocol one after the other (8210bis §5), octet by octet. Never throws: what is broken is
 * described as far as it goes. NON-SPEC: for people.
 */
export function describePdus(octets: Uint8Array): DescribedOctets {
  const whole = createDescriber(octets);
  whole.group(
    'PDUs',
    octets.length,
    (pdus) => {
      while (pdus.remaining > 0) describePdu(pdus);
      return undefined;
    },
    '8210bis §5.1',
  );
  return whole.nodes[0] as DescribedOctets;
}

function describePdu(pdus: Describer): void {
  const type = pdus.peek(1) ?? -1;
  const form = FORMS[type];
  const name = form?.name ?? `PDU ${type < 0 ? 'cut short' : `of type ${type}`}`;
  let length = 0;
  for (let i = 4; i < 8; i++) length = length * 256 + (pdus.peek(i) ?? 0);
  pdus.group(
    name,
    Math.max(HEADER_LENGTH, length), // so that every PDU makes progress
    (pdu) => {
      const version = pdu.uint('Protocol Version', 1);
      pdu.uint('PDU Type', 1, (number) => `${number} (${FORMS[number]?.name ?? 'unknown'})`);
      (form?.third ?? zero)(pdu);
      pdu.uint('Length', 4);
      return form?.body?.(pdu, version);
    },
    form && `8210bis §5.${form.section}`,
  );
}

function serial(pdu: Describer): undefined {
  pdu.uint('Serial Number', 4);
}

function endOfData(pdu: Describer, version: number): undefined {
  pdu.uint('Serial Number', 4);
  if (version === 0) return;
  for (const name of ['Refresh Interval', 'Retry Interval', 'Expire Interval']) {
    pdu.uint(name, 4, (seconds) => `${seconds} s`);
  }
}

function prefix(pdu: Describer, name: string, size: number): string {
  const flags = pdu.uint('Flags', 1, flagsText);
  const length = pdu.uint('Prefix Length', 1);
  const maxLength = pdu.uint('Max Length', 1);
  pdu.uint('zero', 1);
  let address = '';
  pdu.bytes(name, size, (octets) => {
    address = formatAddress(octets);
    return address;
  });
  const origin = asn(pdu, 'Autonomous System Number');
  return `${flags & 1 ? '+' : '-'} ${address}/${length}-${maxLength} ${formatAsn(origin)}`;
}

function routerKey(pdu: Describer): undefined {
  pdu.bytes('Subject Key Identifier', 20);
  asn(pdu, 'AS Number');
  pdu.bytes('Subject Public Key Info', pdu.remaining);
}

function aspa(pdu: Describer): string {
  const customer = asn(pdu, 'Customer Autonomous System Number');
  let providers = 0;
  for (; pdu.remaining > 0; providers++) asn(pdu, 'Provider Autonomous System Number');
  return `${formatAsn(customer)}, providers: ${providers}`;
}

function errorReport(pdu: Describer): undefined {
  const encapsulated = pdu.uint('Length of Encapsulated PDU', 4);
  pdu.bytes('Erroneous PDU', encapsulated);
  const length = pdu.uint('Length of Error Text', 4);
  pdu.bytes('Error Diagnostic Message', length, (octets) => new TextDecoder().decode(octets));
}
