import fc from 'fast-check';
import { createAspaTable, createAsraTable, fastVerifyAsra, verifyAsPath, verifyAsra } from 'pathsec/aspa';
import { type AsPath, parseAsPath } from 'pathsec/bgp';
import type { AsraPayload } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { neighborsOf, staysAsItWas } from './literal-asra.js';

describe('properties of ASRA', () => {
  const few = fc.constantFrom(0, 1, 2, 3, 4, 4_200_000_000);
  const signer = fc.constantFrom(1, 2, 3, 4, 4_200_000_000);
  const record = fc.record({
    asn: signer,
    subcategory: fc.constantFrom(1, 2, 3),
    neighbors: fc.array(fc.oneof({ weight: 5, arbitrary: few }, { weight: 1, arbitrary: arbitraryAsn }), {
      minLength: 1,
      maxLength: 5,
    }),
  });
  const scenario = fc.record({
    attested: fc.array(
      fc.record({ customer: signer, providers: fc.array(few, { minLength: 1, maxLength: 4 }) }),
      { maxLength: 8 },
    ),
    registered: fc.array(record, { maxLength: 8 }),
    asns: fc.array(few, { minLength: 1, maxLength: 8 }),
  });
  const path = (asns: readonly number[]): AsPath => [{ type: 2, asns }];

  it('the literal reading, the fast one and a second one agree, on any path and tables', () => {
    fc.assert(
      fc.property(scenario, fc.nat(1_000), ({ attested, registered, asns }, seed) => {
        const tables = {
          aspa: createAspaTable(attested, { seed }),
          asra: createAsraTable(registered, { seed }),
        };
        const lists = neighborsOf(registered);
        const input = { asPath: path(asns), neighborRole: 'provider' } as const;
        const plain = verifyAsPath(tables.aspa, input);
        for (const algorithm of ['A', 'B'] as const) {
          const { outcome } = verifyAsra(tables, algorithm, input);
          expect(fastVerifyAsra(tables, algorithm, input)).toBe(outcome);
          const stays = staysAsItWas(algorithm, tables.aspa, lists, plain);
          expect(outcome).toBe(stays ? plain.outcome : 'invalid');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('A finds nothing that B does not, and both leave Invalid and upstream paths alone', () => {
    fc.assert(
      fc.property(
        scenario,
        fc.constantFrom('customer', 'peer', 'rs', 'rs-client', 'provider', 'complex'),
        ({ attested, registered, asns }, neighborRole) => {
          const tables = { aspa: createAspaTable(attested), asra: createAsraTable(registered) };
          const input = { asPath: path(asns), neighborRole };
          const { outcome, procedure } = verifyAsPath(tables.aspa, input);
          const [a, b] = (['A', 'B'] as const).map((one) => fastVerifyAsra(tables, one, input));
          if (outcome === 'invalid' || procedure === 'upstream') expect([a, b]).toEqual([outcome, outcome]);
          if (a !== outcome) expect([a, b]).toEqual(['invalid', 'invalid']);
          if (b !== outcome) expect(b).toBe('invalid');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('true objects of all ASes never make a true path Invalid', () => {
    const links = fc.array(fc.tuple(signer, signer, fc.boolean()), { maxLength: 10 });
    fc.assert(
      fc.property(links, fc.array(signer, { minLength: 2, maxLength: 6 }), (list, walk) => {
        const real = list.filter(([a, b]) => a !== b);
        const asns = walk.filter((asn, i) => {
          const before = walk[i - 1];
          return i === 0 || real.some(([a, b]) => (a === asn && b === before) || (b === asn && a === before));
        });
        const linked = asns.every((asn, i) => {
          const before = asns[i - 1];
          return i === 0 || real.some(([a, b]) => (a === asn && b === before) || (b === asn && a === before));
        });
        if (!linked) return;
        const all = [...new Set(real.flatMap((link) => link.slice(0, 2) as number[]))];
        const providers = (asn: number) => real.filter(([a, , up]) => up && a === asn).map(([, b]) => b);
        const others = (asn: number) =>
          real.flatMap(([a, b, up]) => (b === asn ? [a] : a === asn && !up ? [b] : []));
        const orNone = (asnList: number[]) => (asnList.length > 0 ? asnList : [0]);
        const tables = {
          aspa: createAspaTable(
            all.map((customer) => ({ customer, providers: orNone(providers(customer)) })),
          ),
          asra: createAsraTable(
            all.map((asn) => ({ asn, subcategory: 3 as const, neighbors: orNone(others(asn)) })),
          ),
        };
        const input = { asPath: path(asns), neighborRole: 'provider' } as const;
        for (const algorithm of ['A', 'B'] as const) {
          expect(fastVerifyAsra(tables, algorithm, input)).toBe(verifyAsPath(tables.aspa, input).outcome);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('misuse of ASRA', () => {
  const tables = { aspa: createAspaTable([]), asra: createAsraTable([]) };
  const input = { asPath: parseAsPath('1'), neighborRole: 'provider' } as const;

  it('is refused by both readings alike', () => {
    for (const verify of [verifyAsra, fastVerifyAsra]) {
      expect(() => verify(tables, 'C' as 'A', input)).toThrow('"C" is not an algorithm of ASRA (A, B)');
      expect(() => verify({ ...tables, asra: 1 as never }, 'A', input)).toThrow(
        'not one that createAsraTable made',
      );
      expect(() => verify(1 as never, 'A', input)).toThrow(TypeError);
      expect(() => verify(tables, 'A', { asPath: input.asPath } as never)).toThrow(TypeError);
    }
  });

  it('a table is made of payloads alone', () => {
    const make = (value: unknown) => () => createAsraTable(value as AsraPayload[]);
    expect(make(1)).toThrow(TypeError);
    expect(make([1])).toThrow(TypeError);
    expect(make([{ asn: 1, subcategory: 4, neighbors: [2] }])).toThrow(
      'subcategory 4 of AS1 is none of 1, 2, 3',
    );
    expect(make([{ asn: 1, subcategory: 3, neighbors: 2 }])).toThrow(TypeError);
    expect(make([{ asn: 1, subcategory: 3, neighbors: [2 ** 32] }])).toThrow(RangeError);
    expect(make([{ asn: -1, subcategory: 3, neighbors: [2] }])).toThrow(RangeError);
  });
});
