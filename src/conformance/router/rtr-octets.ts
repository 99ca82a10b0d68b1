import { concatOctets, readU16, readU32, writeU32 } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, makePrefix } from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import { PDU_TYPE } from '../../rtr/index.js';

/** Octets of a header (8210bis §5.1). */
const HEADER = 8;

/** The PDUs of a stream, as far as their lengths lead from one to the next; the last one may be cut. */
export function pdusIn(octets: Uint8Array): Uint8Array[] {
  const pdus: Uint8Array[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = at + HEADER <= octets.length ? readU32(octets, at + 4) : 0;
    const end = length < HEADER ? octets.length : Math.min(at + length, octets.length);
    pdus.push(octets.subarray(at, end));
    at = end;
  }
  return pdus;
}

/** What a router is told at the end of an answer. */
export interface EndOfData {
  readonly sessionId: number;
  readonly serial: number;
}

function isEndOfData(pdu: Uint8Array): boolean {
  return (
    pdu[1] === PDU_TYPE.endOfData && pdu.length === (pdu[0] === 0 ? 12 : 24) && readU32(pdu, 4) === pdu.length
  );
}

/** The last End of Data of a stream; undefined where it has none. */
export function lastEndIn(octets: Uint8Array): EndOfData | undefined {
  const pdu = pdusIn(octets).findLast(isEndOfData);
  return pdu && { sessionId: readU16(pdu, 2), serial: readU32(pdu, 8) };
}

/** The number of PDUs of that type in a stream. */
export function endsIn(octets: Uint8Array): number {
  return pdusIn(octets).filter(isEndOfData).length;
}

/** Whether a stream ends with a PDU, and every Cache Response in it is followed by an End of Data. */
export function isWholeIn(octets: Uint8Array): boolean {
  const pdus = pdusIn(octets);
  const last = pdus.at(-1);
  const begun = pdus.findLastIndex((pdu) => pdu[1] === PDU_TYPE.cacheResponse);
  const isCut = last !== undefined && (last.length < HEADER || readU32(last, 4) !== last.length);
  return !isCut && pdus.findLastIndex(isEndOfData) >= begun;
}

/** Seconds until a router is to query again, to try again, and to drop the data: the least or the usual ones of 8210bis §6. */
const INTERVALS = [3_600, 1, 7_200] as const;

/** The stream with intervals after which a router that has ended the session comes back soon; of the same length. */
export function withShortRetry(octets: Uint8Array): Uint8Array {
  const changed = pdusIn(octets).map((pdu) => {
    if (!isEndOfData(pdu) || pdu[0] === 0) return pdu;
    const copy = pdu.slice();
    for (const [i, seconds] of INTERVALS.entries()) writeU32(copy, 12 + 4 * i, seconds);
    return copy;
  });
  return concatOctets(changed);
}

/** The stream without its router keys, and whether it had any and no other payloads. */
export function withoutKeys(octets: Uint8Array): {
  readonly octets: Uint8Array;
  readonly isKeysAlone: boolean;
} {
  const pdus = pdusIn(octets);
  const isKey = (pdu: Uint8Array): boolean => pdu[1] === PDU_TYPE.routerKey;
  const isOther = ({ 1: type }: Uint8Array): boolean =>
    type === PDU_TYPE.ipv4Prefix || type === PDU_TYPE.ipv6Prefix || type === PDU_TYPE.aspa;
  const rest = pdus.filter((pdu) => !isKey(pdu));
  return { octets: concatOctets(rest), isKeysAlone: rest.length < pdus.length && !rest.some(isOther) };
}

/** Whether octets begin with an Error Report of a code, in that version where it counts. */
export function isErrorReport(octets: Uint8Array, code: number, version = octets[0]): boolean {
  return (
    octets[0] === version &&
    octets[1] === PDU_TYPE.errorReport &&
    octets.length >= 4 &&
    readU16(octets, 2) === code
  );
}

/** The payloads that a stream names, announced or withdrawn, as far as they can be any. */
export function payloadsIn(octets: Uint8Array): {
  readonly vrps: readonly Vrp[];
  readonly aspas: readonly AspaPayload[];
} {
  const vrps: Vrp[] = [];
  const aspas: AspaPayload[] = [];
  for (const pdu of pdusIn(octets)) {
    const [, type, , , , , , , , length = 0, maxLength = 0] = pdu;
    const isIpv4 = type === PDU_TYPE.ipv4Prefix && pdu.length >= 20;
    if (isIpv4 || (type === PDU_TYPE.ipv6Prefix && pdu.length >= 32)) {
      const size = isIpv4 ? 4 : 16;
      if (length > 8 * size) continue;
      const prefix = makePrefix(isIpv4 ? AFI_IPV4 : AFI_IPV6, pdu.subarray(12, 12 + size), length);
      vrps.push({ prefix, maxLength, asn: readU32(pdu, 12 + size) });
    } else if (type === PDU_TYPE.aspa && pdu.length >= 12) {
      const providers: number[] = [];
      for (let at = 12; at + 4 <= pdu.length; at += 4) providers.push(readU32(pdu, at));
      aspas.push({ customer: readU32(pdu, 8), providers });
    }
  }
  return { vrps, aspas };
}
