import { createAspaTable } from '../aspa/index.js';
import { createNumberMap, doubled } from '../tables/index.js';
import { judgePaths, type PathOutcomes } from './aspa-verdicts.js';
import type { OutcomeCode } from './counts.js';
import type { TimedAuditOptions } from './options.js';
import { type PathLedger, PEER_KEYS } from './path-ledger.js';
import type { JudgedBy, LazyAuditReport } from './report.js';
import { createReportSums, type Gathered, type ReportSums } from './report-sums.js';
import type { SetNumbers } from './set-numbers.js';

/**
 * As `buildReport`, each row judged by the payloads of its time. One table of ASPAs is there at a time; what concerns paths and
 * peers, whatever the time, is counted once (docs/decisions/audit.md D-audit-routes-times).
 */
export function buildTimedReport(
  gathered: Gathered & { readonly options: TimedAuditOptions; readonly sets: SetNumbers },
): LazyAuditReport {
  const { ledger, options, sets } = gathered;
  const { timeline } = options;
  const rows = sortRows(ledger, sets.times.length);
  const sums = createReportSums(gathered, options, createAspaTable([]));
  for (let path = 0; path < ledger.paths.size; path++) sums.count(path, rows.routesOf(path));
  const seen = new Uint8Array(rows.pairs);
  const payloadSets: JudgedBy[] = [];
  for (const number of sets.sorted()) {
    const set = sets.times[number] as number;
    const aspa = timeline.aspa(set);
    sums.invalidPaths.turnTo(aspa, set);
    const routes = judgeRows(ledger, rows.of(number), judgePaths(aspa, ledger.paths, rows.pathsOf(number)), {
      sums,
      rows,
      seen,
    });
    if (routes > 0) payloadSets.push({ time: set, ...timeline.contents(set), routes });
  }
  const most = (kind: 'vrps' | 'aspas'): number =>
    payloadSets.reduce((largest, one) => Math.max(largest, one[kind].count), 0);
  return { ...sums.report({ vrps: most('vrps'), aspas: most('aspas') }), payloadSets };
}

function judgeRows(
  ledger: PathLedger,
  list: Uint32Array,
  outcomes: PathOutcomes,
  { sums, rows, seen }: { readonly sums: ReportSums; readonly rows: SortedRows; readonly seen: Uint8Array },
): number {
  let routes = 0;
  let pair = 0;
  /** Whether the path and peer had this outcome by other payloads: of path lengths it counts once. */
  const repeated = (outcome: OutcomeCode): boolean => {
    const before = seen[pair] as number;
    seen[pair] = before | (1 << outcome);
    return (before & (1 << outcome)) !== 0;
  };
  for (const row of list) {
    const path = rows.pathOf(row);
    pair = rows.pairOf(row);
    sums.turnTo(path, outcomes);
    ledger.visitRow(row, (key, valid, invalid, notFound, signed) => {
      sums.judge(key % PEER_KEYS, valid, invalid, notFound, signed, repeated);
      routes += valid + invalid + notFound;
    });
  }
  return routes;
}

/** The rows of a ledger by the payloads that judged them. */
interface SortedRows {
  /** Pairs of path and peer, whatever judged them. */
  readonly pairs: number;
  pairOf(row: number): number;
  pathOf(row: number): number;
  routesOf(path: number): number;
  /** The rows of the payloads of a number, by path, and the paths, each once, ascending. */
  of(set: number): Uint32Array;
  pathsOf(set: number): Uint32Array;
}

/** Sorts the rows by payloads, and counts for each peer its distinct paths, which have a row for each time. */
function sortRows(ledger: PathLedger, sets: number): SortedRows {
  const { paths, peers, size } = ledger;
  const pathOf = new Uint32Array(size);
  const pairOf = new Uint32Array(size);
  const routes = new Float64Array(paths.size);
  const starts = new Uint32Array(sets + 1);
  const setOf = new Uint32Array(size);
  const last = createNumberMap<{ path: number; pair: number }>(ledger.hash);
  let pairs = 0;
  for (const peer of peers.all.values()) {
    peer.paths = 0;
    peer.own = 0;
  }
  const pairFor = (path: number, key: number): number => {
    const known = last.get(key);
    if (known?.path === path) return known.pair;
    last.set(key, { path, pair: pairs });
    const peer = peers.of(key);
    peer.paths++;
    if (key === peer.peerAs && paths.leftmost(path) === key) peer.own++; // keys of unknown peers are no ASNs
    return pairs++;
  };
  for (let path = 0; path < paths.size; path++) {
    ledger.forEachPeer(path, (key, valid, invalid, notFound, _signed, row) => {
      const set = Math.floor(key / PEER_KEYS);
      pathOf[row] = path;
      setOf[row] = set;
      pairOf[row] = pairFor(path, key % PEER_KEYS);
      routes[path] = (routes[path] as number) + valid + invalid + notFound;
      starts[set + 1] = (starts[set + 1] as number) + 1;
    });
  }
  for (let set = 0; set < sets; set++)
    starts[set + 1] = (starts[set + 1] as number) + (starts[set] as number);
  const order = new Uint32Array(size);
  const next = starts.slice();
  for (let path = 0; path < paths.size; path++) {
    ledger.forEachPeer(path, (_key, _valid, _invalid, _notFound, _signed, row) => {
      const set = setOf[row] as number;
      const at = next[set] as number;
      order[at] = row;
      next[set] = at + 1;
    });
  }
  const of = (set: number): Uint32Array => order.subarray(starts[set], starts[set + 1]);
  return {
    pairs,
    pairOf: (row) => pairOf[row] as number,
    pathOf: (row) => pathOf[row] as number,
    routesOf: (path) => routes[path] as number,
    of,
    pathsOf: (set) => {
      let found = new Uint32Array(1 << 6);
      let count = 0;
      for (const row of of(set)) {
        const path = pathOf[row] as number;
        if (count > 0 && found[count - 1] === path) continue;
        found = doubled(found, count + 1);
        found[count++] = path;
      }
      return found.slice(0, count);
    },
  };
}
