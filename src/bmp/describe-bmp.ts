import { describeMessageIn } from '../bgp/index.js';
import { createDescriber, type DescribedOctets, type Describer } from '../bytes/index.js';
import { formatAddress, formatAsn } from '../inet/index.js';
import {
  BMP_HEADER_LENGTH,
  BMP_INITIATION,
  BMP_PEER_DOWN,
  BMP_PEER_UP,
  BMP_ROUTE_MIRRORING,
  BMP_ROUTE_MONITORING,
  BMP_STATISTICS,
  BMP_TERMINATION,
  PEER_HEADER_LENGTH,
} from './header.js';
import { asnSizeOfPeer, PEER_FLAG_IPV6, PEER_LOC_RIB } from './peer-header.js';

interface Form {
  readonly name: string;
  /** Of RFC 7854. */
  readonly section: string;
  readonly perPeer: boolean;
  readonly body: (body: Describer, peer: Peer) => void;
}

/** What of the per-peer header says how the rest is to be read. */
interface Peer {
  readonly asnSize: 2 | 4;
}

/** By number (RFC 7854 §4.3 to §4.10). */
const FORMS: Readonly<Record<number, Form>> = {
  [BMP_ROUTE_MONITORING]: { name: 'Route Monitoring', section: '4.6', perPeer: true, body: message },
  [BMP_STATISTICS]: { name: 'Stats Report', section: '4.8', perPeer: true, body: statistics },
  [BMP_PEER_DOWN]: { name: 'Peer Down Notification', section: '4.9', perPeer: true, body: peerDown },
  [BMP_PEER_UP]: { name: 'Peer Up Notification', section: '4.10', perPeer: true, body: peerUp },
  [BMP_INITIATION]: { name: 'Initiation', section: '4.3', perPeer: false, body: information },
  [BMP_TERMINATION]: { name: 'Termination', section: '4.5', perPeer: false, body: information },
  [BMP_ROUTE_MIRRORING]: { name: 'Route Mirroring', section: '4.7', perPeer: true, body: mirroring },
};

/**
 * Describes messages of the BGP Monitoring Protocol one after the other (RFC 7854 §4), octet by octet, with the BGP messages in them. Never
 * throws: what is broken is described as far as it goes. NON-SPEC: for people.
 */
export function describeBmp(octets: Uint8Array): DescribedOctets {
  const whole = createDescriber(octets);
  whole.group(
    'BMP messages',
    octets.length,
    (messages) => {
      while (messages.remaining > 0) describeOne(messages);
      return undefined;
    },
    'RFC 7854 §4',
  );
  return whole.nodes[0] as DescribedOctets;
}

function describeOne(messages: Describer): void {
  const type = messages.peek(5) ?? -1;
  const form = FORMS[type];
  let length = 0;
  for (let i = 1; i < 5; i++) length = length * 256 + (messages.peek(i) ?? 0);
  messages.group(
    form?.name ?? 'BMP message',
    Math.max(BMP_HEADER_LENGTH, length), // so that every message makes progress
    (one) => {
      one.group('Common Header', BMP_HEADER_LENGTH, commonHeader, 'RFC 7854 §4.1');
      if (!form) return undefined;
      const peer = form.perPeer ? perPeerHeader(one) : { asnSize: 4 as const };
      if (one.remaining > 0) form.body(one, peer);
      return undefined;
    },
    form && `RFC 7854 §${form.section}`,
  );
}

function commonHeader(header: Describer): undefined {
  header.uint('Version', 1);
  header.uint('Message Length', 4);
  header.uint('Message Type', 1, (type) => `${type} (${FORMS[type]?.name ?? 'unknown'})`);
}

function perPeerHeader(one: Describer): Peer {
  const peerType = one.peek(0) ?? 0;
  const flags = one.peek(1) ?? 0;
  const isLocRib = peerType === PEER_LOC_RIB;
  one.group(
    'Per-Peer Header',
    PEER_HEADER_LENGTH,
    (header) => {
      header.uint('Peer Type', 1);
      header.uint('Peer Flags', 1, (value) => `0x${value.toString(16).padStart(2, '0')}`);
      header.bytes('Peer Distinguisher', 8);
      let address = 'Loc-RIB';
      header.bytes('Peer Address', 16, (octets) => {
        if (!isLocRib) address = formatAddress(flags & PEER_FLAG_IPV6 ? octets : octets.subarray(12));
        return address;
      });
      const asn = header.uint('Peer AS', 4, formatAsn);
      header.bytes('Peer BGP ID', 4, formatAddress);
      header.uint('Timestamp (seconds)', 4, timeText);
      header.uint('Timestamp (microseconds)', 4);
      return `${address}, ${formatAsn(asn)}`;
    },
    isLocRib ? 'RFC 9069 §5.1' : 'RFC 7854 §4.2',
  );
  return { asnSize: asnSizeOfPeer({ peerType, flags }) };
}

/** A BGP message that fills what it says it fills. */
function message(body: Describer, { asnSize }: Peer, name = 'BGP Update'): void {
  const length = 256 * (body.peek(16) ?? 0) + (body.peek(17) ?? 0);
  body.group(name, Math.max(1, length), (inner) => describeMessageIn(inner, { asnSize }), 'RFC 4271 §4.1');
}

function peerUp(body: Describer, peer: Peer): void {
  const address = (octets: Uint8Array): string =>
    formatAddress(octets.subarray(0, 12).every((octet) => octet === 0) ? octets.subarray(12) : octets);
  body.bytes('Local Address', 16, address);
  body.uint('Local Port', 2);
  body.uint('Remote Port', 2);
  if (body.remaining > 0) message(body, peer, 'Sent OPEN Message');
  if (body.remaining > 0) message(body, peer, 'Received OPEN Message');
  information(body);
}

function peerDown(body: Describer, peer: Peer): void {
  const reason = body.uint('Reason', 1);
  if (body.remaining === 0) return;
  if (reason === 1 || reason === 3) message(body, peer, 'BGP Notification');
  else if (reason === 2) body.uint('FSM Event Code', 2);
  else information(body);
}

function statistics(body: Describer): void {
  body.uint('Stats Count', 4);
  while (body.remaining > 0) {
    const length = 256 * (body.peek(2) ?? 0) + (body.peek(3) ?? 0);
    body.group('Statistic', 4 + length, (one) => {
      const type = one.uint('Stat Type', 2);
      one.uint('Stat Len', 2);
      if (one.remaining === 0) return `type ${type}`;
      if (length !== 4 && length !== 8) one.bytes('Stat Data', one.remaining);
      else one.bytes('Stat Data', length, numberText);
      return `type ${type}`;
    });
  }
}

/** Information TLVs (RFC 7854 §4.4): those of Initiation and Termination, and of Peer Up of later documents. */
function information(body: Describer): void {
  while (body.remaining > 0)
    tlv(body, 'Information TLV', (value) => value.bytes('Information', value.remaining, textOf));
}

function mirroring(body: Describer, peer: Peer): void {
  while (body.remaining > 0) {
    tlv(body, 'Route Mirroring TLV', (value, type) => {
      if (type === 0) message(value, peer, 'BGP Message');
      else value.bytes('Information', value.remaining);
    });
  }
}

function tlv(body: Describer, name: string, read: (value: Describer, type: number) => void): void {
  const length = 256 * (body.peek(2) ?? 0) + (body.peek(3) ?? 0);
  body.group(name, 4 + length, (one) => {
    const type = one.uint('Type', 2);
    one.uint('Length', 2);
    if (one.remaining > 0) read(one, type);
    return `type ${type}`;
  });
}

const timeText = (seconds: number): string =>
  seconds === 0 ? 'not told' : new Date(1000 * seconds).toISOString();
const textOf = (octets: Uint8Array): string => new TextDecoder().decode(octets);
const numberText = (octets: Uint8Array): string => {
  let number = 0n;
  for (const octet of octets) number = number * 256n + BigInt(octet);
  return String(number);
};
