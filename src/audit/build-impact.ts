import { type AspaTableDiff, CURRENT_REVISION, compareNeighbor } from '../aspa/index.js';
import { type Asn, comparePrefix, formatPrefix } from '../inet/index.js';
import { createNumberMap, type NumberMap } from '../tables/index.js';
import { changedVerdicts } from './changed-verdicts.js';
import { type GatheredImpact, originOf } from './gathered-impact.js';
import type {
  ChangeCounts,
  CustomerImpact,
  ImpactReport,
  KindOfChange,
  OriginImpact,
  PeerImpact,
} from './impact-report.js';
import { aspaSides, rovSides, type Sides } from './impact-rows.js';
import type { PathStore } from './path-store.js';
import { createPeerTallies, type PeerTally } from './peer-tally.js';
import { rowsOf } from './rows.js';

interface Counts extends ChangeCounts {
  changed: number;
  becomeInvalid: number;
}

/** The key under which routes without origin are counted: behind the last AS number. */
const NO_ORIGIN = 2 ** 32;

/** From what was gathered to the report: who sent a route decides about step 2 and the procedure, and only now all is read. */
export function buildImpact(gathered: GatheredImpact): ImpactReport {
  const { options, hash, before, after, change, rows, paths, peers, prefixes, facts } = gathered;
  const tallies = createPeerTallies(options, peers, hash);
  const total = counts();
  const kinds = createKinds();
  const both = { upstream: createKinds(), downstream: createKinds() };
  const byPeer = new Map<PeerTally, Counts>();
  const byPrefix = Array.from({ length: prefixes.size }, counts);
  const byOrigin = createNumberMap<Counts>(hash);
  const byCustomer = createNumberMap<Counts>(hash);
  const { announced, withdrawn, changed } = change.aspas;
  for (const { customer } of [...announced, ...withdrawn, ...changed]) byCustomer.set(customer, counts());

  const newlyInvalid: number[] = [];
  const otherChanges: number[] = [];
  for (let row = 0; row < rows.size; row++) {
    const tally = tallies.of(rows.peer(row));
    const path = rows.path(row);
    const verdicts = rows.verdicts(row);
    const rov = rovSides(verdicts);
    // Step 2 halts before steps 3 to 6, with any table.
    const halts = tally.checked && compareNeighbor(paths.leftmost(path), tally.peerAs) === 'mismatch';
    const aspa = aspaSides(verdicts, tally.procedure);
    const aspaChanges = !halts && aspa.from !== aspa.to;
    if (tally.role === undefined && !halts) {
      both.upstream.add('aspa', aspaSides(verdicts, 'upstream'));
      both.downstream.add('aspa', aspaSides(verdicts, 'downstream'));
    }
    if (rov.from === rov.to && !aspaChanges) continue;
    const becomesInvalid = isLoss(rov) || (aspaChanges && isLoss(aspa));
    (becomesInvalid ? newlyInvalid : otherChanges).push(row);
    kinds.add('rov', rov);
    if (aspaChanges) kinds.add('aspa', aspa);
    count(total, becomesInvalid);
    count(countsIn(byPeer, tally), becomesInvalid);
    count(byPrefix[rows.prefix(row)] as Counts, becomesInvalid);
    count(countsIn(byOrigin, originOf(paths, path) ?? NO_ORIGIN), becomesInvalid);
    if (aspaChanges) for (const one of customersOf(paths, path, byCustomer)) count(one, isLoss(aspa));
  }

  const prefixOrder = orderOf(
    byPrefix,
    (_, index) => prefixes.prefix(index),
    (a, b) => comparePrefix(a, b),
  );
  return {
    schema: 'pathsec-impact-1',
    aspaRevision: CURRENT_REVISION,
    unreadable: facts.unreadable ?? [],
    before: { vrps: before.rov.size, aspas: before.aspa.size },
    after: { vrps: after.rov.size, aspas: after.aspa.size },
    change: {
      vrps: change.vrps,
      aspas: { announced: announced.length, withdrawn: withdrawn.length, changed: changed.length },
    },
    routes: gathered.routes,
    notVerified: gathered.notVerified,
    skipped: facts.skipped ?? [],
    addPath: facts.addPath ?? [],
    problems: facts.problems ?? { count: 0, listed: [] },
    judged: { ...gathered.judged },
    neighborCheckMode: options.neighborCheck ?? 'auto',
    ...total,
    kinds: kinds.list(),
    bothDirections: tallies.all.some(({ role }) => role === undefined)
      ? { upstream: both.upstream.list(), downstream: both.downstream.list() }
      : null,
    peers: peerImpacts(byPeer),
    rolesWithoutPeer: tallies.rolesWithoutPeer,
    prefixes: rowsOf(prefixOrder.length, (i) => {
      const index = prefixOrder[i] as number;
      return { prefix: formatPrefix(prefixes.prefix(index)), ...(byPrefix[index] as Counts) };
    }),
    origins: listed(originImpacts(byOrigin)),
    customers: listed(customerImpacts(change.aspas, byCustomer)),
    newlyInvalid: changedVerdicts(gathered, tallies, newlyInvalid),
    otherChanges: changedVerdicts(gathered, tallies, otherChanges),
  };
}

/** From not invalid to invalid. */
function isLoss({ from, to }: Sides<string>): boolean {
  return from !== 'invalid' && to === 'invalid';
}

function* customersOf(paths: PathStore, path: number, customers: NumberMap<Counts>): Generator<Counts> {
  const found = new Set<Counts>();
  for (let at = paths.start(path); at < paths.end(path); at++) {
    const one = customers.get(paths.asns[at] as Asn);
    if (one !== undefined) found.add(one);
  }
  yield* found;
}

function counts(): Counts {
  return { changed: 0, becomeInvalid: 0 };
}

function count(sum: Counts, becomesInvalid: boolean): void {
  sum.changed++;
  if (becomesInvalid) sum.becomeInvalid++;
}

function countsIn<K>(
  map: { get(key: K): Counts | undefined; set(key: K, value: Counts): unknown },
  key: K,
): Counts {
  let known = map.get(key);
  if (known === undefined) {
    known = counts();
    map.set(key, known);
  }
  return known;
}

function createKinds(): {
  add(mechanism: KindOfChange['mechanism'], sides: Sides<KindOfChange['from']>): void;
  list(): KindOfChange[];
} {
  const kinds = new Map<string, { -readonly [K in keyof KindOfChange]: KindOfChange[K] }>();
  return {
    add: (mechanism, { from, to }) => {
      if (from === to) return;
      const name = `${mechanism === 'rov' ? 0 : 1} ${from} ${to}`;
      const known = kinds.get(name);
      if (known) known.routes++;
      else kinds.set(name, { mechanism, from, to, routes: 1 });
    },
    list: () => [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind),
  };
}

/** The indexes of the counts that are not zero: most first, then by `compare` of what `keyOf` makes of them. */
function orderOf<K>(
  all: readonly Counts[],
  keyOf: (one: Counts, index: number) => K,
  compare: (a: K, b: K) => number,
): number[] {
  const keys = new Map(all.flatMap((one, i) => (one.changed > 0 ? [[i, keyOf(one, i)] as const] : [])));
  return [...keys.keys()].sort(
    (a, b) =>
      (all[b] as Counts).changed - (all[a] as Counts).changed || compare(keys.get(a) as K, keys.get(b) as K),
  );
}

function peerImpacts(byPeer: ReadonlyMap<PeerTally, Counts>): PeerImpact[] {
  return [...byPeer]
    .map(([{ peerAs, peerAddress, role, neighborCheck, paths }, changes]) => ({
      peerAs,
      peerAddress,
      role: role ?? null,
      neighborCheck,
      routes: paths,
      ...changes,
    }))
    .sort(
      (a, b) =>
        b.changed - a.changed ||
        a.peerAs - b.peerAs ||
        ((a.peerAddress ?? '') < (b.peerAddress ?? '') ? -1 : 1),
    );
}

function originImpacts(byOrigin: NumberMap<Counts>): OriginImpact[] {
  return [...byOrigin]
    .sort(([a, one], [b, other]) => other.changed - one.changed || a - b)
    .map(([asn, changes]) => ({ origin: asn === NO_ORIGIN ? null : asn, ...changes }));
}

function customerImpacts(
  { announced, withdrawn, changed }: AspaTableDiff,
  counted: NumberMap<Counts>,
): CustomerImpact[] {
  const of = (customer: Asn): Counts => counted.get(customer) ?? counts();
  const all: CustomerImpact[] = [
    ...announced.map(({ customer, providers }) => ({
      customer,
      change: 'announced' as const,
      gained: providers,
      lost: [],
      ...of(customer),
    })),
    ...withdrawn.map(({ customer, providers }) => ({
      customer,
      change: 'withdrawn' as const,
      gained: [],
      lost: providers,
      ...of(customer),
    })),
    ...changed.map(({ customer, gained, lost }) => ({
      customer,
      change: 'changed' as const,
      gained,
      lost,
      ...of(customer),
    })),
  ];
  return all.sort((a, b) => b.changed - a.changed || a.customer - b.customer);
}

function listed<T>(all: readonly T[]): ReturnType<typeof rowsOf<T>> {
  return rowsOf(all.length, (i) => all[i] as T);
}
