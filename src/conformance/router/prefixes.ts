import { AFI_IPV4, AFI_IPV6, makePrefix, type Prefix } from '../../inet/index.js';
import type { StagedRoute } from './staged.js';

/** Prefixes that a plan can give away in each family. */
export const MOST_PREFIXES = 1 << 17;

/**
 * A source of prefixes that no case of the kit asks about: 131,072 of length 26 in 10.128.0.0/9, and of length 56 in
 * 2001:db8:8000::/33.
 *
 * @throws {RangeError} when there are no more.
 */
export function createPrefixSource(): (family: StagedRoute['family']) => Prefix {
  const next = { 'ipv4-unicast': 0, 'ipv6-unicast': 0 };
  return (family) => {
    const i = next[family]++;
    if (i >= MOST_PREFIXES) throw new RangeError(`more than ${MOST_PREFIXES} routes of a family`);
    if (family === 'ipv4-unicast') {
      const octets = Uint8Array.of(10, 128 + (i >> 10), (i >> 2) & 0xff, (i & 3) << 6);
      return makePrefix(AFI_IPV4, octets, 26);
    }
    const octets = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0x80 | (i >> 16), (i >> 8) & 0xff, i & 0xff);
    return makePrefix(AFI_IPV6, Uint8Array.of(...octets, ...new Uint8Array(9)), 56);
  };
}
