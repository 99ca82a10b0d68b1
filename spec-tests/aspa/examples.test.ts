import type { NeighborRole } from 'pathsec/aspa';
import {
  createAspaTable,
  createRevisionTables,
  fastVerifyAsPath,
  verifyAsPath,
  verifyByRevision,
} from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import vectors from '../kit/aspa/facts/examples.json' with { type: 'json' };
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';

interface Example {
  readonly id: string;
  readonly topology: string;
  readonly path: string;
  readonly neighborAs: number;
  readonly neighborRoles: readonly string[];
  readonly direction: string;
  readonly pathLength: number;
  readonly maxUpRamp: number;
  readonly minUpRamp: number;
  readonly maxDownRamp?: number;
  readonly minDownRamp?: number;
  readonly outcome: string;
  readonly outcome06?: string;
}

const topologies: Readonly<Record<string, string>> = vectors.topologies;
const cases: readonly Example[] = vectors.cases;
const executed = new Set<string>();

describe('official examples of the draft, Tables 1 to 3', () => {
  for (const example of cases) {
    it(`${example.id}: ${example.path} is ${example.outcome}`, () => {
      requirement('aspa-28:5.5:step-6');
      const payloads = aspas(topologies[example.topology] as string);
      const table = createAspaTable(payloads);
      for (const role of example.neighborRoles) {
        const input = {
          asPath: path(example.path),
          neighborAs: example.neighborAs,
          neighborRole: role as NeighborRole,
        };
        const evidence = verifyAsPath(table, input);
        expect(evidence).toMatchObject({
          outcome: example.outcome,
          procedure: example.direction,
          n: example.pathLength,
          ramps: {
            maxUpRamp: example.maxUpRamp,
            minUpRamp: example.minUpRamp,
            maxDownRamp: example.maxDownRamp ?? 0,
            minDownRamp: example.minDownRamp ?? 0,
          },
        });
        expect(fastVerifyAsPath(table, input)).toBe(example.outcome);
        const tables = createRevisionTables(payloads);
        expect(verifyByRevision(tables, '06', input).outcome).toBe(example.outcome06 ?? example.outcome);
        expect(verifyByRevision(tables, '07', input).outcome).toBe(example.outcome06 ?? example.outcome);
        expect(verifyByRevision(tables, '11', input).outcome).toBe(example.outcome);
      }
      executed.add(example.id);
    });
  }

  it('executes all 25', () => {
    expect(executed.size).toBe(25);
    expect(vectors.count).toBe(25);
  });
});
