import { createWriter, readU32 } from '../../bytes/index.js';
import { expectLength } from './attribute-fault.js';

/** Type code of LARGE_COMMUNITY (RFC 8092 §3). */
export const ATTR_LARGE_COMMUNITIES = 32;

/** Global Administrator and two Local Data Parts, unsigned 32-bit each (RFC 8092 §3). */
export type LargeCommunity = readonly [global: number, local1: number, local2: number];

/**
 * Decodes the value `octets[start, end)`, in wire order.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 8092 §6): `large-communities-length`.
 */
export function decodeLargeCommunities(octets: Uint8Array, start = 0, end = octets.length): LargeCommunity[] {
  expectLength(ATTR_LARGE_COMMUNITIES, 'large-communities', start, end, 12, 'many');
  const communities: LargeCommunity[] = [];
  for (let at = start; at < end; at += 12) {
    communities.push([readU32(octets, at), readU32(octets, at + 4), readU32(octets, at + 8)]);
  }
  return communities;
}

/**
 * The attribute value.
 *
 * @throws {RangeError} for an empty list, which has no valid encoding (RFC 8092 §6).
 */
export function encodeLargeCommunities(communities: readonly LargeCommunity[]): Uint8Array {
  if (communities.length === 0) throw new RangeError('large-communities: at least one is needed');
  const writer = createWriter();
  for (const parts of communities) for (const part of parts) writer.u32(part, 'large-communities');
  return writer.finish();
}
