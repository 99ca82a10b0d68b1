import { fuzzTests } from './lib/fuzz-tests.js';
import { RPKI_ENVELOPES } from './targets/rpki-objects.js';

fuzzTests(RPKI_ENVELOPES);
