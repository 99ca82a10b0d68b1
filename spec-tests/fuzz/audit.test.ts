import { fuzzTests } from './lib/fuzz-tests.js';
import { AUDIT } from './targets/audit.js';

fuzzTests(AUDIT);
