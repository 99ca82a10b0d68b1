import type { AsPath } from 'pathsec/bgp';
import { AS_SEQUENCE } from 'pathsec/bgp';
import { DEFAULT_ASSUMPTIONS } from 'pathsec/cost';
import { formatPrefix, type Prefix } from 'pathsec/inet';
import { readRoutes } from 'pathsec/node';
import { seededRandom } from 'pathsec/tables';
import type { Mode, StudyConfig } from './config.js';
import { SYNTHETIC, type TableSource } from './inputs.js';
import { prefix24 } from './workload.js';

/** A distinct path: ASNs origin first, repeats folded into pCounts. */
export interface TablePath {
  readonly asns: readonly number[];
  readonly pCounts: readonly number[];
}

/** One event of an input, in order: an announcement, or a withdrawal (`path` -1). */
export interface TableEvent {
  readonly peer: number;
  readonly prefix: number;
  readonly path: number;
  readonly time: number;
}

/** Routes of one input, interned. */
export interface TableInput {
  readonly name: string;
  readonly paths: readonly TablePath[];
  readonly prefixes: readonly Prefix[];
  readonly peers: number;
  readonly events: readonly TableEvent[];
  /** Routes left out: an AS_SET, a confederation segment, or no AS at all. */
  readonly leftOut: number;
}

const SYNTHETIC_ROUTES: Readonly<Record<Mode, number>> = { smoke: 2_000, quick: 20_000, full: 200_000 };

/** Reads a table. */
export async function readInput(config: StudyConfig, { name, file }: TableSource): Promise<TableInput> {
  if (file === undefined) return syntheticInput(config.seed, SYNTHETIC_ROUTES[config.mode]);
  const collector = createCollector(name);
  await readRoutes([file], (element) => {
    if (element.kind === 'route') {
      collector.add(element.peer, formatPrefix(element.prefix), element.prefix, element.asPath, element.time);
    } else if (element.kind === 'withdrawal') {
      collector.add(element.peer, formatPrefix(element.prefix), element.prefix, undefined, element.time);
    }
  });
  return collector.finish();
}

function createCollector(name: string) {
  const paths: TablePath[] = [];
  const pathOf = new Map<AsPath, number>();
  const pathByText = new Map<string, number>();
  const prefixes: Prefix[] = [];
  const prefixOf = new Map<string, number>();
  const peerOf = new Map<unknown, number>();
  const events: TableEvent[] = [];
  let leftOut = 0;
  const numberOf = <K>(map: Map<K, number>, key: K, onNew?: () => void): number => {
    let index = map.get(key);
    if (index === undefined) {
      index = map.size;
      map.set(key, index);
      onNew?.();
    }
    return index;
  };
  const pathIndex = (asPath: AsPath): number => {
    let index = pathOf.get(asPath);
    if (index === undefined) {
      const path = foldPath(asPath);
      index = path === undefined ? -2 : numberOf(pathByText, JSON.stringify(path), () => paths.push(path));
      pathOf.set(asPath, index);
    }
    return index;
  };
  return {
    add(peer: unknown, text: string, prefix: Prefix, asPath: AsPath | undefined, time: number): void {
      const path = asPath === undefined ? -1 : pathIndex(asPath);
      if (path === -2) {
        leftOut++;
        return;
      }
      const number = numberOf(prefixOf, text, () => {
        prefixes.push({ ...prefix, octets: prefix.octets.slice() });
      });
      events.push({ peer: numberOf(peerOf, peer), prefix: number, path, time });
    },
    finish: (): TableInput => ({ name, paths, prefixes, peers: peerOf.size, events, leftOut }),
  };
}

/** Repeats of an AS in a row become pCount; undefined for what cannot be signed. */
function foldPath(asPath: AsPath): TablePath | undefined {
  const asns: number[] = [];
  const pCounts: number[] = [];
  for (const segment of asPath) {
    if (segment.type !== AS_SEQUENCE) return undefined;
    for (const asn of segment.asns) {
      if (asns.at(-1) === asn && (pCounts.at(-1) ?? 0) < 255) pCounts.push((pCounts.pop() ?? 0) + 1);
      else {
        asns.push(asn);
        pCounts.push(1);
      }
    }
  }
  return asns.length === 0 ? undefined : { asns: asns.reverse(), pCounts: pCounts.reverse() };
}

/** Two peers with the length histogram of a full feed; ASes drawn by a power law, so that few sign much. */
function syntheticInput(seed: number, routes: number): TableInput {
  const random = seededRandom(seed);
  const paths: TablePath[] = [];
  const pick = (): number => 1 + Math.floor(random() ** 3 * 30_000);
  for (let i = 0; i * 6.27 < routes; i++) {
    let at = random() * 100;
    let length = 1;
    for (; length < 10; length++) {
      at -= DEFAULT_ASSUMPTIONS.pathLengths[length - 1] ?? 0;
      if (at < 0) break;
    }
    const asns = new Set<number>();
    while (asns.size < length) asns.add(pick());
    paths.push({ asns: [...asns], pCounts: new Array<number>(length).fill(1) });
  }
  const events = Array.from({ length: routes }, (_, i) => ({
    peer: i % 2,
    prefix: i >> 1,
    path: Math.floor(random() * paths.length),
    time: 0,
  }));
  const prefixes = Array.from({ length: (routes + 1) >> 1 }, (_, i) => prefix24(i));
  return { name: SYNTHETIC, paths, prefixes, peers: 2, events, leftOut: 0 };
}
