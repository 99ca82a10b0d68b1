import { testNaming } from './naming.js';

testNaming('rtr', 'objects');
