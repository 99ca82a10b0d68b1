import type { Mutant } from '../../mutant.js';
import { type Kit, kit } from './kit.js';

/** An AS of the verifying router that no test uses otherwise. */
const LOCAL_AS = 4_199_999_999;

export const pathMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-P1',
    text: 'does not collapse prepended ASes',
    seenIn: 'rtrlib (commit ed3393b), which leaves it to the caller',
    parts: { compress: (asns) => [...asns] },
  },
  {
    id: 'aspa-P2',
    text: 'collapses non-consecutive duplicates',
    parts: { compress: (asns) => [...new Set(asns)] },
  },
  {
    id: 'aspa-P3',
    text: 'compares the ramps of the compressed path with the length of the uncompressed one',
    parts: { length: (asns) => asns.length },
  },
  {
    id: 'aspa-P4',
    text: 'keeps a duplicate that crosses a segment boundary',
    parts: {
      compress: (_asns, asPath) => [...asPath].reverse().flatMap((s) => kit.compress(kit.read([s]), [s])),
    },
  },
  {
    id: 'aspa-P5',
    text: 'reads the first AS_SEQUENCE alone',
    parts: { read: (asPath) => kit.read(asPath.filter(({ type }) => type === 2).slice(0, 1)) },
  },
  {
    id: 'aspa-P6',
    text: 'reads the last AS_SEQUENCE alone',
    parts: { read: (asPath) => kit.read(asPath.filter(({ type }) => type === 2).slice(-1)) },
  },
  {
    id: 'aspa-P7',
    text: 'takes the path origin first',
    parts: { read: (asPath) => kit.read(asPath).reverse() },
  },
  {
    id: 'aspa-P8',
    text: 'counts the local AS as the last AS of the path',
    parts: { prepare: (asns) => [...asns, LOCAL_AS] },
  },
];
