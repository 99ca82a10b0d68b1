import type { TableEvent, TableInput, TablePath } from '../table-input.js';

/** How much k routes for one prefix share, over all prefixes with k of them. */
export interface SharingRow {
  readonly peers: number;
  prefixes: number;
  /** Hops of their routes, each a signed statement. */
  statements: number;
  distinctStatements: number;
}

/** What came in the time that a table covers. */
export interface Churn {
  readonly seconds: number;
  /** Of a peer. */
  readonly announcementsPerMinute: number;
  /** Announcements for prefixes of which {@link CROWD} peers had a route; the shares are of these. */
  readonly counted: number;
  readonly unseenShare: number;
  readonly bestShare: number;
}

/** What a table says of the assumptions of the router's view. */
export interface PathMix {
  readonly name: string;
  readonly peers: number;
  /** Shares of routes with 1, 2, … hops; up to the longest; the 24th with so many or more. */
  readonly pathLengths: readonly number[];
  readonly prefixesPerUpdate: number;
  /** By the number of routes, from two, that a prefix has at the end of the table. */
  readonly sharing: readonly SharingRow[];
  /** Absent of a table that covers less than a minute. */
  readonly churn?: Churn;
}

/** So many peers with a route for a prefix say something of a router with many peers. */
export const CROWD = 4;
const LEAST_SECONDS = 60;
const LONGEST = 24;

/** Measures {@link PathMix}. */
export function pathMixOf(input: TableInput): PathMix {
  const counts = { announced: 0, counted: 0, statements: 0, unseen: 0, newBest: 0 };
  const sharing = new Map<number, SharingRow>();
  for (const events of eventsByPrefix(input)) {
    const held = replay(input, events, counts);
    if (held.size > 1) addSharing(sharing, held);
  }
  const seconds = secondsOf(input.events);
  return {
    name: input.name,
    peers: input.peers,
    ...lengthsAndRuns(input),
    sharing: [...sharing.values()].sort((a, b) => a.peers - b.peers),
    ...(seconds >= LEAST_SECONDS && {
      churn: {
        seconds,
        announcementsPerMinute: (60 * counts.announced) / (seconds * input.peers),
        counted: counts.counted,
        unseenShare: counts.unseen / counts.statements,
        bestShare: counts.newBest / counts.counted,
      },
    }),
  };
}

/** `e` of k^-e, fitted to all prefixes with at least two routes; undefined where there are none. */
export function sharingExponent(rows: readonly SharingRow[]): number | undefined {
  let above = 0;
  let below = 0;
  for (const { peers, prefixes, statements, distinctStatements } of rows) {
    above -= prefixes * Math.log(peers) * Math.log(distinctStatements / statements);
    below += prefixes * Math.log(peers) ** 2;
  }
  return below === 0 ? undefined : Math.max(0, above / below);
}

function lengthsAndRuns({ events, paths }: TableInput): Pick<PathMix, 'pathLengths' | 'prefixesPerUpdate'> {
  const lengths: number[] = [];
  let routes = 0;
  let runs = 0;
  let previous: TableEvent | undefined;
  for (const event of events) {
    const length = paths[event.path]?.asns.length;
    if (length === undefined) continue;
    const at = Math.min(length, LONGEST) - 1;
    while (lengths.length <= at) lengths.push(0);
    lengths[at] = (lengths[at] ?? 0) + 1;
    routes++;
    if (event.peer !== previous?.peer || event.path !== previous.path) runs++;
    previous = event;
  }
  return { pathLengths: lengths.map((count) => count / routes), prefixesPerUpdate: routes / runs };
}

/** Prefix by prefix, so that what is remembered of one can be forgotten. */
function eventsByPrefix({ events, prefixes }: TableInput): TableEvent[][] {
  const sorted: TableEvent[][] = prefixes.map(() => []);
  for (const event of events) sorted[event.prefix]?.push(event);
  return sorted;
}

interface Counts {
  announced: number;
  counted: number;
  statements: number;
  unseen: number;
  newBest: number;
}

/** Peers and the paths that they have. */
type Held = Map<number, TablePath>;

/** Counts what the events of one prefix ask of a router that remembers; returns the routes at the end. */
function replay({ paths }: TableInput, events: readonly TableEvent[], counts: Counts): Held {
  const held: Held = new Map();
  const seen = new Set<string>();
  const wasBest = new Set<string>();
  const mayBeCrowded = new Set(events.map(({ peer }) => peer)).size >= CROWD;
  for (const { peer, path: index } of events) {
    const path = paths[index];
    if (path === undefined) held.delete(peer);
    else {
      held.set(peer, path);
      counts.announced++;
    }
    if (!mayBeCrowded) continue;
    const isCrowded = held.size >= CROWD;
    if (path !== undefined) {
      if (isCrowded) counts.counted++;
      for (const statement of statementsOf(path, peer)) {
        if (isCrowded) counts.statements++;
        if (isCrowded && !seen.has(statement)) counts.unseen++;
        seen.add(statement);
      }
    }
    const best = bestOf(held);
    if (best === undefined || wasBest.has(best)) continue;
    wasBest.add(best);
    if (isCrowded) counts.newBest++;
  }
  return held;
}

/** Names of what BGPsec signs at each hop, the prefix apart: the path to there, and to whom it is sent. */
function statementsOf({ asns, pCounts }: TablePath, peer: number): string[] {
  let tail = '';
  return asns.map((asn, i) => {
    tail += `${asn}x${pCounts[i]} `;
    return `${tail}${asns[i + 1] ?? `from ${peer}`}`;
  });
}

function addSharing(sharing: Map<number, SharingRow>, held: Held): void {
  const all = [...held];
  const row = sharing.get(held.size) ?? {
    peers: held.size,
    prefixes: 0,
    statements: 0,
    distinctStatements: 0,
  };
  sharing.set(held.size, row);
  row.prefixes++;
  row.statements += all.reduce((sum, [, { asns }]) => sum + asns.length, 0);
  row.distinctStatements += new Set(all.flatMap(([peer, path]) => statementsOf(path, peer))).size;
}

/** The route with the fewest hops, of the lowest peer. */
function bestOf(held: Held): string | undefined {
  let best: readonly [number, TablePath] | undefined;
  for (const [peer, path] of held) {
    const difference = best === undefined ? -1 : path.asns.length - best[1].asns.length;
    if (difference < 0 || (difference === 0 && best !== undefined && peer < best[0])) best = [peer, path];
  }
  return best && `${best[0]}: ${best[1].asns.join(' ')} ${best[1].pCounts.join(' ')}`;
}

function secondsOf(events: readonly TableEvent[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of events) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return last - first;
}
