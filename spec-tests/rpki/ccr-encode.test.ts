import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { toHex } from 'pathsec/bytes';
import { createPayloadSet, type RouterKey } from 'pathsec/payload';
import { type CcrContent, type CcrManifest, checkDer, decodeCcr, encodeCcr, readCcr } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryAspa, arbitraryVrp, fewAsns, nestedPrefix } from '../payload/arbitrary-payloads.js';
import { arbitraryAsn, describeShared, shared } from '../support.js';
import { ccrFile, STATES, spki, states, TAGS } from './ccr-builder.js';
import { contentOf } from './content.js';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const time = fc.oneof(fc.nat({ max: 2 ** 31 - 1 }), fc.constantFrom(0, 951_827_696, 253_402_300_799));

const arbitraryManifest: fc.Arbitrary<CcrManifest> = fc
  .record({
    hash: octets(32),
    size: fc.oneof(fc.integer({ min: 1000, max: 70_000 }), fc.constant(Number.MAX_SAFE_INTEGER)),
    aki: octets(20),
    manifestNumber: fc.oneof(
      fc.bigInt({ min: 0n, max: (1n << 159n) - 1n }),
      fc.constantFrom(0n, 127n, 128n, 255n),
    ),
    thisUpdate: time,
    locations: fc.array(
      fc.record({
        method: fc.constantFrom('1.3.6.1.5.5.7.48.11', '1.3.6.1.5.5.7.48.13', '2.999.4294967296', '0.0'),
        uri: fc.webUrl(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    below: fc.array(octets(20), { maxLength: 4 }),
  })
  .map(({ below, ...manifest }) => ({ ...manifest, ...(below.length > 0 ? { subordinates: below } : {}) }));

const arbitraryKey: fc.Arbitrary<RouterKey> = fc.record({
  asn: fc.oneof(arbitraryAsn, fc.constantFrom(1, 2)),
  ski: fc.oneof(octets(20), fc.constant(new Uint8Array(20))),
  spki: fc.nat({ max: 255 }).map((octet) => new Uint8Array(spki(octet))),
});

const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 12 });
const arbitraryContent: fc.Arbitrary<CcrContent> = fc
  .record(
    {
      manifests: fc.uniqueArray(arbitraryManifest, { maxLength: 5, selector: ({ hash }) => toHex(hash) }),
      vrps: many(fc.oneof(arbitraryVrp(), arbitraryVrp(nestedPrefix, fewAsns))),
      aspas: many(arbitraryAspa),
      trustAnchors: fc.array(octets(20), { minLength: 1, maxLength: 5 }),
      routerKeys: many(arbitraryKey),
    },
    { requiredKeys: [] },
  )
  .filter((content) => Object.keys(content).length > 0);

describe('encodeCcr (ccr §3)', () => {
  it('writes DER that decodes without a finding to the same content, and encodes to the same octets', () => {
    fc.assert(
      fc.property(time, arbitraryContent, fc.nat(), (producedAt, content, seed) => {
        const latest = Math.max(0, ...[...(content.manifests ?? [])].map(({ thisUpdate }) => thisUpdate));
        const made = encodeCcr(Math.max(producedAt, latest), content, { seed });
        checkDer(made);
        const ccr = decodeCcr(made);
        expect(ccr.findings).toEqual([]);
        expect(ccr.form).toBe('current');
        expect(Object.keys(ccr.states).sort()).toEqual(Object.keys(content).sort());
        expect(toHex(encodeCcr(ccr.producedAt, ccr.states))).toBe(toHex(made));
        const { vrps = [], aspas = [], routerKeys = [], manifests = [], trustAnchors = [] } = content;
        expect(contentOf(readCcr(made))).toEqual(contentOf(createPayloadSet({ vrps, aspas, routerKeys })));
        expect(sorted(ccr.states.manifests ?? [])).toEqual(sorted(manifests));
        expect([...(ccr.states.trustAnchors ?? [])].map(toHex)).toEqual(
          [...new Set([...trustAnchors].map(toHex))].sort(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order in which entries come', () => {
    const { states: found, producedAt } = decodeCcr(ccrFile());
    const turned = Object.fromEntries(
      Object.entries(found).map(([name, state]) => [name, [...state].reverse()]),
    );
    expect(toHex(encodeCcr(producedAt, turned as CcrContent))).toBe(toHex(ccrFile()));
  });

  it.each(Object.keys(TAGS) as (keyof typeof TAGS)[])('writes %s alone as another writer does', (name) => {
    const other = ccrFile({ states: states().filter(([tag]) => tag === TAGS[name]) });
    const { states: found, producedAt } = decodeCcr(other);
    expect(toHex(encodeCcr(producedAt, found))).toBe(toHex(other));
    expect(STATES[name].list.length).toBeGreaterThan(20);
  });

  it('unites ASPAs of a customer, and leaves out what stands twice', () => {
    const aspas = [
      { customer: 2, providers: [3, 1] },
      { customer: 1, providers: [0] },
      { customer: 2, providers: [4, 0] },
    ];
    const trustAnchors = [1, 0, 1].map((octet) => new Uint8Array(20).fill(octet));
    const { states: found } = decodeCcr(encodeCcr(0, { aspas, trustAnchors }));
    expect([...(found.aspas ?? [])]).toEqual([
      { customer: 1, providers: [0] },
      { customer: 2, providers: [1, 3, 4] },
    ]);
    expect(found.trustAnchors?.count).toBe(2);
  });

  const manifest: CcrManifest = {
    hash: new Uint8Array(32),
    size: 1000,
    aki: new Uint8Array(20),
    manifestNumber: 1n,
    thisUpdate: 0,
    locations: [{ method: '1.3.6', uri: 'rsync://a/b.mft' }],
  };
  it.each<[string, number, CcrContent]>([
    ['no state', 0, {}],
    ['no trust anchor', 0, { trustAnchors: [] }],
    ['a time with a fraction', 0.5, { vrps: [] }],
    ['a time before 1970', -1, { vrps: [] }],
    ['a time after 9999', 253_402_300_800, { vrps: [] }],
    ['a manifest twice', 0, { manifests: [manifest, manifest] }],
    ['a short hash', 0, { manifests: [{ ...manifest, hash: new Uint8Array(31) }] }],
    ['a small manifest', 0, { manifests: [{ ...manifest, size: 999 }] }],
    ['a short key identifier', 0, { manifests: [{ ...manifest, aki: new Uint8Array(19) }] }],
    ['a large number', 0, { manifests: [{ ...manifest, manifestNumber: 1n << 159n }] }],
    ['no location', 0, { manifests: [{ ...manifest, locations: [] }] }],
    [
      'a method that is no identifier',
      0,
      { manifests: [{ ...manifest, locations: [{ method: '3.1', uri: 'a' }] }] },
    ],
    ['a URI that is no ASCII', 0, { manifests: [{ ...manifest, locations: [{ method: '1.3', uri: 'ä' }] }] }],
    ['a short subordinate', 0, { manifests: [{ ...manifest, subordinates: [new Uint8Array(1)] }] }],
    ['a date of a manifest', 0, { manifests: [{ ...manifest, thisUpdate: -1 }] }],
    ['a short trust anchor', 0, { trustAnchors: [new Uint8Array(21)] }],
    [
      'a key that is none',
      0,
      { routerKeys: [{ asn: 1, ski: new Uint8Array(20), spki: Uint8Array.of(0x30, 0) }] },
    ],
  ])('refuses %s', (_, producedAt, content) => {
    expect(() => encodeCcr(producedAt, content)).toThrowError(RangeError);
  });
});

describeShared('the example of ccr, appendix A', () => {
  it('is encoded to the octets of the draft', () => {
    const file = readFileSync(shared('specs/2026/ccr/example.ccr'));
    const { producedAt, states: found } = decodeCcr(new Uint8Array(file));
    expect(toHex(encodeCcr(producedAt, found))).toBe(file.toString('hex'));
  });
});

/** Manifests as texts, by which they compare: their order is that of their hashes, and that of their subordinates is by value. */
function sorted(manifests: Iterable<CcrManifest>): string[] {
  return [...manifests]
    .map(({ hash, aki, manifestNumber, subordinates = [], ...rest }) => {
      const below = [...new Set(subordinates.map(toHex))].sort();
      return JSON.stringify([toHex(hash), toHex(aki), String(manifestNumber), below, rest]);
    })
    .sort();
}
