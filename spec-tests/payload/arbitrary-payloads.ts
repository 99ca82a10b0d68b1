import fc from 'fast-check';
import { AFI_IPV4, AFI_IPV6, makePrefix, type Prefix } from 'pathsec/inet';
import {
  ALL_KINDS,
  type AspaPayload,
  type AsraPayload,
  forKinds,
  type PayloadKind,
  type Payloads,
  type PayloadTypes,
  type PrefixListPayload,
  type RouterKey,
  type ValueOf,
  type Vrp,
} from 'pathsec/payload';
import { arbitraryAsn } from '../support.js';

/** Prefixes of few distinct bits, so that they nest, in every length. */
export const arbitraryPrefix: fc.Arbitrary<Prefix> = fc.oneof(
  fc
    .tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 32 }))
    .map(([octets, length]) => makePrefix(AFI_IPV4, octets, length)),
  fc
    .tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 0, max: 128 }))
    .map(([octets, length]) => makePrefix(AFI_IPV6, octets, length)),
);

/** Prefixes around one address of each family: any two of a family are nested or differ in a late bit. */
export const nestedPrefix: fc.Arbitrary<Prefix> = fc
  .tuple(fc.boolean(), fc.nat({ max: 128 }), fc.option(fc.nat({ max: 127 })))
  .map(([isIpv4, length, flipped]) => {
    const octets = new Uint8Array(isIpv4 ? 4 : 16).fill(0xa5);
    const bits = 8 * octets.length;
    if (flipped !== null && flipped < bits) {
      octets[flipped >> 3] = (octets[flipped >> 3] as number) ^ (0x80 >> (flipped & 7));
    }
    return makePrefix(isIpv4 ? AFI_IPV4 : AFI_IPV6, octets, length % (bits + 1));
  });

/** Few ASNs, so that they coincide; AS 0 among them. */
export const fewAsns = fc.constantFrom(0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);

/** A VRP over the given prefixes and ASNs. */
export function arbitraryVrp(
  prefixes = arbitraryPrefix,
  asns: fc.Arbitrary<number> = arbitraryAsn,
): fc.Arbitrary<Vrp> {
  return fc.tuple(prefixes, fc.nat({ max: 128 }), asns).map(([prefix, more, asn]) => {
    const bits = 8 * prefix.octets.length;
    return { prefix, maxLength: prefix.length + (more % (bits - prefix.length + 1)), asn };
  });
}

/** VRPs with notes. */
export const notedVrp: fc.Arbitrary<Vrp> = fc
  .tuple(
    arbitraryVrp(),
    fc.option(fc.nat({ max: 2 ** 33 }), { nil: undefined }),
    fc.option(fc.constantFrom('apnic', 'ripe', 'odd " } : [ \\'), { nil: undefined }),
  )
  .map(([vrp, expires, ta]) => {
    return { ...vrp, ...(expires === undefined ? {} : { expires }), ...(ta === undefined ? {} : { ta }) };
  });

/** ASPA payloads of few customers. */
export const arbitraryAspa: fc.Arbitrary<AspaPayload> = fc.record({
  customer: fc.oneof(fc.constantFrom(1, 2, 0xffff_ffff), arbitraryAsn),
  providers: fc.array(fc.oneof(fewAsns, arbitraryAsn), { minLength: 1, maxLength: 6 }),
});

/** ASRA payloads of few signers. */
export const arbitraryAsra: fc.Arbitrary<AsraPayload> = fc.record({
  asn: fc.oneof(fc.constantFrom(1, 2, 0xffff_ffff), arbitraryAsn),
  subcategory: fc.constantFrom(1, 2, 3),
  neighbors: fc.array(fc.oneof(fewAsns, arbitraryAsn), { minLength: 1, maxLength: 6 }),
});

/** Router keys whose octets are arbitrary. */
export const arbitraryRouterKey: fc.Arbitrary<RouterKey> = fc.record({
  asn: arbitraryAsn,
  ski: fc.uint8Array({ minLength: 20, maxLength: 20 }),
  spki: fc.uint8Array({ minLength: 1, maxLength: 95 }),
});

/** Prefix lists of few ASes. */
export const arbitraryPrefixList: fc.Arbitrary<PrefixListPayload> = fc.record({
  asn: fc.oneof(fc.constantFrom(1, 2, 0xffff_ffff), arbitraryAsn),
  prefixes: fc.array(arbitraryPrefix, { maxLength: 4 }),
});

/** An arbitrary payload of each kind. A kind that is forgotten here does not compile. */
type Arbitraries = { readonly [K in PayloadKind]: fc.Arbitrary<ValueOf<PayloadTypes[K]>> };
export const ARBITRARY: Arbitraries = {
  vrps: notedVrp,
  routerKeys: arbitraryRouterKey,
  aspas: arbitraryAspa,
  prefixLists: arbitraryPrefixList,
  asras: arbitraryAsra,
};

/** A list of payloads for each kind. */
export type PayloadLists = { readonly [K in PayloadKind]: ValueOf<PayloadTypes[K]>[] };

/** Lists of every kind, each of at most `maxLength` payloads, by {@link ARBITRARY} where `own` says nothing else. */
export function arbitraryLists(
  maxLength: number,
  own: Partial<Arbitraries> = {},
): fc.Arbitrary<PayloadLists> {
  const kinds = { ...ARBITRARY, ...own };
  const lists = forKinds<Record<PayloadKind, fc.Arbitrary<unknown[]>>>(ALL_KINDS, (kind) =>
    fc.array<unknown>(kinds[kind], { maxLength }),
  );
  return fc.record(lists) as fc.Arbitrary<unknown> as fc.Arbitrary<PayloadLists>; // each of its kind
}

/** As {@link arbitraryLists}, of the kinds that RTR carries. */
export function spokenLists(maxLength: number, own: Partial<Arbitraries> = {}): fc.Arbitrary<PayloadLists> {
  return arbitraryLists(maxLength, own).map((lists) => ({ ...lists, prefixLists: [], asras: [] }));
}

/** No payload of any kind. */
export const NO_PAYLOADS: PayloadLists = forKinds<PayloadLists>(ALL_KINDS, () => []);

/** The payloads, and none of the other kinds. */
export const only = (payloads: Partial<Payloads>): Payloads => ({ ...NO_PAYLOADS, ...payloads });
