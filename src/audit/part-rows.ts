import type { AsPath } from '../bgp/index.js';
import { doubled } from '../tables/index.js';
import { type PathLedger, PEER_KEYS } from './path-ledger.js';
import type { SetNumbers } from './set-numbers.js';

/** Words of a row of {@link PathRows.rows}: path, peer, and the routes by ROV state. */
export const ROW_WORDS = 5;

/** Paths, and how many routes of which peers had them. */
export interface PathRows {
  /** The ASNs of all distinct paths of AS_SEQUENCEs, one path behind the other. */
  readonly asns: Uint32Array;
  /** Where each path begins in `asns`, and where the last ends: one more than there are paths. */
  readonly starts: Uint32Array;
  /** Paths with other segments, by number; they take no room in `asns`. */
  readonly mixed: ReadonlyArray<{ readonly path: number; readonly asPath: AsPath }>;
  /** Five words a pair of path and peer: number of the path, number of the peer, routes valid, invalid, not-found. */
  readonly rows: Uint32Array;
  /** Routes with a BGPsec_PATH, by number of the row. */
  readonly signed: ReadonlyArray<{ readonly row: number; readonly routes: number }>;
}

/** What was judged by the payloads of a time, in seconds since 1970 UTC; peers are those of the part. */
export interface PartSet extends PathRows {
  readonly time: number;
}

/** What was judged by the payloads of each time, by time ascending; `numberOf` gives the number of a peer in the part. */
export function partSetsOf(
  ledger: PathLedger,
  sets: SetNumbers,
  numberOf: (key: number) => number,
): PartSet[] {
  const builders = sets.times.map(() => createRows(ledger));
  for (let path = 0; path < ledger.paths.size; path++) {
    ledger.forEachPeer(path, (key, valid, invalid, notFound, signed) => {
      const number = Math.floor(key / PEER_KEYS);
      builders[number]?.add(path, [numberOf(key % PEER_KEYS), valid, invalid, notFound], signed);
    });
  }
  return sets.sorted().flatMap((number) => {
    const time = sets.times[number] as number;
    const rows = builders[number]?.finish();
    return rows === undefined ? [] : [{ time, ...rows }];
  });
}

/** Rows by path: those of one path come one behind the other. Undefined where none came. */
function createRows({ paths }: PathLedger): {
  add(path: number, words: readonly number[], signed: number): void;
  finish(): PathRows | undefined;
} {
  let asns = new Uint32Array(1 << 6);
  let used = 0;
  let starts = new Uint32Array(1 << 4);
  let rows = new Uint32Array(1 << 6);
  let rowCount = 0;
  let count = 0;
  let last = -1;
  const mixed: { path: number; asPath: AsPath }[] = [];
  const signed: { row: number; routes: number }[] = [];
  const addPath = (path: number): void => {
    const [start, end] = [paths.start(path), paths.end(path)];
    asns = doubled(asns, used + end - start);
    asns.set(paths.asns.subarray(start, end), used);
    used += end - start;
    const asPath = paths.mixed(path);
    if (asPath) mixed.push({ path: count, asPath });
    count++;
    starts = doubled(starts, count + 1);
    starts[count] = used;
    last = path;
  };
  return {
    add: (path, words, ofSigned) => {
      if (path !== last) addPath(path);
      rows = doubled(rows, (rowCount + 1) * ROW_WORDS);
      rows.set([count - 1, ...words], rowCount * ROW_WORDS);
      if (ofSigned > 0) signed.push({ row: rowCount, routes: ofSigned });
      rowCount++;
    },
    finish: () =>
      rowCount === 0
        ? undefined
        : {
            asns: asns.slice(0, used),
            starts: starts.slice(0, count + 1),
            mixed,
            rows: rows.slice(0, rowCount * ROW_WORDS),
            signed,
          },
  };
}
