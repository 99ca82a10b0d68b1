import { suiteKit } from '../../mutant.js';
import { answerWith } from './answer.js';
import { cacheMutants } from './cache-mutants.js';
import { RIGHT } from './parts.js';
import { routerMutants } from './router-mutants.js';

/** The second implementation of the suite `rtr`. */
export const rtrKit = suiteKit(RIGHT, [...routerMutants, ...cacheMutants], answerWith);
