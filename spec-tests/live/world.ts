import fc from 'fast-check';
import { type AsPath, decodeUpdate, parseAsPath, reconstructAsPath, type Update } from 'pathsec/bgp';
import { suite1 } from 'pathsec/bgpsec';
import { AFI_IPV4, makePrefix, type Prefix, parsePrefix } from 'pathsec/inet';
import type { LiveSession, ReceivedRoute } from 'pathsec/live';
import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { external, keyOf, messageOf, native, pathOf } from '../bgpsec/world.js';
import { nestedPrefix } from '../payload/arbitrary-payloads.js';

export const suites = suite1(native);

/** Sessions of all kinds: with roles and without, those that verify signatures among them. */
export const SESSIONS: readonly LiveSession[] = [
  { peerAs: 2, neighborRole: 'customer', bgpsec: external(64500, 2) },
  { peerAs: 2, neighborRole: 'provider' },
  { peerAs: 3, neighborRole: 'rs', bgpsec: external(64500, 3) },
  { peerAs: 1, neighborRole: 'complex' },
  { peerAs: 2, bgpsec: external(64500, 2) },
  { peerAs: 3 },
  { peerAs: undefined, neighborRole: 'provider' },
];

/** Prefixes of which some cover others; few, so that routes meet. */
export const somePrefix: fc.Arbitrary<Prefix> = fc.oneof(
  nestedPrefix,
  fc
    .tuple(fc.nat({ max: 3 }), fc.constantFrom(0, 8, 23, 24, 25, 32))
    .map(([last, length]) => makePrefix(AFI_IPV4, Uint8Array.of(192, 0, 2, last << 6), length)),
);

export const someAsn = fc.integer({ min: 1, max: 5 });

export const somePath: fc.Arbitrary<AsPath> = fc.oneof(
  { weight: 6, arbitrary: fc.array(someAsn, { maxLength: 5 }).map((asns) => parseAsPath(asns.join(' '))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('2 {3}', '{3}', '3 2 {1,4} 5', '(64512) 2 1', '2 1 (3)')
      .map((text) => parseAsPath(text)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.array(someAsn, { minLength: 1, maxLength: 2 }),
        fc.array(someAsn, { minLength: 1, maxLength: 2 }),
      )
      .map((lists): AsPath => lists.map((asns) => ({ type: 2, asns }))),
  },
);

/** Signed UPDATEs of 192.0.2.0/24, the last of which breaks RFC 8205 §5.2 where the peer is AS 2. */
const SIGNED: readonly Update[] = [
  [1, 2],
  [4, 2],
  [1, 3],
  [2, 1],
].map((asns) => decodeUpdate(messageOf(pathOf(asns, 64500)), { extendedMessages: true }));

const pathId = fc.option(fc.nat({ max: 2 }), { nil: undefined });

export const someName = fc
  .record({ prefix: somePrefix, pathId })
  .map(({ prefix, pathId: id }) => ({ prefix, ...(id !== undefined && { pathId: id }) }));

export const someRoute: fc.Arbitrary<ReceivedRoute> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(someName, somePath).map(([name, asPath]) => ({ ...name, asPath })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...SIGNED).map((signed) => ({
      prefix: parsePrefix('192.0.2.0/24'),
      asPath: reconstructAsPath(signed.values.bgpsecPath?.segments ?? []),
      signed,
    })),
  },
);

/** Payloads to announce or withdraw. */
export const somePayloads: fc.Arbitrary<Payloads> = fc
  .record({
    vrps: fc.array(
      fc.tuple(somePrefix, fc.nat({ max: 8 }), fc.nat({ max: 5 })).map(([prefix, more, asn]) => ({
        prefix,
        maxLength: Math.min(8 * prefix.octets.length, prefix.length + more),
        asn,
      })),
      { maxLength: 3 },
    ),
    aspas: fc.array(
      fc.record({
        customer: someAsn,
        providers: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
      }),
      {
        maxLength: 2,
      },
    ),
    keys: fc.array(fc.constantFrom(1, 2, 3, 4), { maxLength: 2 }),
  })
  .map(({ vrps, aspas, keys }) => ({
    ...createPayloadSet(),
    vrps,
    aspas,
    routerKeys: keys.map((asn) => ({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki })),
  }));
