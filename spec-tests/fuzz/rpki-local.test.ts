import { fuzzTests } from './lib/fuzz-tests.js';
import { RPKI_LOCAL } from './targets/rpki-local.js';

fuzzTests(RPKI_LOCAL);
