import { makePrefix } from 'pathsec/inet';
import type { Payloads, Vrp } from 'pathsec/payload';
import {
  type CacheOutput,
  createRtrCache,
  decodePdu,
  type Pdu,
  type RtrCache,
  type RtrVersion,
} from 'pathsec/rtr';

import { only } from '../payload/arbitrary-payloads.js';

export { only };

export const vrp = (octet: number, length = 24, maxLength = length): Vrp => ({
  prefix: makePrefix(1, Uint8Array.of(10, octet, 0, 0), length),
  maxLength,
  asn: 64496,
});
export const key = (fill: number) => ({
  asn: 64496,
  ski: new Uint8Array(20).fill(fill),
  spki: new Uint8Array(8).fill(9),
});
/** A cache that serves `payloads` as serial 0. */
export function serving(payloads: Partial<Payloads>, options: { maxHistory?: number } = {}): RtrCache {
  const cache = createRtrCache({ sessionId: 5, ...options });
  cache.replace(only(payloads));
  return cache;
}

/** The PDUs of a stream and the version octet of each. */
export function pdusOf(octets: Uint8Array): { version: RtrVersion; pdu: Pdu }[] {
  const pdus: { version: RtrVersion; pdu: Pdu }[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = new DataView(octets.buffer, octets.byteOffset + at).getUint32(4);
    pdus.push(decodePdu(octets.subarray(at, at + length)));
    at += length;
  }
  return pdus;
}

export const sentBy = (outputs: readonly CacheOutput[]): Pdu[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? pdusOf(output.octets).map(({ pdu }) => pdu) : []));

/** What is between Cache Response and End of Data. */
export const payloadOf = (octets: Uint8Array | undefined): Pdu[] =>
  pdusOf(octets ?? new Uint8Array(0))
    .map(({ pdu }) => pdu)
    .slice(1, -1);
