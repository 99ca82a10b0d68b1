import { fuzzTests } from './lib/fuzz-tests.js';
import { CAPTURE } from './targets/capture.js';

fuzzTests(CAPTURE);
