import { type Mutant, suiteKit } from '../../mutant.js';
import { acrossMutants } from './across-mutants.js';
import { answerWith } from './answer.js';
import { answerMutants, checkMutants, neighborMutants } from './check-mutants.js';
import { type Kit, kit } from './kit.js';
import { pathMutants } from './path-mutants.js';
import { rampMutants } from './ramp-mutants.js';
import { tableMutants } from './table-mutants.js';

/** The mistakes that one path shows. */
export const singleMutants: readonly Mutant<Kit>[] = [
  ...pathMutants,
  ...tableMutants,
  ...rampMutants,
  ...checkMutants,
  ...neighborMutants,
  ...answerMutants,
];

/** The second implementation of the suite `aspa`. */
export const aspaKit = suiteKit(kit, [...singleMutants, ...acrossMutants], answerWith);
