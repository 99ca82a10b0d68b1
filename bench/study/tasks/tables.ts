import { createAspaTable, fastVerify } from 'pathsec/aspa';
import type { PayloadSet, Vrp } from 'pathsec/payload';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { generateAspas } from '../../lib/aspa-payloads.js';
import type { StudyConfig } from '../config.js';
import { readPayloadsFile } from '../inputs.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { type PathMix, pathMixOf } from '../router-view/path-mix.js';
import { isWanted } from '../schemes.js';
import { quantile } from '../statistics.js';
import { readInput, type TableInput } from '../table-input.js';
import type { Job, TaskPart } from './part.js';

/** What a table is made of, and the octets per route that follow from it (memory model). */
export interface TableRow {
  readonly name: string;
  readonly routes: number;
  readonly leftOut: number;
  readonly peers: number;
  readonly prefixes: number;
  readonly statements: number;
  readonly distinctStatements: number;
  /** Of FC-BGP: prefix, and the AS with its two neighbours. */
  readonly distinctCommitments: number;
  readonly meanHops: number;
  readonly hops: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  readonly histogram: readonly number[];
  readonly signers: number;
  readonly topTen: number;
  readonly topHundred: number;
  readonly distinctPaths: number;
  readonly hopsPerPath: number;
  readonly nlriPerRun: number;
  readonly octetsPerRoute: Record<string, number>;
}

/** Statistics and memory model of every table, and what it says of the router's view. */
export interface TableFacts {
  readonly rows: readonly TableRow[];
  readonly mixes: readonly PathMix[];
}

/** Every table: its statistics, the memory model, and ASPA and origin validation over all of its routes. */
export async function tables(config: StudyConfig, { process }: Job): Promise<TaskPart<TableFacts>> {
  const payloads = config.rpki === undefined ? undefined : await readPayloadsFile(config.rpki);
  const rows: TableRow[] = [];
  const mixes: PathMix[] = [];
  const cells: Cell[] = [];
  for (const source of config.tables) {
    const input = await readInput(config, source);
    if (process === 0) {
      rows.push(describeTable(input));
      mixes.push(pathMixOf(input));
    }
    cells.push(...policyCells(input, payloads).filter(({ scheme }) => isWanted(config.schemes, scheme)));
  }
  const plan = { ...config.rounds, sampleMs: 0 };
  return { cells: measureRounds(cells, plan, { seed: config.seed, process }), facts: { rows, mixes } };
}

/** Statistics and memory model of one table. */
export function describeTable(input: TableInput): TableRow {
  const announced = input.events.filter(({ path }) => path >= 0);
  // Tails of paths as nodes of a tree: (node of the shorter tail, AS, pCount), origin first.
  const nodes = new Map<string, number>();
  const edges = new Map<string, number>();
  const numberOf = (map: Map<string, number>, key: string): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, map.size);
    return map.size - 1;
  };
  // For every path the number of (tail, target) at each hop.
  const tails = input.paths.map(({ asns, pCounts }) => {
    let node = -1;
    return asns.map((asn, i) => {
      node = numberOf(nodes, `${node} ${asn} ${pCounts[i]}`);
      return numberOf(edges, `${node} ${asns[i + 1] ?? 'local'}`);
    });
  });
  const commitmentNames = new Map<string, number>();
  // The same for what FC-BGP signs, which knows nothing of the tail.
  const triplets = input.paths.map(({ asns, pCounts }) =>
    asns.map((asn, i) =>
      numberOf(
        commitmentNames,
        `${asns[i - 1] ?? 0} ${asn} ${asns[i + 1] ?? 'local'} ${(pCounts[i] ?? 1) > 1}`,
      ),
    ),
  );
  const statements = new Set<number>();
  const commitments = new Set<number>();
  const perSigner = new Map<number, number>();
  const pathsOfPeers = new Set<number>();
  const histogram = new Array<number>(16).fill(0);
  let total = 0;
  let runs = 0;
  let previous = -1;
  for (const { peer, prefix, path } of announced) {
    const hops = tails[path] ?? [];
    total += hops.length;
    histogram[Math.min(hops.length, 15)] = (histogram[Math.min(hops.length, 15)] ?? 0) + 1;
    for (const edge of hops) statements.add(prefix * 2 ** 24 + edge);
    for (const triplet of triplets[path] ?? []) commitments.add(prefix * 2 ** 24 + triplet);
    for (const asn of input.paths[path]?.asns ?? []) perSigner.set(asn, (perSigner.get(asn) ?? 0) + 1);
    const held = peer * 2 ** 24 + path;
    pathsOfPeers.add(held);
    if (held !== previous) runs++;
    previous = held;
  }
  const routes = announced.length;
  const mean = total / routes;
  const lengths = announced.map(({ path }) => tails[path]?.length ?? 0);
  const ranked = [...perSigner.values()].sort((a, b) => b - a);
  const share = (count: number): number => ranked.slice(0, count).reduce((a, b) => a + b, 0) / total;
  let pathHops = 0;
  for (const held of pathsOfPeers) pathHops += tails[held % 2 ** 24]?.length ?? 0;
  const paths = (26 * pathHops) / routes;
  return {
    name: input.name,
    routes,
    leftOut: input.leftOut,
    peers: input.peers,
    prefixes: input.prefixes.length,
    statements: total,
    distinctStatements: statements.size,
    distinctCommitments: commitments.size,
    meanHops: mean,
    hops: {
      p50: quantile(lengths, 0.5),
      p95: quantile(lengths, 0.95),
      p99: quantile(lengths, 0.99),
      max: lengths.reduce((a, b) => Math.max(a, b), 0),
    },
    histogram: histogram.map((count) => count / routes),
    signers: perSigner.size,
    topTen: share(10),
    topHundred: share(100),
    distinctPaths: pathsOfPeers.size,
    hopsPerPath: pathHops / pathsOfPeers.size,
    nlriPerRun: routes / runs,
    octetsPerRoute: {
      'ECDSA as received': 5 + mean * (28 + 71),
      'ECDSA signatures alone': 71 * mean,
      'ECDSA, paths interned': 71 * mean + 4 + paths,
      'ECDSA, statements and paths interned': (71 * statements.size) / routes + 4 * mean + 4 + paths,
      'FC-BGP as received, beside the AS_PATH': 4 + mean * (36 + 71),
      'FC-BGP, commitments and paths interned': (71 * commitments.size) / routes + 4 * mean + 4 + paths,
      'aggregate as received': 55 + 26 * mean,
      'aggregate signatures alone': 48,
      'aggregate, paths interned': 52 + paths,
      'aggregate per peer (stub)': 4 + paths + (48 * input.peers) / routes,
    },
  };
}

/** ASPA and origin validation over all routes of a table, with payloads made from the table itself where there are no others. */
function policyCells(input: TableInput, payloads: Pick<PayloadSet, 'vrps' | 'aspas'> | undefined): Cell[] {
  const announced = input.events.filter(({ path }) => path >= 0);
  // Wire order with prepends, flat, as the fast reading takes it.
  const starts = new Uint32Array(input.paths.length + 1);
  const flat: number[] = [];
  for (const [i, { asns, pCounts }] of input.paths.entries()) {
    for (let k = asns.length - 1; k >= 0; k--) {
      for (let p = 0; p < (pCounts[k] ?? 1); p++) flat.push(asns[k] ?? 0);
    }
    starts[i + 1] = flat.length;
  }
  const asns = Uint32Array.from(flat);
  const aspa = createAspaTable(
    payloads?.aspas ?? generateAspas({ asns, starts, source: input.name }, 20_000),
  );
  const originOf = (path: number): number => input.paths[path]?.asns[0] ?? 0;
  const rov = createRovTable(payloads?.vrps ?? madeVrps(input, announced, originOf));
  const repeats = Math.max(1, Math.ceil(100_000 / announced.length));
  const perRoute = (once: (event: TableInput['events'][number]) => number) => ({
    parameter: input.name,
    per: repeats * announced.length,
    run: () => {
      let sum = 0;
      for (let i = 0; i < repeats; i++) for (const event of announced) sum += once(event);
      return sum;
    },
  });
  return [
    {
      scheme: 'ASPA',
      ...perRoute(({ path }) => {
        const start = starts[path] ?? 0;
        return fastVerify(aspa, asns, start, (starts[path + 1] ?? 0) - start);
      }),
    },
    {
      scheme: 'ROV',
      ...perRoute(({ prefix, path }) => {
        const known = input.prefixes[prefix];
        return known && validateOrigin(rov, known, originOf(path)) === 'valid' ? 1 : 0;
      }),
    },
  ];
}

/** A VRP for every second prefix of the table, of the AS that announced it last. */
function madeVrps(
  input: TableInput,
  announced: TableInput['events'],
  originOf: (path: number) => number,
): Vrp[] {
  const origins = new Map<number, number>();
  for (const { prefix, path } of announced) if (prefix % 2 === 0) origins.set(prefix, originOf(path));
  return [...origins].flatMap(([index, asn]) => {
    const prefix = input.prefixes[index];
    return prefix === undefined ? [] : [{ prefix, maxLength: prefix.length, asn }];
  });
}
