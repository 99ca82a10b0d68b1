import { fuzzTests } from './lib/fuzz-tests.js';
import { RPKI_CCR } from './targets/rpki-ccr.js';

fuzzTests(RPKI_CCR);
