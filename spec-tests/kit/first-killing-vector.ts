import type { VectorCase, VectorFile } from '../../src/conformance/vector.js';

/**
 * The first vector that a mistake fails: one made for it (it carries the mistake as a flag) if there is any, else the first in
 * the order of the files. Nothing where no vector tells the mistake apart from what is right.
 */
export function firstKillingVector(files: readonly VectorFile[], mistake: string): VectorCase | undefined {
  const cases = files.flatMap(({ groups }) => groups.flatMap((group) => group.cases));
  const killing = cases.filter(({ mistakes }) => mistakes?.[mistake] !== undefined);
  return killing.find(({ flags }) => flags.includes(mistake)) ?? killing[0];
}
