import { fuzzTests } from './lib/fuzz-tests.js';
import { ROUTE_TEXT } from './targets/route-lines.js';

fuzzTests(ROUTE_TEXT);
