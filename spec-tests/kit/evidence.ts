import type { VectorFile } from '../../src/conformance/vector.js';
import type { CitedTest } from './cited-tests.js';

/** A vector case that shows a requirement met, or its violation noticed. */
export interface CitingCase {
  readonly id: string;
  readonly violated: boolean;
}

/** What shows a requirement: tests and vector cases. */
export interface Evidence {
  readonly tests: readonly CitedTest[];
  readonly cases: readonly CitingCase[];
  /** How many of both show it met. */
  readonly positive: number;
  /** How many of both show its violation noticed, refused or not done. */
  readonly negative: number;
}

const NOTHING: Evidence = { tests: [], cases: [], positive: 0, negative: 0 };

/** The links from requirements back to what cites them. */
export function evidenceOf(
  cited: readonly CitedTest[],
  files: readonly VectorFile[],
): (id: string) => Evidence {
  const found = new Map<string, { tests: CitedTest[]; cases: CitingCase[] }>();
  const entry = (id: string): { tests: CitedTest[]; cases: CitingCase[] } => {
    const own = found.get(id) ?? { tests: [], cases: [] };
    found.set(id, own);
    return own;
  };
  for (const test of cited) entry(test.id).tests.push(test);
  for (const vector of files.flatMap(({ groups }) => groups.flatMap((group) => group.cases))) {
    const { requirements = [], violated = [] } = vector;
    for (const id of requirements) entry(id).cases.push({ id: vector.id, violated: violated.includes(id) });
  }
  const evidence = new Map(
    [...found].map(([id, { cases, tests }]) => {
      const all = [...tests, ...cases];
      const negative = all.filter(({ violated }) => violated).length;
      return [id, { tests, cases, positive: all.length - negative, negative }];
    }),
  );
  return (id) => evidence.get(id) ?? NOTHING;
}
