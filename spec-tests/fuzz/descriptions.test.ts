import { fuzzTests } from './lib/fuzz-tests.js';
import { DESCRIPTIONS } from './targets/descriptions.js';

fuzzTests(DESCRIPTIONS);
