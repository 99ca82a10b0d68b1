import { AS_SEQUENCE } from '../../bgp/index.js';
import { concatOctets, readU16, readU32 } from '../../bytes/index.js';
import type { ShownRoute } from '../../conformance/index.js';
import type { Afi, Asn } from '../../inet/index.js';
import { ERROR_CODE, encodePdu, PDU_TYPE, type Pdu, type RtrVersion } from '../../rtr/index.js';
import { PROBE_ASES, PROBE_PREFIXES } from './probe.js';

/** What a cache that is played says to bring a router into a known state. */

/** Session ID and serial that a router was told last. */
export interface ToldSerial {
  readonly sessionId: number;
  readonly serial: number;
}

/** Whether a PDU of a router asks for data. */
export function isQuery(pdu: Uint8Array): boolean {
  return pdu[1] === PDU_TYPE.serialQuery || pdu[1] === PDU_TYPE.resetQuery;
}

/** Session ID and serial of a Serial Query; undefined for another PDU. */
export function serialAsked(pdu: Uint8Array): ToldSerial | undefined {
  if (pdu[1] !== PDU_TYPE.serialQuery || pdu.length < 12) return undefined;
  return { sessionId: readU16(pdu, 2), serial: readU32(pdu, 8) };
}

/** A router that has ended the session comes back soon (8210bis §6). */
const TIMING = { refresh: 3_600, retry: 1, expire: 7_200 } as const;

const say = (version: RtrVersion, ...pdus: readonly Pdu[]): Uint8Array =>
  concatOctets(pdus.map((pdu) => encodePdu(pdu, version)));

/** Tells the router that there is something newer than it has. */
export function newsAfter(version: RtrVersion, { sessionId, serial }: ToldSerial): Uint8Array {
  return say(version, { type: 'serial-notify', sessionId, serial: after(serial) });
}

/** Has the router ask for everything. */
export function startOver(version: RtrVersion): Uint8Array {
  return say(version, { type: 'cache-reset' });
}

/** Has the router speak a lower version (8210bis §7). */
export function lowerVersion(version: RtrVersion): Uint8Array {
  return errorReport(version, ERROR_CODE.unsupportedProtocolVersion);
}

/** Has the router end the session and begin another. */
export function fatalError(version: RtrVersion): Uint8Array {
  return errorReport(version, ERROR_CODE.internalError);
}

function errorReport(version: RtrVersion, errorCode: number): Uint8Array {
  return say(version, { type: 'error-report', errorCode, erroneousPdu: new Uint8Array(0), text: '' });
}

/** The answer of a cache without any payload. */
export function nothing(version: RtrVersion, told: ToldSerial): Uint8Array {
  return answer(version, told, []);
}

/** An answer that adds payloads of which {@link lastWordShown} tells, and the serial that it leads to. */
export function lastWord(
  version: RtrVersion,
  asked: ToldSerial,
  neighborAs: Asn,
): readonly [octets: Uint8Array, told: ToldSerial] {
  const [origin] = PROBE_ASES;
  const [ipv4, ipv6] = PROBE_PREFIXES;
  const told = { sessionId: asked.sessionId, serial: after(asked.serial) };
  const announce = true;
  const vrp = (prefix: typeof ipv4) => ({ prefix, maxLength: prefix.length, asn: origin });
  const payloads: Pdu[] = [
    { type: 'ipv4-prefix', announce, vrp: vrp(ipv4) },
    { type: 'ipv6-prefix', announce, vrp: vrp(ipv6) },
  ];
  if (version === 2) payloads.push({ type: 'aspa', announce, customer: origin, providers: [neighborAs] });
  return [answer(version, told, payloads), told];
}

/** The routes that are valid once a router acts upon {@link lastWord}. */
export function lastWordShown(
  neighborAs: Asn,
  kinds: ReadonlySet<ShownRoute['kind']>,
  afis: readonly Afi[],
): readonly ShownRoute[] {
  const asPath = [{ type: AS_SEQUENCE, asns: [neighborAs, PROBE_ASES[0]] }] as const;
  const prefixes = PROBE_PREFIXES.filter(({ afi }) => afis.includes(afi));
  return prefixes.flatMap((prefix) =>
    [...kinds].map((kind) => ({ name: `${kind} ${prefix.afi}`, prefix, asPath, kind })),
  );
}

function answer(
  version: RtrVersion,
  { sessionId, serial }: ToldSerial,
  payloads: readonly Pdu[],
): Uint8Array {
  const timing = version === 0 ? {} : { timing: TIMING };
  const end: Pdu = { type: 'end-of-data', sessionId, serial, ...timing };
  return say(version, { type: 'cache-response', sessionId }, ...payloads, end);
}

function after(serial: number): number {
  return (serial + 1) >>> 0;
}
