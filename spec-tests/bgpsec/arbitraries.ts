import fc from 'fast-check';
import type { BgpsecPath } from 'pathsec/bgp';
import { addSegment, originSegment, type SignedPrefix } from 'pathsec/bgpsec';
import { makePrefix } from 'pathsec/inet';
import { EXPERIMENTAL, signer } from './world.js';

/** IPv4 and IPv6 prefixes of every length. */
export const arbitraryAnnounced: fc.Arbitrary<SignedPrefix> = fc
  .constantFrom(1 as const, 2 as const)
  .chain((afi) =>
    fc.record({
      prefix: fc
        .tuple(
          fc.uint8Array({ minLength: afi === 1 ? 4 : 16, maxLength: afi === 1 ? 4 : 16 }),
          fc.nat({ max: afi === 1 ? 32 : 128 }),
        )
        .map(([octets, length]) => makePrefix(afi, octets, length)),
      safi: fc.constant(1),
    }),
  );

const arbitraryHop = fc.record({
  asn: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(65536, 0xffff_fffe)),
  pCount: fc.oneof(fc.constantFrom(0, 1, 2, 255), fc.nat({ max: 255 })),
  flags: fc.nat({ max: 0x7f }),
});

/** What a random signed route is made of. The newest hop has pCount 1, so that every receiver takes it. */
export const arbitraryRecipe = fc.record({
  hops: fc.array(arbitraryHop, { minLength: 1, maxLength: 5 }),
  suites: fc.constantFrom([1], [EXPERIMENTAL], [1, EXPERIMENTAL], [EXPERIMENTAL, 1]),
  announced: arbitraryAnnounced,
});

/** The signed path of a recipe, origin first, to `target`. */
export function cook(
  { hops, suites, announced }: typeof arbitraryRecipe extends fc.Arbitrary<infer R> ? R : never,
  target: number,
): BgpsecPath {
  let path: BgpsecPath | undefined;
  for (const [i, hop] of hops.entries()) {
    const segment = i === hops.length - 1 ? { ...hop, pCount: Math.max(1, hop.pCount) } : hop;
    const next = hops[i + 1]?.asn ?? target;
    path =
      path === undefined
        ? originSegment(segment, next, announced, signer, suites)
        : addSegment(path, segment, next, announced, signer);
  }
  if (path === undefined) throw new Error('a recipe has hops');
  return path;
}
