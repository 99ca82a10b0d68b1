import { CURRENT_REVISION, compareNeighbor, EGRESS_DRAFT } from '../aspa/index.js';
import { AS_CONFED_SEQUENCE, AS_CONFED_SET, AS_SET, type AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { HALTED, judgePaths } from './aspa-verdicts.js';
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
import type { AuditOptions, InputFacts } from './options.js';
import type { PathLedger } from './path-ledger.js';
import { createPeerTallies, type PeerTally } from './peer-tally.js';
import type { AuditReport, LazyAuditReport, NotVerified, RovCounts } from './report.js';
import { createSpecialAsnCounter } from './special-asns.js';

/** Everything an audit has gathered. */
export interface Gathered {
  readonly options: AuditOptions;
  readonly ledger: PathLedger;
  /** Of the signed routes alone. */
  readonly signedRov: RovCounts;
  readonly notVerified: NotVerified;
  /** Those that are listed. */
  readonly invalidOrigins: AuditReport['invalidOrigins']['listed'];
  readonly facts: InputFacts;
}

/** Verdicts and sums: from what was gathered to the report. */
export function buildReport({
  options,
  ledger,
  signedRov,
  notVerified,
  invalidOrigins,
  facts,
}: Gathered): LazyAuditReport {
  const tallies = createPeerTallies(options, ledger.peers, ledger.hash);
  const rovByAspa = { valid: aspaCounts(), invalid: aspaCounts(), notFound: aspaCounts() };
  const lengths = createLengthCounter();
  const special = createSpecialAsnCounter();
  const asSets = { ...pathsAndRoutes(), ofOneMember: pathsAndRoutes() };
  const confederations = pathsAndRoutes();
  let routes = 0;

  const { paths } = ledger;
  const invalidPaths = new InvalidPaths(options.aspa, paths);
  const outcomesOf = judgePaths(options.aspa, paths);
  // The path in work; one callback for all of them, for there may be a million.
  let index = 0;
  let outcomes = HALTED;
  let leftmost: Asn | undefined;
  let routesOfPath = 0;
  const signedAspa = aspaCounts();
  let lastKey = -1;
  let tally: PeerTally | undefined;
  const judge = (key: number, valid: number, invalid: number, notFound: number, signed: number): void => {
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
    lengths.add(length, outcome);
    if (outcome === 'invalid') invalidPaths.add(index, tally, valid, invalid, notFound);
    routesOfPath += count;
  };
  for (; index < paths.size; index++) {
    outcomes = outcomesOf(index);
    leftmost = paths.leftmost(index);
    routesOfPath = 0;
    ledger.forEachPeer(index, judge);
    routes += routesOfPath;
    special.add(paths, index, routesOfPath);
    const mixed = paths.mixed(index);
    if (mixed) countSegments(mixed, routesOfPath);
  }
  const rov = tallies.all.reduce(
    (sum, one) => addRov(sum, one.rov.valid, one.rov.invalid, one.rov.notFound),
    rovCounts(),
  );
  const listed = invalidOrigins.reduce((sum, one) => sum + one.routes, 0);
  const roleless = tallies.all.filter((tally) => tally.role === undefined);
  return {
    schema: 'pathsec-audit-1',
    aspaRevision: CURRENT_REVISION,
    unreadable: facts.unreadable ?? [],
    payloads: { vrps: options.rov.size, aspas: options.aspa.size },
    routes,
    paths: paths.size,
    withdrawals: tallies.all.reduce((sum, tally) => sum + tally.withdrawals, 0),
    stateChanges: tallies.all.reduce((sum, tally) => sum + tally.stateChanges, 0),
    signed: { routes: routesOf(signedRov), rov: { ...signedRov }, aspa: signedAspa },
    notVerified,
    skipped: facts.skipped ?? [],
    addPath: facts.addPath ?? [],
    problems: facts.problems ?? { count: 0, listed: [] },
    neighborCheckMode: options.neighborCheck ?? 'auto',
    ...(options.egress ? { egress: EGRESS_DRAFT } : {}),
    rov,
    aspa: aspaCounts(tallies.all.map((tally) => tally.aspa)),
    bothDirections:
      roleless.length === 0
        ? null
        : {
            upstream: aspaCounts(roleless.map((tally) => tally.upstream)),
            downstream: aspaCounts(roleless.map((tally) => tally.downstream)),
          },
    rovByAspa,
    peers: tallies.report(),
    rolesWithoutPeer: tallies.rolesWithoutPeer,
    invalidPaths: invalidPaths.report(),
    notProviderHops: invalidPaths.hops(),
    invalidOrigins: { listed: invalidOrigins, routesNotListed: rov.invalid - listed },
    asSets,
    confederations,
    specialAsns: special.counts,
    lengths: lengths.report(),
  };

  function countSegments(asPath: AsPath, count: number): void {
    const sets = asPath.filter((segment) => segment.type === AS_SET);
    if (sets.length > 0) addPaths(asSets, count);
    if (sets.some(({ asns }) => asns.length > 0 && asns.every((asn) => asn === asns[0])))
      addPaths(asSets.ofOneMember, count);
    if (asPath.some(({ type }) => type === AS_CONFED_SEQUENCE || type === AS_CONFED_SET)) {
      addPaths(confederations, count);
    }
  }
}
