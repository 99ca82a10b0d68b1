import { type Mutant, suiteKit } from '../../mutant.js';
import { answerWith, meantAnswer } from './answer.js';
import { octetMutants } from './octet-mutants.js';
import { openMutants } from './open-mutants.js';
import { type Parts, RIGHT } from './parts.js';
import { rebuildMutants } from './rebuild-mutants.js';
import { sendMutants } from './send-mutants.js';
import { keyMutants, signatureMutants } from './signature-mutants.js';
import { checkMutants, wireMutants } from './wire-mutants.js';

/** Implementations with one mistake (docs/decisions/conformance.md D-conformance-bgpsec-mistakes). */
const mutants: readonly Mutant<Parts>[] = [
  ...wireMutants,
  ...checkMutants,
  ...octetMutants,
  ...keyMutants,
  ...signatureMutants,
  ...rebuildMutants,
  ...openMutants,
  ...sendMutants,
];

/** The second implementation of the suite `bgpsec`. */
export const bgpsecKit = suiteKit(RIGHT, mutants, answerWith);

/** The same, but a signature that nothing determines is not made: what it is over stands in its place. */
export const meaningKit = suiteKit(RIGHT, mutants, meantAnswer);
