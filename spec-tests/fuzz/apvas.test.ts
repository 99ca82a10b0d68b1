import { fuzzTests } from './lib/fuzz-tests.js';
import { APVAS } from './targets/apvas.js';

fuzzTests(APVAS);
