import type { SignatureLayout } from 'pathsec/apvas';
import type { StudyConfig } from '../config.js';
import { isWanted } from '../schemes.js';
import { quantile } from '../statistics.js';

/** One memory cell: a scheme with its way of storing, and a table size. */
export interface MemoryCell {
  readonly scheme: string;
  readonly routes: number;
}

/** What one process had; the difference to one of S0 with as many routes is what the scheme costs. */
export interface MemorySample extends MemoryCell {
  readonly process: number;
  readonly payload: number;
  /** Octets of the arrays behind the store, as the store counts them. */
  readonly arrays: number;
  readonly heapAndExternal: number;
  readonly rss: number;
  readonly distinctPaths: number;
  readonly meanHops: number;
}

/** One sample for each process, in any order. */
export interface MemoryFacts {
  readonly samples: readonly MemorySample[];
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
  'ML-DSA-44 + P-256': { layout: { count: (hops) => hops, maxOctets: 2491, variable: false } },
  'ML-DSA-65': { layout: { count: (hops) => hops, maxOctets: 3309, variable: false } },
  'ML-DSA-65 + P-256': { layout: { count: (hops) => hops, maxOctets: 3380, variable: false } },
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

/** What a route takes in S0, and more. */
const PER_ROUTE = 4 * 40;

/** All cells of a run, and those that are too large for it. */
export function memoryCells({
  tableSizes,
  schemes,
  memoryLimit,
}: Pick<StudyConfig, 'tableSizes' | 'schemes' | 'memoryLimit'>): {
  readonly cells: readonly MemoryCell[];
  readonly leftOut: readonly MemoryCell[];
} {
  const all = ['S0', ...Object.keys(LAYOUTS).filter((scheme) => isWanted(schemes, scheme))].flatMap(
    (scheme) => tableSizes.map((routes) => ({ scheme, routes })),
  );
  const fits = ({ scheme, routes }: MemoryCell): boolean => {
    const layout = LAYOUTS[scheme]?.layout;
    return layout === undefined || routes * (layout.count(4) * layout.maxOctets + PER_ROUTE) <= memoryLimit;
  };
  return { cells: all.filter(fits), leftOut: all.filter((cell) => !fits(cell)) };
}

/** The samples of all processes. */
export function joinMemory(all: readonly MemoryFacts[]): MemoryFacts {
  return { samples: all.flatMap(({ samples }) => samples) };
}

/** Memory of a scheme beyond S0 with as many routes, octets per route: median, lowest and highest of its processes. */
export interface MemoryRow extends MemoryCell {
  readonly payload: number;
  readonly arrays: number;
  readonly measured: { readonly median: number; readonly low: number; readonly high: number };
  readonly processes: number;
}

/** {@link MemoryRow} of every cell, in the order of the samples. */
export function memoryRowsOf({ samples }: MemoryFacts): MemoryRow[] {
  const cells = new Map<string, MemorySample[]>();
  const keyOf = ({ scheme, routes }: MemoryCell): string => `${scheme} ${routes}`;
  for (const sample of samples) cells.set(keyOf(sample), [...(cells.get(keyOf(sample)) ?? []), sample]);
  const octets = (all: readonly MemorySample[]): number[] =>
    all.map(({ heapAndExternal }) => heapAndExternal);
  return [...cells.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined || first.scheme === 'S0') return [];
    const { scheme, routes, payload, arrays } = first;
    const own = octets(all);
    const base = octets(cells.get(keyOf({ scheme: 'S0', routes })) ?? []);
    return [
      {
        scheme,
        routes,
        payload: payload / routes,
        arrays: arrays / routes,
        measured: {
          median: (quantile(own, 0.5) - quantile(base, 0.5)) / routes,
          low: (Math.min(...own) - Math.max(...base)) / routes,
          high: (Math.max(...own) - Math.min(...base)) / routes,
        },
        processes: all.length,
      },
    ];
  });
}

/** Cells that cannot be: less memory than the arrays of the scheme alone have, or than its signatures where each is an object. */
export function impossibleCells(facts: MemoryFacts): MemoryRow[] {
  return memoryRowsOf(facts).filter(({ scheme, measured, arrays, payload }) => {
    return measured.median < (LAYOUTS[scheme]?.objects ? payload : arrays);
  });
}
