import { fuzzTests } from './lib/fuzz-tests.js';
import { BGPSEC } from './targets/bgpsec.js';

fuzzTests(BGPSEC);
