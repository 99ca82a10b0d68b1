import { createHash } from 'node:crypto';
import {
  bitString,
  context,
  generalizedTime,
  int,
  octetString,
  oid,
  seq,
  tlv,
  uri,
} from '../kit/objects/generator/der.js';

// A writer of CCR files that knows nothing of the one of the library: it writes what it is told, also what is wrong.

export const CCR = '1.2.840.113549.1.9.16.1.54';
export const PRIVATE = '1.3.6.1.4.1.41948.828';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** The SEQUENCE that a state hashes, and what stands beside it. */
export interface StatePlan {
  readonly list: Buffer;
  readonly hash?: Buffer;
  readonly date?: Buffer;
}

/** What a file is made of; a test changes a part. */
export interface CcrPlan {
  readonly type?: string;
  /** What stands in the [0] of the ContentInfo, given the Ccr. */
  readonly wrap?: (ccr: Buffer) => Buffer;
  readonly version?: Buffer;
  readonly hashAlgorithm?: Buffer;
  readonly producedAt?: Buffer;
  /** The states by their tags, in the order of writing; those of {@link STATES} when absent. */
  readonly states?: readonly (readonly [tag: number, state: StatePlan])[];
  /** Behind the states. */
  readonly more?: Buffer;
  readonly trailing?: Buffer;
}

const ski = (octet: number): Buffer => Buffer.alloc(20, octet);
const sha = (list: Buffer): Buffer => createHash('sha256').update(list).digest();

export const skis = (...octets: readonly number[]): Buffer =>
  seq(...octets.map((octet) => octetString(ski(octet))));

/** A ManifestInstance whose members a test may replace. */
export function manifest(hash: number, own: Readonly<Record<string, Buffer>> = {}): Buffer {
  const members = {
    hash: octetString(Buffer.alloc(32, hash)),
    size: int(1000 + hash),
    aki: octetString(ski(hash)),
    number: int(BigInt(`0x7f${'00'.repeat(19)}`) + BigInt(hash)),
    thisUpdate: generalizedTime(`2026-06-01T00:00:0${hash}Z`),
    locations: seq(seq(oid('1.3.6.1.5.5.7.48.11'), uri(`rsync://example.net/${hash}.mft`))),
    ...own,
  };
  return seq(...Object.values(members));
}

/** A ROAIPAddressFamily of prefixes given as octets, bits of the last octet that do not belong, and maxLength. */
export function family(afi: number, ...prefixes: readonly (readonly [string, number, number?])[]): Buffer {
  const addresses = prefixes.map(([hex, unused, maxLength]) => {
    const address = bitString(Buffer.from(hex, 'hex'), unused);
    return maxLength === undefined ? seq(address) : seq(address, int(maxLength));
  });
  return seq(octetString(Buffer.of(0, afi)), seq(...addresses));
}

export const roas = (asn: number, ...families: readonly Buffer[]): Buffer => seq(int(asn), seq(...families));
export const aspa = (customer: number, ...providers: readonly number[]): Buffer =>
  seq(int(customer), seq(...providers.map((asn) => int(asn))));
export const spki = (octet: number): Buffer =>
  seq(seq(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(Buffer.alloc(65, octet)));
export const routerKeys = (asn: number, ...keys: readonly (readonly [ski: number, key: number])[]): Buffer =>
  seq(int(asn), seq(...keys.map(([id, key]) => seq(octetString(ski(id)), spki(key)))));

/** One state of each kind, in order. */
export const STATES = {
  manifests: {
    list: seq(manifest(1, { subordinates: skis(2, 3) }), manifest(2)),
    date: generalizedTime('2026-06-01T00:00:02Z'),
  },
  vrps: {
    list: seq(
      roas(0, family(1, ['c00002', 0])),
      roas(
        64496,
        family(1, ['0a', 0, 24], ['c63364', 0, 28]),
        family(2, ['20010db8', 0], ['20010db880', 7, 48]),
      ),
    ),
  },
  aspas: { list: seq(aspa(64496, 64497, 4_200_000_000), aspa(64497, 0)) },
  trustAnchors: { list: skis(1, 200) },
  routerKeys: { list: seq(routerKeys(64496, [1, 9], [2, 8]), routerKeys(4_200_000_000, [1, 7])) },
} as const satisfies Record<string, StatePlan>;

export const TAGS = { manifests: 1, vrps: 2, aspas: 3, trustAnchors: 4, routerKeys: 5 } as const;

/** The states of {@link STATES}, some replaced, in their order. */
export function states(own: { readonly [K in keyof typeof TAGS]?: StatePlan } = {}) {
  const names = Object.keys(TAGS) as (keyof typeof TAGS)[];
  return names.map((name) => [TAGS[name], own[name] ?? STATES[name]] as const);
}

export function ccrFile({
  type = CCR,
  wrap = (ccr) => ccr,
  version = Buffer.alloc(0),
  hashAlgorithm = seq(oid(SHA256)),
  producedAt = generalizedTime('2026-06-01T00:10:00Z'),
  states: list = states(),
  more = Buffer.alloc(0),
  trailing = Buffer.alloc(0),
}: CcrPlan = {}): Uint8Array {
  const parts = list.map(([tag, { list: entries, hash = sha(entries), date = Buffer.alloc(0) }]) =>
    context(tag, seq(entries, date, octetString(hash))),
  );
  const ccr = seq(version, hashAlgorithm, producedAt, ...parts, more);
  return new Uint8Array(Buffer.concat([seq(oid(type), context(0, wrap(ccr))), trailing]));
}

/** The form of files until 2025-12-05: the content in an OCTET STRING, the hash algorithm bare. */
export const OLDER: CcrPlan = { wrap: (ccr) => octetString(ccr), hashAlgorithm: oid(SHA256) };

/** A tag above 30, which no state has. */
export const highTag = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.of(0xbf, 0x50), tlv(0, content).subarray(1)]);

/** A file with one state alone. */
export const only = (name: keyof typeof TAGS, list: Buffer, more: Partial<StatePlan> = {}): CcrPlan => ({
  states: [[TAGS[name], { list, ...more }]],
});
