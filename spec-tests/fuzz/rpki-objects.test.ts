import { fuzzTests } from './lib/fuzz-tests.js';
import { RPKI_OBJECTS } from './targets/rpki-objects.js';

fuzzTests(RPKI_OBJECTS);
