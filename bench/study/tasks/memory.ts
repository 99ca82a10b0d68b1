import { createInternTable, createRouteStore, type SignatureLayout } from 'pathsec/apvas';
import { seededRandom } from '../../lib/random.js';
import type { StudyConfig } from '../config.js';

/** One memory run: a scheme, a way of storing, a table size. */
export interface MemoryParameters {
  readonly scheme: string;
  readonly routes: number;
}

/** Octets in total; the caller subtracts the run of S0 with as many routes. */
export interface MemoryResult extends MemoryParameters {
  readonly payload: number;
  /** Octets of the arrays behind the store, as the store counts them. */
  readonly arrays: number;
  readonly heapAndExternal: number;
  readonly rss: number;
  readonly distinctPaths: number;
  readonly meanHops: number;
}

/** How each scheme's signatures lie in the packed store. `objects`: one Uint8Array per signature instead. */
export const LAYOUTS: Record<string, { readonly layout: SignatureLayout; readonly objects?: boolean }> = {
  ECDSA: { layout: { count: (hops) => hops, maxOctets: 72, variable: true } },
  'PLAIN, CHAIN: transit': { layout: { count: () => 1, maxOctets: 48, variable: false } },
  'PLAIN, CHAIN: stub': { layout: { count: () => 0, maxOctets: 48, variable: false } },
  'half-aggregated Schnorr': { layout: { count: (hops) => hops + 1, maxOctets: 32, variable: false } },
  Ed25519: { layout: { count: (hops) => hops, maxOctets: 64, variable: false } },
  'FN-DSA-512': { layout: { count: (hops) => hops, maxOctets: 666, variable: false } },
  'ML-DSA-44': { layout: { count: (hops) => hops, maxOctets: 2420, variable: false } },
  'SLH-DSA-SHA2-128s': { layout: { count: (hops) => hops, maxOctets: 7856, variable: false } },
  'ECDSA, one object per signature': {
    layout: { count: (hops) => hops, maxOctets: 72, variable: true },
    objects: true,
  },
  'PLAIN, one object per signature': {
    layout: { count: () => 1, maxOctets: 48, variable: false },
    objects: true,
  },
};

/** Shape of a full feed in 2010: share of path lengths 1..10 in per cent, and routes per distinct (peer, path). */
export const LENGTH_SHARES = [0.02, 3.81, 27.47, 42.13, 21.2, 4.53, 0.7, 0.12, 0.01, 0.01] as const;
const ROUTES_PER_PATH = 6.27;

/** Fills a table with routes of realistic lengths and random octets, and reads the memory of the process. */
export function memory(
  config: StudyConfig,
  { scheme, routes }: MemoryParameters = { scheme: 'S0', routes: 1000 },
): MemoryResult {
  const random = seededRandom(config.seed);
  const kind = LAYOUTS[scheme];
  // S0: prefix (5 octets) and path index (4) per route, AS_PATHs of 4-octet ASNs interned. The same in every run.
  const prefixes = new Uint8Array(5 * routes);
  const pathOf = new Uint32Array(routes);
  const asPaths = createInternTable();
  const store = kind === undefined ? undefined : createRouteStore(kind.layout);
  const objects: Uint8Array[][] = [];
  const noise = Uint8Array.from({ length: 8192 + 256 }, () => random() * 256);
  let payload = 0;
  let hopsTotal = 0;
  const paths = Math.ceil(routes / ROUTES_PER_PATH);
  for (let i = 0; i < routes; i++) {
    const index = i % paths;
    const hops = lengthOf(index);
    hopsTotal += hops;
    const asPath = new Uint8Array(4 * hops).fill(index % 256);
    new DataView(asPath.buffer).setUint32(0, index);
    prefixes.set([24, i >> 16, i >> 8, i, 0], 5 * i);
    pathOf[i] = asPaths.intern(asPath);
    if (kind === undefined || store === undefined) continue;
    const { layout } = kind;
    const at = i % 256;
    const signatures = Array.from({ length: layout.count(hops) }, (_, k) => {
      // DER lengths 70, 71, 72 in the shares 1:2:1.
      const length = layout.variable ? 70 + ((((i + k) % 4) + 1) >> 1) : layout.maxOctets;
      return noise.subarray(at, at + length);
    });
    const path = new Uint8Array(26 * hops).fill(index % 251);
    new DataView(path.buffer).setUint32(0, index);
    if (kind.objects === true) {
      objects.push(signatures.map((signature) => signature.slice()));
      store.paths.intern(path);
      payload += 4 + signatures.reduce((sum, { length }) => sum + length, 0);
    } else {
      store.put(path, signatures);
    }
  }
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error('needs --expose-gc');
  for (let i = 0; i < 4; i++) gc();
  const used = process.memoryUsage();
  if (store !== undefined)
    payload += kind?.objects === true ? store.paths.payloadOctets : store.payloadOctets;
  return {
    scheme,
    routes,
    payload,
    arrays: store?.allocatedOctets ?? 0,
    heapAndExternal: used.heapUsed + used.external,
    rss: used.rss,
    distinctPaths: asPaths.size + Math.min(0, objects.length, prefixes.length, pathOf.length),
    meanHops: hopsTotal / routes,
  };
}

/** The length of path `index`, so that lengths have their shares from the first paths on. */
function lengthOf(index: number): number {
  // A low-discrepancy sequence: no sampling noise between runs of different size.
  let at = ((index * 0.618_033_988_749_895) % 1) * 100;
  for (const [i, share] of LENGTH_SHARES.entries()) {
    at -= share;
    if (at < 0) return i + 1;
  }
  return 4;
}
