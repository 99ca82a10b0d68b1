import { fuzzTests } from './lib/fuzz-tests.js';
import { TEXT } from './targets/text.js';

fuzzTests(TEXT);
