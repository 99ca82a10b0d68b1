import { createAspaTable, fastVerifyAsPath, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import vectors from '../kit/aspa/facts/mutants.json' with { type: 'json' };
import { kit, type Question, run } from '../kit/aspa/mutants/kit.js';
import { singleMutants } from '../kit/aspa/mutants/mutants.js';
import { requirement } from '../kit/citation.js';
import { aspas, neighbor, path } from './notation.js';

const killed = new Set<string>();

function question(row: (typeof vectors.cases)[number]): Question {
  const asPath = path(row.path);
  const withdrawn = row.id === 'T9' ? [1] : [];
  return { aspas: aspas(row.aspas), withdrawn, asPath, ...neighbor(row.neighbor, asPath[0]?.asns[0]) };
}

describe('bugs that have been made, or easily are', () => {
  for (const row of vectors.cases) {
    it(`aspa-${row.id} ${row.mutant}: ${row.right}, not ${row.mutantSays}`, () => {
      requirement(
        'aspa-28:4:as0-aspa',
        '!aspa-28:4:as0-aspa',
        '!aspa-28:4:as0-beside-others',
        '!aspa-28:5.2:consecutive-duplicates',
        '!aspa-28:5.2:only-consecutive',
        '!aspa-28:5.2:across-segments',
        '!aspa-28:5.2:origin-is-as1',
        '!aspa-28:5.2:local-as-not-in-path',
        '!aspa-28:5.3:uspas-union',
        '!aspa-28:5.3:ordered-pair',
        'aspa-28:5.3:no-attestation',
        '!aspa-28:5.3:no-attestation',
        '!aspa-28:5.3:provider',
        '!aspa-28:5.3:not-provider',
        '!aspa-28:5.3:provider-plus-is-provider-or-rs',
        '!aspa-28:5.4:max-up-ramp',
        '!aspa-28:5.4:max-up-ramp-none',
        '!aspa-28:5.4:min-up-ramp',
        '!aspa-28:5.4:min-up-ramp-none',
        '!aspa-28:5.4:max-down-ramp',
        '!aspa-28:5.4:max-sum-below-n',
        '!aspa-28:5.4:min-sum-below-n',
        'aspa-28:5.4:else-valid',
        '!aspa-28:5.5:from-customer',
        '!aspa-28:5.5:from-peer',
        '!aspa-28:5.5:from-rs',
        '!aspa-28:5.5:down-ramps-zero',
        'aspa-28:5.5:step-1',
        'aspa-28:5.5:step-2',
        '!aspa-28:5.5:step-2',
        'aspa-28:5.5:step-3',
        'aspa-28:5.5:step-4',
        '!aspa-28:5.5:step-4',
        'aspa-28:5.5:step-5',
        '!aspa-28:5.5:step-5',
        '!aspa-28:5.5:step-6',
        '!aspa-28:5.6:from-provider',
        'aspa-28:5.6:step-1',
        'aspa-28:5.6:step-2',
        'aspa-28:5.6:step-4',
        '!aspa-28:5.6:step-4',
        '!aspa-28:5.6:step-5',
        'aspa-28:5.6:step-6',
        '!aspa-28:6.3:role-chooses-algorithm',
        '!aspa-profile-29:5.2:union',
        '!aspa-profile-29:5.2:as0-removed',
        '!aspa-profile-29:5.2:as0-only',
      );
      const asked = question(row);
      const table = createAspaTable(asked.aspas);
      for (const customer of asked.withdrawn ?? []) {
        table.announce({ customer, providers: [7] });
        table.withdraw(customer);
      }
      expect(verifyAsPath(table, asked).outcome).toBe(row.right);
      expect(fastVerifyAsPath(table, asked)).toBe(row.right);
      expect(run(kit, asked)).toBe(row.right);
      const mutant = singleMutants.find(({ id }) => id === `aspa-${row.id}`);
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
