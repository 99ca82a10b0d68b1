import { fuzzTests } from './lib/fuzz-tests.js';
import { PAYLOAD_SNAPSHOT } from './targets/payload-snapshot.js';

fuzzTests(PAYLOAD_SNAPSHOT);
