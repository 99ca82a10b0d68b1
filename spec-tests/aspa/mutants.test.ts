import { createAspaTable, fastVerifyAsPath, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import vectors from '../kit/aspa/facts/mutants.json' with { type: 'json' };
import { answerMutants, checkMutants, neighborMutants } from '../kit/aspa/mutants/check-mutants.js';
import { type Kit, kit, type Question, run } from '../kit/aspa/mutants/kit.js';
import { pathMutants } from '../kit/aspa/mutants/path-mutants.js';
import { rampMutants } from '../kit/aspa/mutants/ramp-mutants.js';
import { tableMutants } from '../kit/aspa/mutants/table-mutants.js';
import { aspas, neighbor, path } from './notation.js';

const mutants: Readonly<Record<string, Partial<Kit>>> = {
  ...pathMutants,
  ...tableMutants,
  ...rampMutants,
  ...checkMutants,
  ...neighborMutants,
  ...answerMutants,
};
const killed = new Set<string>();

function question(row: (typeof vectors.cases)[number]): Question {
  const asPath = path(row.path);
  const withdrawn = row.id === 'T9' ? [1] : [];
  return { aspas: aspas(row.aspas), withdrawn, asPath, ...neighbor(row.neighbor, asPath[0]?.asns[0]) };
}

describe('bugs that have been made, or easily are', () => {
  for (const row of vectors.cases) {
    it(`aspa-${row.id} ${row.mutant}: ${row.right}, not ${row.mutantSays}`, () => {
      const asked = question(row);
      const table = createAspaTable(asked.aspas);
      for (const customer of asked.withdrawn ?? []) {
        table.announce({ customer, providers: [7] });
        table.withdraw(customer);
      }
      expect(verifyAsPath(table, asked).outcome).toBe(row.right);
      expect(fastVerifyAsPath(table, asked)).toBe(row.right);
      expect(run(kit, asked)).toBe(row.right);
      const mutant = mutants[row.id];
      expect(mutant).toBeDefined();
      expect(run({ ...kit, ...mutant }, asked)).toBe(row.mutantSays);
      expect(row.mutantSays).not.toBe(row.right);
      killed.add(row.id);
    });
  }

  it('kills all 65', () => {
    expect(vectors.count).toBe(65);
    expect([...killed].sort()).toEqual(Object.keys(mutants).sort());
    expect(killed.size).toBe(65);
  });
});
