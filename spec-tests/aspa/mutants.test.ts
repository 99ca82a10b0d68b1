import { createAspaTable, fastVerifyAsPath, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import vectors from '../kit/aspa/facts/mutants.json' with { type: 'json' };
import { kit, type Question, run } from '../kit/aspa/mutants/kit.js';
import { singleMutants } from '../kit/aspa/mutants/mutants.js';
import { aspas, neighbor, path } from './notation.js';

const killed = new Set<string>();

function question(row: (typeof vectors.cases)[number]): Question {
  const asPath = path(row.path);
  const withdrawn = row.id === 'T9' ? [1] : [];
  return { aspas: aspas(row.aspas), withdrawn, asPath, ...neighbor(row.neighbor, asPath[0]?.asns[0]) };
}

describe('bugs that have been made, or easily are', () => {
  for (const row of vectors.cases) {
    const mutant = singleMutants.find(({ id }) => id === `aspa-${row.id}`);
    it(`aspa-${row.id} ${mutant?.text}: ${row.right}, not ${row.mutantSays}`, () => {
      // What each row shows is cited by the vector case that is made of it.
      const asked = question(row);
      const table = createAspaTable(asked.aspas);
      for (const customer of asked.withdrawn ?? []) {
        table.announce({ customer, providers: [7] });
        table.withdraw(customer);
      }
      expect(verifyAsPath(table, asked).outcome).toBe(row.right);
      expect(fastVerifyAsPath(table, asked)).toBe(row.right);
      expect(run(kit, asked)).toBe(row.right);
      expect(mutant).toBeDefined();
      expect(run({ ...kit, ...mutant?.parts }, asked)).toBe(row.mutantSays);
      expect(row.mutantSays).not.toBe(row.right);
      killed.add(row.id);
    });
  }

  it('kills all 65', () => {
    expect(vectors.count).toBe(65);
    expect([...killed].sort()).toEqual(singleMutants.map(({ id }) => id.slice('aspa-'.length)).sort());
    expect(killed.size).toBe(65);
  });
});
