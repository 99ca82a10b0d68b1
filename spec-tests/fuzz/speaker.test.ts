import { fuzzTests } from './lib/fuzz-tests.js';
import { SPEAKER } from './targets/speaker.js';

fuzzTests(SPEAKER);
