import { procedureOfRole } from '../aspa/index.js';
import { requireObject } from '../inet/index.js';
import type { Element, ElementSource, Peer, RouteElement } from '../routes/index.js';
import type { OriginValidity, RovTable } from '../rov/index.js';
import { SeededHash } from '../tables/index.js';
import { buildReport } from './build-report.js';
import { buildTimedReport } from './build-timed-report.js';
import { addRov, rovCounts } from './counts.js';
import { createInvalidOrigins } from './invalid-origins.js';
import type { AuditOptions, InputFacts, TimedAuditOptions } from './options.js';
import { createOriginJudge } from './origin-judge.js';
import { type AuditPart, addPart, partOf } from './part.js';
import { PathLedger } from './path-ledger.js';
import type { AuditedPeer } from './peer-directory.js';
import type { AuditReport, LazyAuditReport, NotVerified } from './report.js';
import { createSetNumbers } from './set-numbers.js';

/** A running audit. */
export interface Audit {
  /**
   * Takes one element of an input. Nothing of it is kept but its path. With the `source` that the reader gives, most
   * paths need not be decoded.
   */
  add(element: Element, source?: ElementSource): void;
  /** Counts what another audit has gathered, against the same VRPs, as if it had come here. */
  addPart(part: AuditPart): void;
  /** What was gathered so far, as a value for `addPart` of another audit. */
  part(): AuditPart;
  /** The report of everything added so far. Verdicts of ASPA are computed here, once per distinct path and role. */
  report(facts?: InputFacts): AuditReport;
  /** The same with lists that are made as they are read: millions of invalid paths take 40 octets each. */
  lazyReport(facts?: InputFacts): LazyAuditReport;
}

/** Plain JavaScript may leave something out: what would be judged then is found out here, not at the first route. */
function requireTables(options: AuditOptions | TimedAuditOptions): void {
  requireObject(options, 'options', '{aspa, rov} or {timeline}');
  if (!('timeline' in options)) {
    requireObject(options.aspa, 'aspa', 'a table (createAspaTable)');
    requireObject(options.rov, 'rov', 'a table (createRovTable)');
  }
  if (options.defaultRole !== undefined) procedureOfRole(options.defaultRole);
}

/**
 * Starts an audit: routes in, report out. Origin validation (RFC 6811) is done per route as it comes; ASPA (draft-28
 * §5) at the end, per distinct path, because only then it is known which peers never put their own AS into a path.
 * Memory grows with the distinct pairs of path and peer, not with routes; with payloads of many times with the distinct pairs
 * for each of them.
 */
export function createAudit(options: AuditOptions | TimedAuditOptions): Audit {
  requireTables(options);
  const hash = new SeededHash(options.seed);
  const ledger = new PathLedger(hash);
  const invalidOrigins = createInvalidOrigins(options.maxInvalidOrigins ?? 1_000, hash);
  const judgeOrigin = createOriginJudge();
  const signedRov = rovCounts();
  const notVerified: NotVerified = { local: 0, sentByCollector: 0, pathOnly: 0 };
  const timeline = 'timeline' in options ? options.timeline : undefined;
  const sets = timeline && createSetNumbers();
  /** The VRPs that judge now, and of many times those of which they are, and for which they were looked up. */
  let rov = 'rov' in options ? options.rov : undefined;
  let set: number | undefined;
  let lookedUp: number | undefined;

  const peerOf = (peer: Peer): AuditedPeer => ledger.peers.of(ledger.peers.keyOf(peer));
  const addSigned = (validity: OriginValidity): void => {
    ledger.countSigned();
    addRov(
      signedRov,
      Number(validity === 'valid'),
      Number(validity === 'invalid'),
      Number(validity === 'not-found'),
    );
  };
  const vrpsOf = (time: number): RovTable => {
    if (timeline !== undefined && sets !== undefined && time !== lookedUp) {
      const next = timeline.setOf(time);
      if (next !== set) {
        rov = timeline.rov(next);
        ledger.turnTo(sets.of(next));
        set = next;
      }
      lookedUp = time;
    }
    return rov as RovTable;
  };
  const addRoute = (route: RouteElement, source: ElementSource | undefined): void => {
    if (route.local) {
      notVerified.sentByCollector++;
      return;
    }
    // docs/decisions/audit.md D-audit-empty-path
    if (!route.hasAsPath) {
      notVerified.local++;
      return;
    }
    const table = vrpsOf(route.time);
    ledger.select(source?.path ?? route.asPath, route.peer);
    const validity = judgeOrigin(table, route.prefix, ledger.origin);
    ledger.count(validity);
    if (route.signed) addSigned(validity);
    if (validity === 'invalid') invalidOrigins.add(route.prefix, ledger.origin, 1, set);
  };
  const tally = { ledger, sets, invalidOrigins, signedRov, notVerified };
  const lazyReport = (facts: InputFacts = {}): LazyAuditReport => {
    const tableOf = (of: number | undefined): RovTable =>
      'timeline' in options ? options.timeline.rov(of ?? 0) : options.rov;
    const listed = invalidOrigins.report(tableOf);
    const gathered = { ledger, signedRov, notVerified: { ...notVerified }, invalidOrigins: listed, facts };
    return 'timeline' in options
      ? buildTimedReport({ ...gathered, options, sets: sets ?? createSetNumbers() })
      : buildReport({ ...gathered, options });
  };
  return {
    addPart: (part) => {
      addPart(tally, part);
      set = undefined; // the ledger has turned to others
      lookedUp = undefined;
    },
    part: () => partOf(tally),
    add: (element, source) => {
      if (element.kind === 'route') addRoute(element, source);
      else if (element.kind === 'path') notVerified.pathOnly++;
      else if (element.kind === 'withdrawal') peerOf(element.peer).withdrawals++;
      else peerOf(element.peer).stateChanges++;
    },
    report: (facts) => {
      const report = lazyReport(facts);
      const { invalidPaths, notProviderHops } = report;
      return { ...report, invalidPaths: [...invalidPaths], notProviderHops: [...notProviderHops] };
    },
    lazyReport,
  };
}
