import { testNaming } from './naming.js';

testNaming('bgpsec');
