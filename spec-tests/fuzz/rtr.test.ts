import { fuzzTests } from './lib/fuzz-tests.js';
import { RTR } from './targets/rtr.js';

fuzzTests(RTR);
