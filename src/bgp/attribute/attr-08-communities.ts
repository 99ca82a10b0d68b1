import { createWriter, readU32 } from '../../bytes/index.js';
import { expectLength } from './attribute-fault.js';

/** Type code of COMMUNITIES (RFC 1997). */
export const ATTR_COMMUNITIES = 8;

/**
 * Decodes the value `octets[start, end)` into unsigned 32-bit communities, in wire order.
 *
 * @throws {BgpError} treat-as-withdraw (RFC 7606 §7.8): `communities-length`.
 */
export function decodeCommunities(octets: Uint8Array, start = 0, end = octets.length): number[] {
  expectLength(ATTR_COMMUNITIES, 'communities', start, end, 4, 'many');
  const communities: number[] = [];
  for (let at = start; at < end; at += 4) communities.push(readU32(octets, at));
  return communities;
}

/**
 * The attribute value.
 *
 * @throws {RangeError} for an empty list, which has no valid encoding (RFC 7606 §7.8).
 */
export function encodeCommunities(communities: readonly number[]): Uint8Array {
  if (communities.length === 0) throw new RangeError('communities: at least one is needed');
  const writer = createWriter();
  for (const community of communities) writer.u32(community, 'communities');
  return writer.finish();
}

/** `64496:100`, the customary text of a community. RFC 1997 and its customary text form. */
export function formatCommunity(community: number): string {
  return `${Math.floor(community / 0x10000)}:${community % 0x10000}`;
}
