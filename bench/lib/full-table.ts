import type { AsPath } from 'pathsec/bgp';
import { formatPrefix, type Prefix } from 'pathsec/inet';
import { createRandom, randomPrefix } from './vrps.js';

/** Origin ASes, from which those of customers are chosen. */
const FIRST_ORIGIN = 4_200_010_000;
const FIRST_TRANSIT = 4_200_001_000;
const TRANSITS = 2_000;

/** Routes of one origin AS: prefixes that share their path at each peer. */
export interface OriginRoutes {
  readonly origin: number;
  readonly prefixes: readonly Prefix[];
}

/** A table of `count` distinct prefixes in the shape of the Internet's, a few of each origin, from a fixed seed. */
export function fullTable(count: number): OriginRoutes[] {
  const random = createRandom(20_261_124);
  const seen = new Set<string>();
  const table: OriginRoutes[] = [];
  for (let left = count; left > 0; ) {
    const prefixes: Prefix[] = [];
    for (let wanted = Math.min(left, 1 + (random() % 9)); wanted > 0; ) {
      const prefix = randomPrefix(random);
      const text = formatPrefix(prefix);
      if (seen.has(text)) continue;
      seen.add(text);
      prefixes.push(prefix);
      wanted--;
    }
    left -= prefixes.length;
    table.push({ origin: FIRST_ORIGIN + table.length, prefixes });
  }
  return table;
}

/** The path on which the peer has the routes of an origin: itself, one to four transits, the origin. */
export function pathAt(peerAs: number, origin: number): AsPath {
  let state = (Math.imul(peerAs, 0x9e3779b1) ^ Math.imul(origin, 0x85ebca6b)) >>> 0;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state ^ (state >>> 13);
  };
  const asns = [peerAs];
  for (let transits = 1 + ((next() >>> 3) % 4); transits > 0; transits--) {
    asns.push(FIRST_TRANSIT + ((next() >>> 5) % TRANSITS));
  }
  asns.push(origin);
  return [{ type: 2, asns }];
}
