import type { Procedure } from '../aspa/index.js';
import { AFI_IPV4, AFI_IPV6, requireObject } from '../inet/index.js';
import { SeededHash } from '../tables/index.js';
import type { LiveRoutes, LiveRoutesOptions, SessionRoutes } from './live-routes-types.js';
import type { LiveChange, LiveTables } from './live-tables.js';
import { PathTable } from './path-table.js';
import { PrefixTrie } from './prefix-trie.js';
import { requirePath, requireRouteName, requireSession } from './require-route.js';
import { createRouteJudge } from './route-judge.js';
import { OF_PATH, OF_PREFIX, OF_SESSION, RouteRows } from './route-rows.js';
import type { ChangedRoute, LiveSession, ReceivedRoute, RouteName } from './route-types.js';
import { createSignedRows } from './signed-rows.js';
import {
  BGPSEC_BITS,
  createVerdictReader,
  type PackedVerdicts,
  procedureFor,
  type RouteVerdicts,
} from './verdicts.js';

interface Entry<S> {
  readonly about: S;
  readonly procedure: Procedure | undefined;
  readonly read: (verdicts: PackedVerdicts) => RouteVerdicts;
  /** Its number while it has routes, else -1. */
  number: number;
  head: number;
  size: number;
  /** How many of its routes have which verdicts. */
  readonly counts: Int32Array;
}

const NONE = -1;
/** Values of verdicts in an octet. */
const VERDICTS = 256;

/**
 * Routes that are judged by `tables`, packed: an octet of verdicts a route, each distinct path once. Without tables
 * nothing is judged. No I/O, no clock: whoever changes the tables calls `rejudge` with what the change was.
 *
 * @throws {TypeError} for what are no tables or no options.
 */
export function createLiveRoutes<S extends LiveSession = LiveSession>(
  tables: LiveTables | undefined,
  options: LiveRoutesOptions = {},
): LiveRoutes<S> {
  requireObject(options, 'the options', '{seed, suites}');
  if (tables !== undefined) requireObject(tables, 'tables', 'what createLiveTables made');
  const hash = new SeededHash(options.seed);
  const rows = new RouteRows(hash);
  const paths = new PathTable(hash);
  const ipv4 = new PrefixTrie(AFI_IPV4);
  const ipv6 = new PrefixTrie(AFI_IPV6);
  const judge = tables && createRouteJudge(tables, options.suites, paths);
  const signed = createSignedRows(options);
  const sessions: (Entry<S> | undefined)[] = [];
  const freeNumbers: number[] = [];
  /** The path that was looked up last, while it is held. */
  let lastAsPath: ReceivedRoute['asPath'] | undefined;
  let lastPath = NONE;

  // A prefix is the number of its node, and which trie has it.
  const trieOf = (prefix: number): PrefixTrie => ((prefix & 1) === 0 ? ipv4 : ipv6);
  const prefixOf = (prefix: number) => trieOf(prefix).prefix(prefix >> 1);
  const rowOf = ({ number }: Entry<S>, { prefix, pathId }: RouteName): number => {
    const trie = prefix.afi === AFI_IPV4 ? ipv4 : ipv6;
    const node = trie.find(prefix);
    if (node < 0 || number < 0) return NONE;
    return rows.find(trie.head(node), node * 2 + (prefix.afi - 1), sessionCell(number, pathId), pathId ?? 0);
  };
  /** The row of the route, with the path; a new one if there was none. */
  const rowWith = (entry: Entry<S>, { prefix, pathId }: RouteName, path: number): number => {
    const trie = prefix.afi === AFI_IPV4 ? ipv4 : ipv6;
    const node = trie.add(prefix);
    const head = trie.head(node);
    if (head >= 0 && entry.number >= 0) {
      const cell = sessionCell(entry.number, pathId);
      const row = rows.find(head, node * 2 + (prefix.afi - 1), cell, pathId ?? 0);
      if (row >= 0) {
        renew(entry, row, path);
        return row;
      }
    }
    if (entry.number < 0) {
      entry.number = freeNumbers.pop() ?? sessions.length;
      sessions[entry.number] = entry;
    }
    const row = rows.add(head, node * 2 + (prefix.afi - 1), sessionCell(entry.number, pathId), pathId ?? 0);
    if (head < 0) trie.setHead(node, row);
    rows.link(OF_SESSION, row, entry.head);
    entry.head = row;
    entry.size++;
    joinPath(row, path);
    return row;
  };
  const pathOf = ({ asPath }: ReceivedRoute): number => {
    if (asPath === lastAsPath) return lastPath;
    requirePath(asPath);
    lastPath = paths.add(asPath);
    lastAsPath = asPath;
    return lastPath;
  };
  const leavePath = (row: number): void => {
    const path = rows.path(row);
    const head = rows.unlink(OF_PATH, row, paths.head(path));
    paths.setHead(path, head);
    if (head < 0 && path === lastPath) lastAsPath = undefined;
  };
  const joinPath = (row: number, path: number): void => {
    rows.link(OF_PATH, row, paths.head(path));
    paths.setHead(path, row);
    rows.setPath(row, path);
  };
  /** Announced again: what is known of the row by its old verdicts and signatures goes. */
  const renew = (entry: Entry<S>, row: number, path: number): void => {
    if (judge) count(entry, rows.verdicts(row), -1);
    signed.delete(row);
    if (rows.path(row) === path) return;
    leavePath(row);
    joinPath(row, path);
  };
  const count = ({ counts }: Entry<S>, verdicts: PackedVerdicts, by: 1 | -1): void => {
    counts[verdicts] = (counts[verdicts] as number) + by;
  };
  const remove = (entry: Entry<S>, row: number): void => {
    if (judge) count(entry, rows.verdicts(row), -1);
    signed.delete(row);
    leavePath(row);
    entry.head = rows.unlink(OF_SESSION, row, entry.head);
    const prefix = rows.prefix(row);
    const trie = trieOf(prefix);
    trie.setHead(prefix >> 1, rows.remove(row, trie.head(prefix >> 1)));
    if (--entry.size > 0) return;
    sessions[entry.number] = undefined;
    freeNumbers.push(entry.number);
    entry.number = NONE;
  };
  const announce = (entry: Entry<S>, route: ReceivedRoute): ReturnType<SessionRoutes['announce']> => {
    requireRouteName(route);
    const { about, procedure } = entry;
    const received = route.signed && judge?.receive(route.signed, about);
    if (received === 'treat-as-withdraw') {
      const row = rowOf(entry, route);
      if (row >= 0) remove(entry, row);
      return received;
    }
    const path = pathOf(route);
    const row = rowWith(entry, route, path);
    if (received) signed.set(row, received);
    if (!judge) return undefined;
    let verdicts = judge.judge(route.prefix, path, about, procedure);
    if (received) verdicts |= judge.judgeSigned(received, about);
    rows.setVerdicts(row, verdicts);
    count(entry, verdicts, 1);
    return entry.read(verdicts);
  };
  const judgeAgain = (row: number, keyed: ReadonlySet<number>): ChangedRoute<S> | undefined => {
    const entry = rows.isUsed(row) ? sessions[rows.session(row) >> 1] : undefined;
    if (!judge || !entry) return undefined;
    const { about, procedure, read } = entry;
    const prefix = prefixOf(rows.prefix(row));
    const path = rows.path(row);
    const was = rows.verdicts(row);
    const route = keyed.has(row) ? signed.get(row) : undefined;
    const bgpsec = route ? judge.judgeSigned(route, about) : was & BGPSEC_BITS;
    const verdicts = judge.judge(prefix, path, about, procedure) | bgpsec;
    if (verdicts === was) return undefined;
    rows.setVerdicts(row, verdicts);
    count(entry, was, -1);
    count(entry, verdicts, 1);
    return {
      session: about,
      prefix,
      ...((rows.session(row) & 1) === 1 && { pathId: rows.pathId(row) }),
      asPath: paths.asPath(path),
      verdicts: read(verdicts),
      was: read(was),
      cause: ((verdicts ^ was) & ~BGPSEC_BITS) === 0 ? 'key' : 'payload',
    };
  };
  /** The rows that a change may touch, those of one path or prefix at a time, some more than once. */
  function* touchedBy(change: LiveChange, keyed: ReadonlySet<number>): Generator<Iterable<number>> {
    const touched = new Set<number>();
    for (const customer of change.customers) for (const path of paths.with(customer)) touched.add(path);
    for (const path of touched) yield rows.rows(OF_PATH, paths.head(path));
    yield keyed;
    for (const prefix of change.outermost) {
      const trie = prefix.afi === AFI_IPV4 ? ipv4 : ipv6;
      const top = trie.topmost(prefix);
      for (let node = top; node >= 0; node = trie.next(node, top)) {
        yield rows.rows(OF_PREFIX, trie.head(node));
      }
    }
  }
  return {
    get size() {
      return rows.size;
    },
    get memory() {
      return {
        routes: rows.size,
        prefixes: ipv4.size + ipv6.size,
        paths: paths.size,
        routeOctets: rows.bytes + ipv4.bytes + ipv6.bytes,
        pathOctets: paths.bytes,
        signedOctets: signed.octets,
      };
    },
    session(about) {
      requireSession(about);
      const procedure = procedureFor(about.neighborRole);
      const read = createVerdictReader(procedure);
      const place = { number: NONE, head: NONE, size: 0 };
      const entry: Entry<S> = { about, procedure, read, ...place, counts: new Int32Array(VERDICTS) };
      return {
        get size() {
          return entry.size;
        },
        announce: (route) => announce(entry, route),
        withdraw(route) {
          requireRouteName(route);
          const row = rowOf(entry, route);
          if (row >= 0) remove(entry, row);
          return row >= 0;
        },
        clear() {
          while (entry.head >= 0) remove(entry, entry.head);
        },
        tally() {
          if (!judge) return entry.size === 0 ? [] : [{ verdicts: undefined, count: entry.size }];
          return [...entry.counts].flatMap((count, verdicts) =>
            count > 0 ? [{ verdicts: read(verdicts), count }] : [],
          );
        },
      };
    },
    *rejudge(change) {
      if (!judge || rows.size === 0) return;
      const keyed = signed.affected(change.routerKeys);
      for (const trie of [ipv4, ipv6]) trie.pin();
      try {
        for (const some of touchedBy(change, keyed)) for (const row of some) yield judgeAgain(row, keyed);
      } finally {
        for (const trie of [ipv4, ipv6]) trie.unpin();
      }
    },
  };
}

/** A session as a row has it: its number, and whether the route has a Path Identifier, which may be 0. */
function sessionCell(number: number, pathId: number | undefined): number {
  return number * 2 + (pathId === undefined ? 0 : 1);
}
