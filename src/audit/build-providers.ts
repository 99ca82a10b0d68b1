import { type AspaOutcome, type AspaTable, compressAsPath, fastVerifyProcedure } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import { createNumberMap, type SeededHash } from '../tables/index.js';
import type { InputFacts } from './options.js';
import type { PathLedger } from './path-ledger.js';
import type {
  NeighborEvidence,
  PassedUp,
  ProviderReport,
  Relation,
  ShownBy,
  Sightings,
} from './provider-report.js';

/** What was gathered of the paths with one AS in them. */
export interface GatheredPaths {
  readonly asn: Asn;
  readonly aspa: AspaTable;
  readonly relationOf: (asn: Asn, other: Asn) => Relation | undefined;
  readonly hash: SeededHash;
  readonly ledger: PathLedger;
  readonly routes: number;
  readonly facts: InputFacts;
}

interface Tally {
  readonly asn: Asn;
  readonly toward: { -readonly [K in keyof Sightings]: number };
  readonly behind: { -readonly [K in keyof Sightings]: number };
  asOrigin: number;
  asTransit: number;
  passedOn: number;
  passedDown: number;
  readonly passedUp: Map<Asn, { -readonly [K in keyof PassedUp]: PassedUp[K] }>;
  readonly seenBy: Set<Asn>;
  readonly beyond: Record<AspaOutcome, number>;
}

/** The place of one AS beside another in a compressed path. */
interface Place {
  readonly neighbor: Asn;
  readonly beyond: Asn | undefined;
  readonly isOrigin: boolean;
  /** From where the path is that the neighbour has: itself first, the origin last. */
  readonly from: number;
}

/** From the paths to what they show. */
export function buildProviderReport(gathered: GatheredPaths): ProviderReport {
  const { asn, aspa, hash, ledger, facts } = gathered;
  const { paths } = ledger;
  const tallies = createNumberMap<Tally>(hash);
  const seenBy = new Set<Asn>();
  let withSets = 0;
  for (let index = 0; index < paths.size; index++) {
    const peers = new Set<Asn>();
    let routes = 0;
    ledger.forEachPeer(index, (key, _valid, _invalid, notFound) => {
      peers.add(ledger.peers.of(key).peerAs);
      routes += notFound;
    });
    for (const peer of peers) seenBy.add(peer);
    if (paths.mixed(index)) {
      withSets++;
      continue;
    }
    const path = compressAsPath(paths.asPath(index));
    for (const [neighbor, place] of placesToward(path, asn)) {
      const tally = tallyIn(tallies, neighbor);
      countToward(tally, gathered, path, place, routes);
      for (const peer of peers) tally.seenBy.add(peer);
    }
    for (const neighbor of neighborsBehind(path, asn)) {
      const { behind, seenBy: by } = tallyIn(tallies, neighbor);
      behind.paths++;
      behind.routes += routes;
      for (const peer of peers) by.add(peer);
    }
  }
  const list = aspa.providers(asn) ?? null;
  const neighbors = [...tallies.values()]
    .map((tally) => evidenceOf(tally, gathered, list))
    .sort(compareEvidence);
  return {
    schema: 'pathsec-providers-1',
    asn,
    unreadable: facts.unreadable ?? [],
    skipped: facts.skipped ?? [],
    problems: facts.problems ?? { count: 0, listed: [] },
    routes: gathered.routes,
    paths: paths.size,
    withSets,
    seenBy: ascending(seenBy),
    aspa: list,
    neighbors,
    missing: ascending(neighbors.filter((one) => one.provider && one.listed !== true).map((one) => one.asn)),
    unseen: (list ?? []).filter((one) => (tallies.get(one)?.toward.paths ?? 0) === 0),
  };
}

/** Those who have the route from the AS, each once; a path that is looped has the AS at several places. */
function placesToward(path: readonly Asn[], asn: Asn): Map<Asn, Place> {
  const places = new Map<Asn, Place>();
  for (let at = 1; at < path.length; at++) {
    const neighbor = path[at - 1] as Asn;
    if (path[at] !== asn || places.has(neighbor)) continue;
    places.set(neighbor, {
      neighbor,
      beyond: path[at - 2],
      isOrigin: at === path.length - 1,
      from: at - 1,
    });
  }
  return places;
}

/** Those from whom the AS has the route. */
function neighborsBehind(path: readonly Asn[], asn: Asn): Set<Asn> {
  const found = new Set<Asn>();
  for (let at = 0; at + 1 < path.length; at++) if (path[at] === asn) found.add(path[at + 1] as Asn);
  return found;
}

function countToward(
  tally: Tally,
  gathered: GatheredPaths,
  path: readonly Asn[],
  { neighbor, beyond, isOrigin, from }: Place,
  routes: number,
): void {
  tally.toward.paths++;
  tally.toward.routes += routes;
  if (isOrigin) tally.asOrigin++;
  else tally.asTransit++;
  tally.beyond[fastVerifyProcedure(gathered.aspa, 'upstream', path, from, path.length - from)]++;
  if (beyond === undefined) return;
  tally.passedOn++;
  const known = relationTo(gathered, neighbor, beyond);
  if (known?.relation === 'customer') tally.passedDown++;
  if (known === undefined || known.relation === 'customer') return;
  const { relation, by } = known;
  const up = tally.passedUp.get(beyond);
  if (up) up.paths++;
  else tally.passedUp.set(beyond, { asn: beyond, relation, by, paths: 1 });
}

/** What `other` is to `asn`, by ASPAs and then by relationships; where both sides call each other provider it is not known. */
function relationTo(
  { aspa, relationOf }: GatheredPaths,
  asn: Asn,
  other: Asn,
): { readonly relation: Relation; readonly by: PassedUp['by'] } | undefined {
  const up = aspa.authorized(asn, other) === 'provider+';
  const down = aspa.authorized(other, asn) === 'provider+';
  if (up !== down) return { relation: up ? 'provider' : 'customer', by: 'aspa' };
  if (up) return undefined;
  const relation = relationOf(asn, other);
  return relation && { relation, by: 'as-rel' };
}

function evidenceOf(tally: Tally, gathered: GatheredPaths, list: readonly Asn[] | null): NeighborEvidence {
  const { asn, toward, behind, asOrigin, asTransit, passedOn, passedDown, beyond } = tally;
  const relation = gathered.relationOf(gathered.asn, asn) ?? null;
  const shownBy = shown(tally);
  const listed = list === null ? null : list.includes(asn);
  return {
    asn,
    shownBy,
    toward,
    asOrigin,
    asTransit,
    passedOn,
    passedDown,
    passedUp: [...tally.passedUp.values()].sort((a, b) => b.paths - a.paths || a.asn - b.asn),
    behind,
    seenBy: ascending(tally.seenBy),
    relation,
    listed,
    provider: relation === null ? shownBy === 'passes-up' : relation === 'provider',
    beyond: listed === false && toward.paths > 0 ? beyond : null,
  };
}

function shown({ toward, passedOn, passedUp }: Tally): ShownBy {
  if (passedUp.size > 0) return 'passes-up';
  if (passedOn > 0) return 'passes-on';
  return toward.paths > 0 ? 'last' : 'behind';
}

function compareEvidence(a: NeighborEvidence, b: NeighborEvidence): number {
  return (
    Number(b.provider) - Number(a.provider) ||
    b.toward.paths - a.toward.paths ||
    b.behind.paths - a.behind.paths ||
    a.asn - b.asn
  );
}

function tallyIn(
  tallies: { get(asn: Asn): Tally | undefined; set(asn: Asn, tally: Tally): void },
  asn: Asn,
): Tally {
  let tally = tallies.get(asn);
  if (tally === undefined) {
    tally = {
      asn,
      toward: { paths: 0, routes: 0 },
      behind: { paths: 0, routes: 0 },
      asOrigin: 0,
      asTransit: 0,
      passedOn: 0,
      passedDown: 0,
      passedUp: new Map(),
      seenBy: new Set(),
      beyond: { valid: 0, invalid: 0, unknown: 0 },
    };
    tallies.set(asn, tally);
  }
  return tally;
}

function ascending(asns: Iterable<Asn>): Asn[] {
  return [...asns].sort((a, b) => a - b);
}
