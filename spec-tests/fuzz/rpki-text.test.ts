import { fuzzTests } from './lib/fuzz-tests.js';
import { RPKI_TEXT } from './targets/rpki-text.js';

fuzzTests(RPKI_TEXT);
