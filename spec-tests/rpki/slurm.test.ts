import fc from 'fast-check';
import { coversPrefix } from 'pathsec/inet';
import { createPayloadSet, type PayloadSet } from 'pathsec/payload';
import {
  applySlurm,
  mergeSlurm,
  readPayloads,
  readSlurm,
  type Slurm,
  slurmOfPayloads,
  writeSlurm,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryVrp, fewAsns, nestedPrefix, spokenLists } from '../payload/arbitrary-payloads.js';
import { contentOf } from './content.js';
import { SKI, slurmText } from './slurm-text.js';

describe('applySlurm (RFC 8416 §3.2 to §3.4)', () => {
  const payloads = readPayloads(`{
    "roas":[{"asn":64496,"prefix":"192.0.2.0/24"},{"asn":64496,"prefix":"192.0.2.128/25"},
      {"asn":64497,"prefix":"198.51.100.0/24"},{"asn":64498,"prefix":"198.51.100.0/24"},{"asn":64499,"prefix":"192.0.0.0/16"}],
    "aspas":[{"customer_asid":1,"providers":[2,3]},{"customer_asid":4,"providers":[2]},{"customer_asid":5,"providers":[6]}]}`);

  const rows: [string, Record<string, unknown>, Partial<ReturnType<typeof contentOf>>][] = [
    [
      'a prefix filter removes the prefix and what it covers, not what covers it',
      { prefixFilters: [{ prefix: '192.0.2.0/24' }, { prefix: '198.51.100.0/24', asn: 64497 }] },
      { vrps: ['192.0.0.0/16-16 64499', '198.51.100.0/24-24 64498'] },
    ],
    [
      'an ASN filter removes all of the ASN, and an assertion is never filtered',
      {
        prefixFilters: [{ asn: 64496 }, { prefix: '0.0.0.0/0', asn: 64497 }],
        prefixAssertions: [{ asn: 64496, prefix: '192.0.2.0/24', maxPrefixLength: 26 }],
      },
      { vrps: ['192.0.0.0/16-16 64499', '192.0.2.0/24-26 64496', '198.51.100.0/24-24 64498'] },
    ],
    [
      'ASPA filters remove customers, or providers from one or all',
      { aspaFilters: [{ customerAsid: 5 }, { providerAsns: [2] }] },
      { aspas: ['1: 3'] },
    ],
    [
      'an added ASPA joins what is left of the customer',
      {
        aspaFilters: [{ customerAsid: 1, providerAsns: [2] }, { customerAsid: 4 }],
        aspaAssertions: [
          { customerAsn: 1, providerAsns: [9] },
          { customerAsn: 4, providerAsns: [0] },
        ],
      },
      { aspas: ['1: 3 9', '4: 0', '5: 6'] },
    ],
  ];
  it.each(rows)('%s', (_, members, expected) => {
    expect(contentOf(applySlurm(payloads, readSlurm(slurmText(members))))).toMatchObject(expected);
  });

  it('filters router keys by every member that is there', () => {
    const [a, b] = [new Uint8Array(20).fill(1), new Uint8Array(20).fill(2)];
    const spki = Uint8Array.of(1);
    const keys = [
      { asn: 1, ski: a, spki },
      { asn: 1, ski: b, spki },
      { asn: 2, ski: a, spki },
    ];
    const left = (...bgpsecFilters: Slurm['bgpsecFilters']): number[] => {
      const slurm = { ...slurmOfPayloads(createPayloadSet()), bgpsecFilters };
      const { routerKeys } = applySlurm(createPayloadSet({ routerKeys: keys }), slurm);
      return keys.map((key) => Number(routerKeys.has(key)));
    };
    expect(left({ asn: 1 })).toEqual([0, 0, 1]);
    expect(left({ ski: a })).toEqual([0, 1, 0]);
    expect(left({ asn: 1, ski: a })).toEqual([0, 1, 1]);
    expect(left({ asn: 3 }, { asn: 2, ski: b })).toEqual([1, 1, 1]);
  });

  it('equals the text of the RFC applied filter by filter', () => {
    const filter = fc.oneof(
      fc.record({ prefix: nestedPrefix }),
      fc.record({ asn: fewAsns }),
      fc.record({ prefix: nestedPrefix, asn: fewAsns }),
    );
    const vrp = arbitraryVrp(nestedPrefix, fewAsns);
    fc.assert(
      fc.property(fc.array(vrp), fc.array(filter), fc.array(vrp), (vrps, prefixFilters, added) => {
        const slurm: Slurm = {
          ...slurmOfPayloads(createPayloadSet()),
          prefixFilters,
          prefixAssertions: added,
        };
        const left = vrps.filter(({ prefix, asn }) => {
          return !prefixFilters.some((one: Slurm['prefixFilters'][number]) => {
            const covered = one.prefix === undefined || coversPrefix(one.prefix, prefix);
            return covered && (one.asn === undefined || one.asn === asn);
          });
        });
        const expected = createPayloadSet({ vrps: [...left, ...added] });
        expect(contentOf(applySlurm(createPayloadSet({ vrps }), slurm))).toEqual(contentOf(expected));
      }),
    );
  });
});

describe('mergeSlurm (RFC 8416 §4.2)', () => {
  const file = (members: Record<string, unknown>): Slurm => readSlurm(slurmText(members));
  const disjoint = [
    file({
      prefixFilters: [{ prefix: '192.0.2.0/25' }, { prefix: '192.0.2.0/24' }],
      bgpsecFilters: [{ asn: 1 }],
    }),
    file({
      prefixAssertions: [{ asn: 1, prefix: '192.0.3.0/24' }],
      aspaAssertions: [{ customerAsn: 1, providerAsns: [2] }],
    }),
    file({ bgpsecFilters: [{ asn: 2 }, { SKI }], prefixFilters: [{ asn: 1 }] }),
  ];

  it('unites files of distinct scopes', () => {
    const merged = mergeSlurm(disjoint);
    expect(merged.prefixFilters.length).toBe(3);
    expect(merged.bgpsecFilters.length).toBe(3);
    expect([merged.prefixAssertions.length, merged.aspaAssertions.length]).toEqual([1, 1]);
  });

  it.each([
    ['a prefix inside', { prefixAssertions: [{ asn: 9, prefix: '192.0.2.128/25' }] }],
    ['a prefix around', { prefixFilters: [{ prefix: '192.0.0.0/16' }] }],
    ['the same prefix', { prefixFilters: [{ prefix: '192.0.3.0/24' }] }],
    ['the ASN of router keys', { bgpsecAssertions: [{ asn: 2, SKI, routerPublicKey: 'MFk' }] }],
    ['a customer AS', { aspaFilters: [{ customerAsid: 1 }] }],
  ])('refuses %s in two files', (_, members) => {
    expect(() => mergeSlurm([...disjoint, file(members)])).toThrow(
      expect.objectContaining({ code: 'slurm-overlap' }),
    );
    expect(() => mergeSlurm([file(members), ...disjoint])).toThrow(
      expect.objectContaining({ code: 'slurm-overlap' }),
    );
  });
});

describe('writeSlurm', () => {
  const sets: fc.Arbitrary<PayloadSet> = spokenLists(6, { vrps: arbitraryVrp() }).map(createPayloadSet);
  const nothing = createPayloadSet();

  it('writes payloads as assertions that give them back', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const text = writeSlurm(slurmOfPayloads(set));
        const back = readSlurm(text);
        expect(contentOf(applySlurm(nothing, back))).toEqual(contentOf(set));
        expect(writeSlurm(back)).toBe(text);
      }),
    );
  });

  it('gives back what was read, comments included', () => {
    const text = slurmText({
      prefixFilters: [{ prefix: '192.0.2.0/24', asn: 64496, comment: 'both' }],
      bgpsecFilters: [{ asn: 64497, SKI }],
      aspaFilters: [{ customerASID: 1, providers: [{ providerAsid: 2 }] }, { providerAsns: [7] }],
      bgpsecAssertions: [{ asn: 64496, SKI: `${SKI}=`, routerPublicKey: 'MFk=', comment: 'k' }],
      aspaAssertions: [{ customerAsid: 1, providers: [2], comment: 'c' }],
    });
    const slurm = readSlurm(text);
    expect(readSlurm(writeSlurm(slurm))).toEqual(slurm);
    // The names of draft-ietf-sidrops-aspa-slurm, in filters and assertions alike.
    expect(JSON.parse(writeSlurm(slurm))).toMatchObject({
      validationOutputFilters: {
        aspaFilters: [{ customerAsn: 1, providerAsns: [2] }, { providerAsns: [7] }],
      },
      locallyAddedAssertions: { aspaAssertions: [{ customerAsn: 1, providerAsns: [2], comment: 'c' }] },
    });
  });

  it('is of version 1 where no ASPA is named, with exactly the members of RFC 8416', () => {
    const text = writeSlurm(slurmOfPayloads(nothing));
    expect(JSON.parse(text)).toEqual({
      slurmVersion: 1,
      validationOutputFilters: { prefixFilters: [], bgpsecFilters: [] },
      locallyAddedAssertions: { prefixAssertions: [], bgpsecAssertions: [] },
    });
    const set = createPayloadSet({ aspas: [{ customer: 1, providers: [2] }] });
    expect(JSON.parse(writeSlurm(slurmOfPayloads(set))).slurmVersion).toBe(2);
  });
});
