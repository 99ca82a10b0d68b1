import { testNaming } from './naming.js';

testNaming('aspa', 'rov', 'drafts');
