import type { Mutant } from '../../mutant.js';
import type { Parts } from './parts.js';
import { confed } from './question.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Mistakes in the reconstruction of AS_PATH (RFC 8205 §4.4). */
export const rebuildMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-rebuilt-pcount-ignored',
    text: 'puts every AS into the rebuilt AS_PATH once, whatever its pCount',
    parts: { repetitions: () => 1 },
  },
  {
    id: 'bgpsec-rebuilt-pcount-zero-once',
    text: 'puts an AS with pCount 0 into the rebuilt AS_PATH',
    parts: { repetitions: ({ pCount }) => Math.max(pCount, 1) },
  },
  {
    id: 'bgpsec-rebuilt-without-confed',
    text: 'makes an AS_SEQUENCE of segments with the Confed_Segment flag',
    parts: { segmentType: () => 'AS_SEQUENCE' },
  },
  {
    id: 'bgpsec-rebuilt-flags-compared',
    text: 'takes any flag bit for the Confed_Segment flag',
    parts: { segmentType: ({ flags }) => (flags === 0 ? 'AS_SEQUENCE' : 'AS_CONFED_SEQUENCE') },
  },
  {
    id: 'bgpsec-rebuilt-unbounded',
    text: 'puts more than 255 AS numbers into one segment',
    parts: { segmentLimit: Number.POSITIVE_INFINITY },
  },
  {
    id: 'bgpsec-length-of-all-pcounts',
    text: 'takes the sum of all pCounts for the path length, members of the confederation included',
    parts: { pathLength: (segments) => sum(segments.map(({ pCount }) => pCount)) },
  },
  {
    id: 'bgpsec-length-of-segments',
    text: 'takes the number of Secure_Path Segments for the path length',
    parts: { pathLength: (segments) => segments.filter((one) => !confed(one)).length },
  },
];
