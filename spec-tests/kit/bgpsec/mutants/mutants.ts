import type { Mutants } from './mutant.js';
import { octetMutants } from './octet-mutants.js';
import { openMutants } from './open-mutants.js';
import { rebuildMutants } from './rebuild-mutants.js';
import { sendMutants } from './send-mutants.js';
import { keyMutants, signatureMutants } from './signature-mutants.js';
import { checkMutants, wireMutants } from './wire-mutants.js';

const all: Mutants = {
  ...wireMutants,
  ...checkMutants,
  ...octetMutants,
  ...keyMutants,
  ...signatureMutants,
  ...rebuildMutants,
  ...openMutants,
  ...sendMutants,
};

/** All mistakes, by the names that the vector files use. */
export const mutants: Mutants = Object.fromEntries(
  Object.entries(all).map(([name, mutant]) => [`bgpsec-${name}`, mutant]),
);
