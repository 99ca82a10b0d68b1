import { fuzzTests } from './lib/fuzz-tests.js';
import { BGP_ATTRIBUTES } from './targets/bgp-attributes.js';
import { BGP_MESSAGES } from './targets/bgp-messages.js';
import { BGP_NLRI } from './targets/bgp-nlri.js';

fuzzTests([...BGP_MESSAGES, ...BGP_ATTRIBUTES, ...BGP_NLRI]);
