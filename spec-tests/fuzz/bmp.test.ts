import { fuzzTests } from './lib/fuzz-tests.js';
import { BMP } from './targets/bmp.js';

fuzzTests(BMP);
