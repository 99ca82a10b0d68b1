import { fuzzTests } from './lib/fuzz-tests.js';
import { BGPSEC } from './targets/bgpsec.js';
import { BGPSEC_KEYS } from './targets/bgpsec-keys.js';

fuzzTests([...BGPSEC, ...BGPSEC_KEYS]);
