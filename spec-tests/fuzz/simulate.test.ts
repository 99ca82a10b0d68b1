import { fuzzTests } from './lib/fuzz-tests.js';
import { SIMULATE } from './targets/simulate.js';

fuzzTests(SIMULATE);
