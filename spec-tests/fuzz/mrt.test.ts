import { fuzzTests } from './lib/fuzz-tests.js';
import { MRT } from './targets/mrt.js';

fuzzTests(MRT);
