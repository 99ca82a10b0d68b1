import type { BgpsecPath } from '../../bgp/index.js';
import { createRevalidationIndex } from '../../bgpsec/index.js';
import { formatPrefix, type Prefix } from '../../inet/index.js';
import type { LiveChange } from '../../live/index.js';
import {
  type Judge,
  type ReceivedRoute,
  type RouteSession,
  type RouteVerdicts,
  sameVerdicts,
  type VerdictCount,
} from './judge.js';

/** A route whose verdict is another one now. */
export interface ChangedRoute {
  readonly route: ReceivedRoute;
  readonly verdicts: RouteVerdicts;
  readonly was: RouteVerdicts;
  /** `key` where router keys alone made the difference. */
  readonly cause: 'payload' | 'key';
}

/** The routes of one session with their verdicts (Adj-RIB-In, RFC 4271 §3.2). */
export interface AdjRibIn {
  readonly size: number;
  /** Takes a route in, in place of what was announced before; undefined where nothing judges. */
  announce(route: ReceivedRoute): RouteVerdicts | undefined;
  /** Whether there was such a route. */
  withdraw(route: Pick<ReceivedRoute, 'prefix' | 'pathId'>): boolean;
  /** How many routes have which verdicts. */
  tally(): readonly VerdictCount[];
  /** Judges what `change` may touch again, one route after the other; routes may come and go meanwhile. */
  rejudge(change: LiveChange): Generator<ChangedRoute | undefined>;
}

interface Entry {
  readonly route: ReceivedRoute;
  verdicts: RouteVerdicts | undefined;
}

/** An empty Adj-RIB-In of a session; without a judge it counts routes. */
export function createAdjRibIn(
  session: RouteSession,
  judge: Judge | undefined,
  seed: number | undefined,
): AdjRibIn {
  const entries = new Map<string, Entry>();
  const byKey = createRevalidationIndex<Entry>({ seed });
  const counts = new Map<string, { readonly verdicts: RouteVerdicts | undefined; count: number }>();
  const count = ({ verdicts }: Entry, by: 1 | -1): void => {
    const { rov, aspa, aspaBoth, bgpsec } = verdicts ?? {};
    const key = `${rov} ${aspa} ${aspaBoth?.upstream} ${aspaBoth?.downstream} ${bgpsec}`;
    const known = counts.get(key) ?? { verdicts, count: 0 };
    known.count += by;
    counts.set(key, known);
  };
  const forget = (entry: Entry | undefined): void => {
    if (entry) count(entry, -1);
    const path = entry && pathOf(entry);
    if (entry && path) byKey.remove(entry, path);
  };
  return {
    get size() {
      return entries.size;
    },
    announce(route) {
      const key = keyOf(route);
      const entry: Entry = { route, verdicts: judge?.(route, session) };
      forget(entries.get(key));
      entries.set(key, entry);
      count(entry, 1);
      const path = pathOf(entry);
      if (path) byKey.add(entry, path);
      return entry.verdicts;
    },
    withdraw(route) {
      const key = keyOf(route);
      forget(entries.get(key));
      return entries.delete(key);
    },
    tally: () => [...counts.values()].filter(({ count: number }) => number > 0),
    *rejudge(change) {
      const keyed = byKey.affected(change.routerKeys);
      for (const entry of entries.values()) {
        const { route, verdicts: was } = entry;
        yield undefined;
        const touched =
          keyed.has(entry) || change.affectsPrefix(route.prefix) || change.affectsPath(route.asPath);
        if (!touched || !judge || !was || entries.get(keyOf(route)) !== entry) continue;
        const verdicts = judge(route, session);
        if (sameVerdicts(verdicts, was)) continue;
        count(entry, -1);
        entry.verdicts = verdicts;
        count(entry, 1);
        const cause = sameVerdicts({ ...verdicts, ...bgpsecOf(was) }, was) ? 'key' : 'payload';
        yield { route, verdicts, was, cause };
      }
    },
  };
}

const bgpsecOf = ({ bgpsec }: RouteVerdicts): Pick<RouteVerdicts, 'bgpsec'> =>
  bgpsec === undefined ? {} : { bgpsec };

function pathOf({ route }: Entry): BgpsecPath | undefined {
  return route.signed?.values.bgpsecPath;
}

function keyOf({ prefix, pathId }: { readonly prefix: Prefix; readonly pathId?: number }): string {
  return pathId === undefined ? formatPrefix(prefix) : `${formatPrefix(prefix)} ${pathId}`;
}
