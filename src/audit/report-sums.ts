import { type AspaTable, CURRENT_REVISION, compareNeighbor, EGRESS_DRAFT } from '../aspa/index.js';
import { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SET, type AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOutcomes } from './aspa-verdicts.js';
import {
  addPaths,
  addRov,
  aspaCounts,
  createLengthCounter,
  INVALID,
  OUTCOMES,
  type OutcomeCode,
  outcomeCounts,
  pathsAndRoutes,
  routesOf,
  rovCounts,
} from './counts.js';
import { InvalidPaths } from './invalid-paths.js';
import type { InputFacts, PeerOptions } from './options.js';
import type { PathLedger } from './path-ledger.js';
import {
  addAt,
  createPeerTallies,
  DOWNSTREAM,
  outcomesOf,
  ROV,
  rovOf,
  SIGNED,
  UPSTREAM,
} from './peer-tally.js';
import type { AuditReport, LazyAuditReport, NotVerified, RovCounts } from './report.js';
import { createSpecialAsnCounter } from './special-asns.js';

/** Everything an audit has gathered. */
export interface Gathered {
  readonly ledger: PathLedger;
  /** Of the signed routes alone. */
  readonly signedRov: RovCounts;
  readonly notVerified: NotVerified;
  /** Those that are listed. */
  readonly invalidOrigins: AuditReport['invalidOrigins']['listed'];
  readonly facts: InputFacts;
}

/** The sums of a report in the making. */
export interface ReportSums {
  readonly invalidPaths: InvalidPaths;
  /** Turns to a path, whose outcomes are among these: what comes next is judged by them. */
  turnTo(path: number, outcomes: PathOutcomes): void;
  /** Counts the routes of a peer, by its key, on the path. `repeated`: whether this path and peer had the outcome before. */
  judge(
    key: number,
    valid: number,
    invalid: number,
    notFound: number,
    signed: number,
    repeated?: (outcome: OutcomeCode) => boolean,
  ): void;
  /** Counts a path with all its routes, whatever the verdicts. */
  count(path: number, routes: number): void;
  report(payloads: AuditReport['payloads']): LazyAuditReport;
}

/** Sums of nothing yet; `aspa` is for the evidence of the first paths. */
export function createReportSums(
  { ledger, signedRov, notVerified, invalidOrigins, facts }: Gathered,
  options: PeerOptions,
  aspa: AspaTable,
): ReportSums {
  const tallies = createPeerTallies(options, ledger.peers, ledger.hash);
  /** By outcome, for each ROV state. */
  const rovByAspa = new Float64Array(3 * OUTCOMES.length);
  const lengths = createLengthCounter();
  const special = createSpecialAsnCounter();
  const asSets = { ...pathsAndRoutes(), ofOneMember: pathsAndRoutes() };
  const confederations = pathsAndRoutes();
  const signedAspa = new Float64Array(OUTCOMES.length);
  let routes = 0;

  const { paths } = ledger;
  const invalidPaths = new InvalidPaths(aspa, paths, ledger.hash);
  // The path in work; one callback for all of them, for there may be a million.
  let index = 0;
  let upstream: OutcomeCode = INVALID;
  let downstream: OutcomeCode = INVALID;
  let length = 0;
  let leftmost: Asn | undefined;

  const countSegments = (asPath: AsPath, count: number): void => {
    const sets = asPath.filter((segment) => segment.type === AS_SET);
    if (sets.length > 0) addPaths(asSets, count);
    if (sets.some(({ asns }) => asns.length > 0 && asns.every((asn) => asn === asns[0])))
      addPaths(asSets.ofOneMember, count);
    if (asPath.some(({ type }) => type === AS_CONFED_SEQUENCE || type === AS_CONFED_SET)) {
      addPaths(confederations, count);
    }
  };
  return {
    invalidPaths,
    turnTo: (path, of) => {
      index = path;
      upstream = of.upstream(path);
      downstream = of.downstream(path);
      length = of.lengthOf(path);
      leftmost = paths.leftmost(path);
    },
    judge: (key, valid, invalid, notFound, signed, repeated) => {
      const tally = tallies.of(key);
      const { counts } = tally;
      const count = valid + invalid + notFound;
      // Step 2 halts before steps 3 to 6; a leftmost segment that is no sequence is left to step 3.
      const halts = tally.checked && compareNeighbor(leftmost, tally.peerAs) === 'mismatch';
      const up = halts ? INVALID : upstream;
      const down = halts ? INVALID : downstream;
      const outcome = tally.procedure === 'upstream' ? up : down;
      addAt(counts, UPSTREAM + up, count);
      addAt(counts, DOWNSTREAM + down, count);
      addAt(counts, ROV, valid);
      addAt(counts, ROV + 1, invalid);
      addAt(counts, ROV + 2, notFound);
      if (signed > 0) {
        addAt(counts, SIGNED, signed);
        addAt(signedAspa, outcome, signed);
      }
      addAt(rovByAspa, outcome, valid);
      addAt(rovByAspa, OUTCOMES.length + outcome, invalid);
      addAt(rovByAspa, 2 * OUTCOMES.length + outcome, notFound);
      if (repeated === undefined || !repeated(outcome)) lengths.add(halts ? 0 : length, outcome);
      if (outcome === INVALID) invalidPaths.add(index, tally, valid, invalid, notFound);
    },
    count: (path, of) => {
      routes += of;
      special.add(paths, path, of);
      const mixed = paths.mixed(path);
      if (mixed) countSegments(mixed, of);
    },
    report: (payloads) => {
      const rov = rovCounts();
      for (const { valid, invalid, notFound } of tallies.all.map(rovOf))
        addRov(rov, valid, invalid, notFound);
      const listed = invalidOrigins.reduce((sum, one) => sum + one.routes, 0);
      const roleless = tallies.all.filter((one) => one.role === undefined);
      return {
        schema: 'pathsec-audit-1',
        aspaRevision: CURRENT_REVISION,
        unreadable: facts.unreadable ?? [],
        payloads,
        routes,
        paths: paths.size,
        withdrawals: tallies.all.reduce((sum, one) => sum + one.withdrawals, 0),
        stateChanges: tallies.all.reduce((sum, one) => sum + one.stateChanges, 0),
        signed: { routes: routesOf(signedRov), rov: { ...signedRov }, aspa: outcomeCounts(signedAspa, 0) },
        notVerified,
        skipped: facts.skipped ?? [],
        addPath: facts.addPath ?? [],
        problems: facts.problems ?? { count: 0, listed: [] },
        neighborCheckMode: options.neighborCheck ?? 'auto',
        ...(options.egress ? { egress: EGRESS_DRAFT } : {}),
        rov,
        aspa: aspaCounts(tallies.all.map((one) => outcomesOf(one, one.procedure))),
        bothDirections:
          roleless.length === 0
            ? null
            : {
                upstream: aspaCounts(roleless.map((one) => outcomesOf(one, 'upstream'))),
                downstream: aspaCounts(roleless.map((one) => outcomesOf(one, 'downstream'))),
              },
        rovByAspa: {
          valid: outcomeCounts(rovByAspa, 0),
          invalid: outcomeCounts(rovByAspa, OUTCOMES.length),
          notFound: outcomeCounts(rovByAspa, 2 * OUTCOMES.length),
        },
        peers: tallies.report(),
        rolesWithoutPeer: tallies.rolesWithoutPeer,
        invalidPaths: invalidPaths.report(),
        notProviderHops: invalidPaths.hops(),
        invalidOrigins: { listed: invalidOrigins, routesNotListed: rov.invalid - listed },
        asSets,
        confederations,
        specialAsns: special.counts(),
        lengths: lengths.report(),
      };
    },
  };
}
