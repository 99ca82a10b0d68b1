import {
  type ApvasRib,
  createAggregate,
  createApvasRib,
  createNobleEngine,
  type NobleGt,
  type NobleKey,
  type NoblePoint,
} from 'pathsec/apvas';
import { seededRandom } from 'pathsec/tables';
import type { StudyConfig } from '../config.js';
import { STANDARD, type TableSource } from '../inputs.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { readInput, type TableEvent } from '../table-input.js';
import { createWorkload, prefix24 } from '../workload.js';
import { LIVE, TOMBSTONE_CHECK } from './churn-names.js';
import type { Job, TaskPart } from './part.js';

/** B_rm and the growth of tombstones. */
export interface ChurnFacts {
  readonly replays: readonly ReplayResult[];
}

/** What a stream of announcements and withdrawals does to each strategy. */
export interface ReplayResult {
  readonly source: string;
  readonly events: number;
  readonly withdrawals: number;
  readonly replacements: number;
  readonly liveRoutes: number;
  readonly meanHops: number;
  readonly seconds: number;
  /** Tombstones after each tenth of the events (strategy c, never refreshed). */
  readonly tombstones: number[];
  /** Routes sent again, for buckets of b routes (strategy d). */
  readonly resent: Record<string, number>;
}

/** C_rm: taking routes out of an aggregate, by strategy. */
export async function churn(config: StudyConfig, { process }: Job): Promise<TaskPart<ChurnFacts>> {
  const replays: ReplayResult[] = [];
  for (const source of config.tables.filter(mayBeUpdates)) {
    const { events, paths } = await readInput(config, source);
    if (!events.some(({ path }) => path < 0)) continue;
    replays.push(replay(source.name, events, (path) => paths[path]?.asns.length ?? 0));
  }
  replays.push(
    replay('synthetic, 100 messages per second', syntheticEvents(config), (path) => 3 + (path % 3), LOADED),
  );
  return { cells: measureRounds(acts(), config.rounds, { seed: config.seed, process }), facts: { replays } };
}

function acts(): Cell[] {
  const workload = createWorkload();
  const engine = createNobleEngine();
  const routes = Array.from({ length: 40 }, (_, i) => {
    const asns = Array.from({ length: 4 }, (_unused, k) => 64_500 + ((i + 5 * k) % 20));
    const sent = workload.aggregate('plain', { asns, prefix: prefix24(i) });
    return { ...sent, keys: asns.map((asn) => workload.admitted(asn)) };
  });
  const [first] = routes;
  if (first === undefined) throw new Error('no routes');
  const aggregate = createAggregate(engine, 'plain');
  for (const { route, sigma } of routes) aggregate.add(route, sigma);
  const octets = engine.encodeG1(first.sigma);
  type Rib = ApvasRib<NoblePoint, NobleKey, string>;
  const ribOf = (live: number, dead: number): Rib => {
    const rib: Rib = createApvasRib<NoblePoint, NobleKey, NobleGt, string>(engine, 'stub', 'plain');
    for (const route of routes.slice(0, live + dead)) rib.announce('peer', route);
    for (const { route } of routes.slice(live, live + dead)) rib.withdraw('peer', route);
    return rib;
  };
  const rib = ribOf(LIVE, 0);
  const runs: Record<string, () => unknown> = {
    'add a decoded signature': () => aggregate.add(first.route, first.sigma),
    'add and remove a decoded signature': () => {
      aggregate.add(first.route, first.sigma);
      return aggregate.remove(first.route, first.sigma) === 'removed';
    },
    'a: read a stored signature, subtract it': () => {
      aggregate.add(first.route, first.sigma);
      const stored = engine.decodeG1(octets);
      return stored !== undefined && aggregate.remove(first.route, stored) === 'removed';
    },
    'b: verify a supplied signature, subtract it': () => {
      rib.announce('other', first);
      return rib.withdraw('other', first.route, first.sigma) === 'removed';
    },
  };
  return [
    ...Object.entries(runs).map(([scheme, run]) => ({ scheme, parameter: 4, run })),
    ...[0, 8, 16, 32].map((dead) => {
      const held = ribOf(LIVE, dead);
      return { scheme: TOMBSTONE_CHECK, parameter: dead, run: () => held.verify('peer') };
    }),
  ];
}

/** A stream of updates by its name, or a table of the user's own, which shows it by its withdrawals. */
function mayBeUpdates({ name }: TableSource): boolean {
  return name.startsWith('updates of') || !STANDARD.includes(name);
}

const BUCKETS = [1, 16, 256, 4096];
/** Prefixes of the synthetic stream, all announced before it begins. */
const LOADED = 5_000;

function replay(
  source: string,
  events: readonly TableEvent[],
  hopsOf: (path: number) => number,
  loading = 0,
): ReplayResult {
  // A route is (peer, prefix); its bucket follows from the order of first appearance.
  const live = new Set<number>();
  const index = new Map<number, number>();
  const nameOf = ({ peer, prefix }: TableEvent): number => peer * 2 ** 24 + prefix;
  let hops = 0;
  let announcements = 0;
  for (const event of events) {
    if (!index.has(nameOf(event))) index.set(nameOf(event), index.size);
    if (event.path >= 0) {
      hops += hopsOf(event.path);
      announcements++;
    }
  }
  const fill = new Map<number, Map<number, number>>(BUCKETS.map((b) => [b, new Map()]));
  const shift = (name: number, by: number): void => {
    for (const [b, counts] of fill) {
      const bucket = Math.floor((index.get(name) ?? 0) / b);
      counts.set(bucket, (counts.get(bucket) ?? 0) + by);
    }
  };
  const resent: Record<string, number> = Object.fromEntries(BUCKETS.map((b) => [String(b), 0]));
  const removal = (name: number): void => {
    for (const [b, counts] of fill) {
      const others = Math.max(0, (counts.get(Math.floor((index.get(name) ?? 0) / b)) ?? 0) - 1);
      resent[String(b)] = (resent[String(b)] ?? 0) + others;
    }
  };
  let withdrawals = 0;
  let replacements = 0;
  let dead = 0;
  const tombstones: number[] = [];
  for (const [i, event] of events.entries()) {
    const name = nameOf(event);
    if (live.has(name)) {
      removal(name);
      dead++;
      live.delete(name);
      shift(name, -1);
      if (event.path >= 0) replacements++;
    }
    if (event.path < 0) withdrawals++;
    else {
      live.add(name);
      shift(name, 1);
    }
    // The first `loading` events fill the table and are no churn.
    const done = (10 * (i + 1 - loading)) / (events.length - loading);
    if (tombstones.length < Math.floor(done)) tombstones.push(dead);
  }
  return {
    source,
    events: events.length - loading,
    withdrawals,
    replacements,
    liveRoutes: live.size,
    meanHops: hops / Math.max(1, announcements),
    seconds: (events.at(-1)?.time ?? 0) - (events[0]?.time ?? 0),
    tombstones,
    resent,
  };
}

/** 4 % withdrawals, the rest announcements; prefixes by a Zipf law over a loaded table. */
function syntheticEvents(config: StudyConfig): TableEvent[] {
  const random = seededRandom(config.seed + 21);
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= LOADED; rank++) {
    sum += 1 / rank;
    cumulative.push(sum);
  }
  const zipf = (): number => {
    const at = random() * sum;
    let [low, high] = [0, LOADED - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const load = Array.from({ length: LOADED }, (_, prefix) => ({ peer: 0, prefix, path: prefix, time: 0 }));
  const stream = Array.from({ length: config.churnEvents }, (_, i) => ({
    peer: 0,
    prefix: zipf(),
    path: random() < 0.04 ? -1 : Math.floor(random() * 1000),
    time: i / 100,
  }));
  return [...load, ...stream];
}
