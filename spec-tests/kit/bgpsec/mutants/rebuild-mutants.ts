import type { Mutants } from './mutant.js';
import { confed } from './question.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Mistakes in the reconstruction of AS_PATH (RFC 8205 §4.4). */
export const rebuildMutants: Mutants = {
  'rebuilt-pcount-ignored': {
    text: 'puts every AS into the rebuilt AS_PATH once, whatever its pCount',
    rebuild: { repetitions: () => 1 },
  },
  'rebuilt-pcount-zero-once': {
    text: 'puts an AS with pCount 0 into the rebuilt AS_PATH',
    rebuild: { repetitions: ({ pCount }) => Math.max(pCount, 1) },
  },
  'rebuilt-without-confed': {
    text: 'makes an AS_SEQUENCE of segments with the Confed_Segment flag',
    rebuild: { type: () => 'AS_SEQUENCE' },
  },
  'rebuilt-flags-compared': {
    text: 'takes any flag bit for the Confed_Segment flag',
    rebuild: { type: ({ flags }) => (flags === 0 ? 'AS_SEQUENCE' : 'AS_CONFED_SEQUENCE') },
  },
  'rebuilt-unbounded': {
    text: 'puts more than 255 AS numbers into one segment',
    rebuild: { limit: Number.POSITIVE_INFINITY },
  },
  'length-of-all-pcounts': {
    text: 'takes the sum of all pCounts for the path length, members of the confederation included',
    rebuild: { length: (segments) => sum(segments.map(({ pCount }) => pCount)) },
  },
  'length-of-segments': {
    text: 'takes the number of Secure_Path Segments for the path length',
    rebuild: { length: (segments) => segments.filter((one) => !confed(one)).length },
  },
};
