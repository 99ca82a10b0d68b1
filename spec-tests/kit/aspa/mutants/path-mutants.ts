import { type Kit, kit } from './kit.js';

/** An AS of the verifying router that no test uses otherwise. */
const LOCAL_AS = 4_199_999_999;

export const pathMutants: Readonly<Record<string, Partial<Kit>>> = {
  P1: { compress: (asns) => [...asns] },
  P2: { compress: (asns) => [...new Set(asns)] },
  P3: { length: (asns) => asns.length },
  P4: { compress: (_asns, asPath) => [...asPath].reverse().flatMap((s) => kit.compress(kit.read([s]), [s])) },
  P5: { read: (asPath) => kit.read(asPath.filter(({ type }) => type === 2).slice(0, 1)) },
  P6: { read: (asPath) => kit.read(asPath.filter(({ type }) => type === 2).slice(-1)) },
  P7: { read: (asPath) => kit.read(asPath).reverse() },
  P8: { prepare: (asns) => [...asns, LOCAL_AS] },
};
