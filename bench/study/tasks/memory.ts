import { createInternTable, createRouteStore } from 'pathsec/apvas';
import { DEFAULT_ASSUMPTIONS } from 'pathsec/cost';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import {
  LAYOUTS,
  type MemoryCell,
  type MemoryFacts,
  type MemorySample,
  memoryCells,
} from './memory-cells.js';
import type { Job, TaskPart } from './part.js';

/** Routes per distinct (peer, path) of the same feed. */
const ROUTES_PER_PATH = 6.27;

/** The cell of a process: each of them once, then each once more, so that a disturbance does not meet one cell alone. */
export function memory(config: StudyConfig, { process }: Job): TaskPart<MemoryFacts> {
  const { cells } = memoryCells(config);
  const cell = cells[process % cells.length];
  if (cell === undefined) throw new Error('no memory cells');
  return { cells: [], facts: { samples: [{ ...fill(config, cell), process }] } };
}

/** Fills a table with routes of realistic lengths and random octets, and reads the memory of the process. */
function fill(config: StudyConfig, { scheme, routes }: MemoryCell): Omit<MemorySample, 'process'> {
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
  const used = globalThis.process.memoryUsage();
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
  for (const [i, share] of DEFAULT_ASSUMPTIONS.pathLengths.entries()) {
    at -= share;
    if (at < 0) return i + 1;
  }
  return 4;
}
