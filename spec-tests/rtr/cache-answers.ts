import { makePrefix } from 'pathsec/inet';
import {
  type CacheOutput,
  createCacheSession,
  decodePdu,
  encodePdu,
  type Pdu,
  type RtrCache,
} from 'pathsec/rtr';

/** A VRP of 10.x.0.0. */
export const vrp = (octet: number, length = 24, maxLength = length, asn = 64496) => ({
  prefix: makePrefix(1, Uint8Array.of(10, octet, 0, 0), length),
  maxLength,
  asn,
});
/** The PDUs of a stream of octets. */
export function pdusOf(octets: Uint8Array): Pdu[] {
  const pdus: Pdu[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = new DataView(octets.buffer, octets.byteOffset + at).getUint32(4);
    pdus.push(decodePdu(octets.subarray(at, at + length)).pdu);
    at += length;
  }
  return pdus;
}

/** The PDUs that a session wants to be sent. */
export const sentBy = (outputs: readonly CacheOutput[]): Pdu[] =>
  outputs.flatMap((output) => (output.kind === 'send' ? pdusOf(output.octets) : []));

/** A cache and what it answers to one PDU on a connection of its own. */
export function ask(
  cache: RtrCache,
  version: number,
  pdu: Pdu,
): { pdus: Pdu[]; open: boolean; version: number } {
  const octets = encodePdu(pdu, 2).slice();
  octets[0] = version;
  const outputs = createCacheSession(cache).received(octets, 0);
  const first = outputs.find((output) => output.kind === 'send');
  return {
    pdus: sentBy(outputs),
    open: !outputs.some(({ kind }) => kind === 'disconnect'),
    version: first?.kind === 'send' ? (first.octets[0] as number) : -1,
  };
}
