import fc from 'fast-check';
import {
  type AspaTable,
  changedCustomers,
  createAspaTable,
  diffAspaTables,
  fastVerifyAsPath,
  pathsToReverify,
  verifyAsPath,
} from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { aspas, path } from './notation.js';

const MANY = Array.from({ length: 10_001 }, (_, i) => 100_000 + i);

function content(table: AspaTable): Record<number, readonly number[]> {
  return Object.fromEntries([...table].map(({ customer, providers }) => [customer, providers]));
}

describe('a table that changes while in use', () => {
  it('looks through its entries once in many changes, however long it is used', () => {
    const customers = Array.from({ length: 8_000 }, (_, i) => i * i + 1);
    const table = createAspaTable(customers.map((customer) => ({ customer, providers: [9] })));
    let looks = 0;
    const { packed } = table;
    const settle = packed.settle.bind(packed);
    Object.defineProperty(packed, 'settle', {
      value: () => {
        looks++;
        settle();
      },
    });
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      for (const customer of customers) table.withdraw(customer);
      for (const customer of customers) table.announce({ customer, providers: [9] });
    }
    expect(table.size).toBe(customers.length);
    // Each look takes as long as all entries; at the load of the table there are less than two for each of them filed anew.
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(2 * rounds);
  });

  it('announce replaces the entry, withdraw removes it', () => {
    requirement('aspa-28:5.3:uspas-single');
    const table = createAspaTable(aspas('1:{2,3}'));
    const { generation } = table;
    expect(table.announce({ customer: 1, providers: [4, 0] })).toBe(true);
    expect(table.providers(1)).toEqual([4]);
    expect(table.notesOf(1)).toEqual([{ customer: 1, code: 'as0-mixed' }]);
    expect(table.announce({ customer: 1, providers: [4] })).toBe(false);
    expect(table.notesOf(1)).toEqual([]);
    expect(table.generation).toBe(generation + 1);
    expect(table.withdraw(1)).toBe(true);
    expect(table.withdraw(1)).toBe(false);
    expect(table.authorized(1, 4)).toBe('no-attestation');
    expect(table.generation).toBe(generation + 2);
  });

  it('tells every other list from the one before, and only those', () => {
    const table = createAspaTable(aspas('1:{2,3}'));
    expect(table.generation).toBeGreaterThan(0);
    for (const providers of [[2], [2, 3], [2, 4], [2, 4, 5], [2, 4], [0], [2, 4]]) {
      expect(table.announce({ customer: 1, providers })).toBe(true);
      expect(table.announce({ customer: 1, providers })).toBe(false);
    }
    expect(table.announce({ customer: 0, providers: [2] })).toBe(false);
    expect(table.announce({ customer: 7, providers: MANY })).toBe(false);
    expect(table.generation).toBe(createAspaTable(aspas('1:{2,3}')).generation + 7);
  });

  it('a removal hides no other entry, however full the table is and wherever the entries stand', () => {
    for (let size = 1; size <= 60; size++) {
      const customers = Array.from({ length: size }, (_, i) => 1 + ((i * 7919 + size * 104_729) % 65_536));
      const table = createAspaTable(
        customers.map((customer) => ({ customer, providers: [70_000, customer + 70_000] })),
      );
      expect(table.size).toBe(size);
      for (const [index, customer] of customers.entries()) {
        expect(table.withdraw(customer)).toBe(true);
        const left = customers.filter((other) => table.has(other));
        expect(left).toEqual(customers.slice(index + 1));
        const right = left.filter((other) => table.authorized(other, other + 70_000) === 'provider+');
        expect(right).toEqual(left);
      }
      expect([table.size, [...table]]).toEqual([0, []]);
    }
  });

  it('a table that outgrows its storage again and again keeps every entry', () => {
    const table = createAspaTable([]);
    const expected: Record<number, readonly number[]> = {};
    for (let customer = 1; customer <= 300; customer++) {
      const providers = Array.from({ length: customer % 5 }, (_, i) => 1000 + customer + i);
      table.announce({ customer, providers: providers.length === 0 ? [0] : providers });
      expected[customer] = providers;
      if (customer % 3 === 0) {
        table.announce({ customer: customer - 1, providers: [5000, 5001, 5002] });
        expected[customer - 1] = [5000, 5001, 5002];
      }
    }
    expect(content(table)).toEqual(expected);
    expect(table.size).toBe(300);
    expect(table.memory.providerBytes).toBe(4 * Object.values(expected).flat().length);
  });

  it('an over-long announcement removes the entry; a shorter one brings it back', () => {
    requirement('aspa-profile:5.5:no-partial-list');
    const table = createAspaTable(aspas('1:{2}'));
    expect(table.announce({ customer: 1, providers: MANY })).toBe(true);
    expect(table.authorized(1, 2)).toBe('no-attestation');
    expect(table.notesOf(1)).toEqual([{ customer: 1, code: 'over-limit' }]);
    expect(table.announce({ customer: 1, providers: [2] })).toBe(true);
    expect(table.authorized(1, 2)).toBe('provider+');
  });

  it('a verdict follows the table, and the procedure', () => {
    requirement('aspa-28:5.3:uspas-single');
    const table = createAspaTable(aspas('1:{2}'));
    const input = { asPath: path('2 1'), neighborAs: 2 } as const;
    const both = (): string[] =>
      (['customer', 'provider'] as const).map((neighborRole) =>
        fastVerifyAsPath(table, { ...input, neighborRole }),
      );
    expect(both()).toEqual(['valid', 'valid']);
    table.announce({ customer: 1, providers: [3] });
    expect(both()).toEqual(['invalid', 'valid']);
    table.withdraw(1);
    expect(both()).toEqual(['unknown', 'valid']);
  });

  it('an evidence value does not change with the table', () => {
    const table = createAspaTable(aspas('1:{2}'));
    const input = { asPath: path('2 1'), neighborAs: 2, neighborRole: 'customer' } as const;
    const before = verifyAsPath(table, input);
    const copy = structuredClone(before);
    table.announce({ customer: 1, providers: [3] });
    expect(before).toEqual(copy);
    expect(verifyAsPath(table, input).outcome).toBe('invalid');
  });

  it('behaves like a map of sets under any sequence of updates', () => {
    requirement('!aspa-28:5.3:uspas-single');
    const update = fc.record({
      customer: fc.oneof(fc.integer({ min: 1, max: 40 }), arbitraryAsn),
      providers: fc.option(fc.array(fc.oneof(arbitraryAsn, fc.constant(0)), { maxLength: 30 })),
    });
    fc.assert(
      fc.property(
        fc.array(update, { maxLength: 120 }),
        fc.array(arbitraryAsn, { maxLength: 10 }),
        (updates, probes) => {
          const table = createAspaTable([]);
          const model = new Map<number, Set<number>>();
          for (const { customer, providers } of updates) {
            if (providers === null) {
              expect(table.withdraw(customer)).toBe(model.delete(customer));
            } else {
              table.announce({ customer, providers });
              model.set(customer, new Set(providers.filter((asn) => asn !== 0 && asn !== customer)));
            }
          }
          expect(table.size).toBe(model.size);
          const sorted = [...model].map(([customer, set]) => [
            customer,
            [...set].sort((a, b) => (a < b ? -1 : 1)),
          ]);
          expect(content(table)).toEqual(Object.fromEntries(sorted));
          for (const x of [...model.keys(), ...probes]) {
            for (const y of [0, ...probes, ...(model.get(x) ?? [])]) {
              const expected = !model.has(x)
                ? 'no-attestation'
                : model.get(x)?.has(y)
                  ? 'provider+'
                  : 'not-provider+';
              expect(table.authorized(x, y)).toBe(expected);
            }
          }
          const built = createAspaTable([...table]);
          expect(changedCustomers(diffAspaTables(table, built)).size).toBe(0);
          expect(table.memory.providerBytes).toBe(built.memory.providerBytes);
        },
      ),
    );
  });

  it('does not grow with repeated updates of the same customers', () => {
    const table = createAspaTable(aspas('1:{2} 2:{3}'));
    for (let round = 0; round < 20_000; round++)
      table.announce({ customer: 1 + (round % 2), providers: [round + 10, round + 11, round + 12] });
    expect(table.memory.bytes).toBeLessThan(1_000);
    expect(table.size).toBe(2);
  });

  it('forgets the marks of customers that left, so that searches in vain stay short', () => {
    const table = createAspaTable([]);
    for (let round = 0; round < 40; round++) {
      const from = 1 + round * 1_000;
      for (let customer = from; customer < from + 1_000; customer++) {
        table.announce({ customer, providers: [7] });
        if (round > 0) table.withdraw(customer - 1_000);
      }
    }
    const { marks } = table.packed;
    const set = marks.reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0);
    expect(table.size).toBe(1_000);
    expect(set).toBeLessThanOrEqual(table.size + marks.length / 8 + 1);
  });

  it('stays within 64 octets per ASPA beyond the providers', () => {
    for (const count of [100, 683, 1366, 3400, 21_846, 80_000]) {
      const table = createAspaTable(
        Array.from({ length: count }, (_, i) => ({ customer: i + 1, providers: [7, i + 9] })),
      );
      const { bytes, providerBytes } = table.memory;
      expect((bytes - providerBytes) / count).toBeLessThan(64);
    }
  });

  it('a table built from an iterable of unknown length equals one built from an array', () => {
    const records = Array.from({ length: 500 }, (_, i) => ({
      customer: (i * 7919) % 4001,
      providers: [i + 1, i + 5],
    }));
    const table = createAspaTable(records);
    const equal = { announced: [], withdrawn: [], changed: [] };
    expect(diffAspaTables(table, createAspaTable(new Set(records)))).toEqual(equal);
    expect(diffAspaTables(table, createAspaTable(new Set(records).values()))).toEqual(equal);
    for (const size of [-1, 1.5, 2 ** 40, Number.NaN, 'many', undefined]) {
      const lying = { size, [Symbol.iterator]: () => records.values() };
      expect(diffAspaTables(table, createAspaTable(lying))).toEqual(equal);
    }
  });
});

describe('the difference of two tables', () => {
  it('sees a provider that moves from one customer to the next', () => {
    requirement('!aspa-28:5.3:uspas-single');
    const before = createAspaTable(aspas('1:{10,20} 2:{30,40}'));
    const after = createAspaTable(aspas('1:{10} 2:{20,30,40}'));
    expect(diffAspaTables(before, after)).toEqual({
      announced: [],
      withdrawn: [],
      changed: [
        { customer: 1, gained: [], lost: [20] },
        { customer: 2, gained: [20], lost: [] },
      ],
    });
    const input = { asPath: path('20 1'), neighborAs: 20, neighborRole: 'customer' } as const;
    expect(fastVerifyAsPath(before, input)).toBe('valid');
    expect(fastVerifyAsPath(after, input)).toBe('invalid');
  });

  it('tells an AS0 entry from none', () => {
    requirement('!aspa-28:4:as0-aspa');
    const diff = diffAspaTables(createAspaTable(aspas('1:{0} 3:{4}')), createAspaTable(aspas('2:{0} 3:{4}')));
    expect(diff.announced).toEqual([{ customer: 2, providers: [] }]);
    expect(diff.withdrawn).toEqual([{ customer: 1, providers: [] }]);
    expect([...changedCustomers(diff)].sort()).toEqual([1, 2]);
  });

  it('names every path whose verdict changed', () => {
    const asn = fc.integer({ min: 1, max: 6 });
    const records = fc.array(
      fc.record({ customer: asn, providers: fc.array(asn, { minLength: 1, maxLength: 3 }) }),
    );
    const paths = fc.array(fc.array(asn, { minLength: 1, maxLength: 5 }), { maxLength: 20 });
    fc.assert(
      fc.property(records, records, paths, (first, second, asnLists) => {
        const [before, after] = [createAspaTable(first), createAspaTable(second)];
        const asPaths = asnLists.map((asns) => [{ type: 2 as const, asns }]);
        const customers = changedCustomers(diffAspaTables(before, after));
        const named = new Set(pathsToReverify(customers, asPaths));
        for (const [index, asPath] of asPaths.entries()) {
          for (const procedure of ['upstream', 'downstream'] as const) {
            const changed =
              fastVerifyAsPath(before, { asPath, procedure }) !==
              fastVerifyAsPath(after, { asPath, procedure });
            if (changed) expect(named.has(index)).toBe(true);
          }
          const touched = asPath[0]?.asns.some((one) => customers.has(one));
          expect(named.has(index)).toBe(touched);
        }
      }),
    );
  });
});
