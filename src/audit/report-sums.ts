import { type AspaTable, CURRENT_REVISION, compareNeighbor, EGRESS_DRAFT } from '../aspa/index.js';
import { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SET, type AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { HALTED, type PathOutcomes } from './aspa-verdicts.js';
import {
  addPaths,
  addRov,
  aspaCounts,
  createLengthCounter,
  pathsAndRoutes,
  routesOf,
  rovCounts,
} from './counts.js';
import { InvalidPaths } from './invalid-paths.js';
import type { InputFacts, PeerOptions } from './options.js';
import type { PathLedger } from './path-ledger.js';
import { createPeerTallies, type PeerTally } from './peer-tally.js';
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
  /** Turns to a path with its outcomes: what comes next is judged by them. */
  turnTo(path: number, outcomes: PathOutcomes): void;
  /** Counts the routes of a peer, by its key, on the path. `repeated`: outcomes that this path and peer had before, as bits. */
  judge(
    key: number,
    valid: number,
    invalid: number,
    notFound: number,
    signed: number,
    repeated?: (outcome: 'valid' | 'invalid' | 'unknown') => boolean,
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
  const rovByAspa = { valid: aspaCounts(), invalid: aspaCounts(), notFound: aspaCounts() };
  const lengths = createLengthCounter();
  const special = createSpecialAsnCounter();
  const asSets = { ...pathsAndRoutes(), ofOneMember: pathsAndRoutes() };
  const confederations = pathsAndRoutes();
  const signedAspa = aspaCounts();
  let routes = 0;

  const { paths } = ledger;
  const invalidPaths = new InvalidPaths(aspa, paths, ledger.hash);
  // The path in work; one callback for all of them, for there may be a million.
  let index = 0;
  let outcomes = HALTED;
  let leftmost: Asn | undefined;
  let lastKey = -1;
  let tally: PeerTally | undefined;

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
      outcomes = of;
      leftmost = paths.leftmost(path);
    },
    judge: (key, valid, invalid, notFound, signed, repeated) => {
      if (tally === undefined || key !== lastKey) tally = tallies.of(key);
      lastKey = key;
      const count = valid + invalid + notFound;
      // Step 2 halts before steps 3 to 6; a leftmost segment that is no sequence is left to step 3.
      const halts = tally.checked && compareNeighbor(leftmost, tally.peerAs) === 'mismatch';
      const { upstream, downstream, length } = halts ? HALTED : outcomes;
      const outcome = tally.procedure === 'upstream' ? upstream : downstream;
      tally.upstream[upstream] += count;
      tally.downstream[downstream] += count;
      tally.aspa[outcome] += count;
      tally.signed += signed;
      signedAspa[outcome] += signed;
      addRov(tally.rov, valid, invalid, notFound);
      rovByAspa.valid[outcome] += valid;
      rovByAspa.invalid[outcome] += invalid;
      rovByAspa.notFound[outcome] += notFound;
      if (repeated === undefined || !repeated(outcome)) lengths.add(length, outcome);
      if (outcome === 'invalid') invalidPaths.add(index, tally, valid, invalid, notFound);
    },
    count: (path, of) => {
      routes += of;
      special.add(paths, path, of);
      const mixed = paths.mixed(path);
      if (mixed) countSegments(mixed, of);
    },
    report: (payloads) => {
      const rov = tallies.all.reduce(
        (sum, one) => addRov(sum, one.rov.valid, one.rov.invalid, one.rov.notFound),
        rovCounts(),
      );
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
        signed: { routes: routesOf(signedRov), rov: { ...signedRov }, aspa: signedAspa },
        notVerified,
        skipped: facts.skipped ?? [],
        addPath: facts.addPath ?? [],
        problems: facts.problems ?? { count: 0, listed: [] },
        neighborCheckMode: options.neighborCheck ?? 'auto',
        ...(options.egress ? { egress: EGRESS_DRAFT } : {}),
        rov,
        aspa: aspaCounts(tallies.all.map((one) => one.aspa)),
        bothDirections:
          roleless.length === 0
            ? null
            : {
                upstream: aspaCounts(roleless.map((one) => one.upstream)),
                downstream: aspaCounts(roleless.map((one) => one.downstream)),
              },
        rovByAspa,
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
