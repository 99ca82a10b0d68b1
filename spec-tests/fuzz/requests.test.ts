import { fuzzTests } from './lib/fuzz-tests.js';
import { REQUESTS } from './targets/requests.js';

fuzzTests(REQUESTS);
