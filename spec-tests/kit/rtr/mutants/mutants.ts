import { cacheMutants } from './cache-mutants.js';
import type { Mutant } from './mutant.js';
import { type Parts, RIGHT } from './parts.js';
import { routerMutants } from './router-mutants.js';

/** Every known mistake of the suite. */
export const MUTANTS: readonly Mutant[] = [...routerMutants, ...cacheMutants];

/** The parts of a mutant; `right` for those without a mistake. Throws `RangeError` for another name. */
export function partsOf(id: string): Parts {
  if (id === 'right') return RIGHT;
  const mutant = MUTANTS.find((one) => one.id === id);
  if (!mutant) throw new RangeError(`no mutant ${id}`);
  return { ...RIGHT, ...mutant.parts };
}
