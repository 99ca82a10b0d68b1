import { fuzzTests } from './lib/fuzz-tests.js';
import { NODE } from './targets/node.js';

fuzzTests(NODE);
