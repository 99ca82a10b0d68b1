import type { NeighborRole } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import { aspaCounts } from './counts.js';
import type { AuditOptions, PeerEvents } from './options.js';
import type { PathLedger } from './path-ledger.js';
import type { AspaCounts, NeighborCheckMode, PeerNeighborCheck, PeerReport, RovCounts } from './report.js';

/** What is known and counted of one peer, that is of one AS (docs/decisions.md D-audit-peer-is-as). */
export interface PeerTally {
  readonly peerAs: Asn;
  readonly role: NeighborRole | undefined;
  readonly neighborCheck: PeerNeighborCheck;
  /** Whether step 2 of the procedures is run for its routes. */
  readonly checked: boolean;
  readonly paths: number;
  readonly pathsWithOwnAs: number;
  readonly withdrawals: number;
  readonly stateChanges: number;
  readonly rov: RovCounts;
  /** By the procedure that counts. */
  readonly aspa: AspaCounts;
  readonly upstream: AspaCounts;
  readonly downstream: AspaCounts;
}

/** The tallies of all peers that sent anything, by AS ascending. */
export interface PeerTallies {
  readonly all: readonly PeerTally[];
  of(peerAs: Asn): PeerTally;
  report(): PeerReport[];
  /** ASes with a role that sent nothing, ascending. */
  readonly rolesWithoutPeer: readonly Asn[];
}

/** Finds out role and neighbour check of every peer, all other counts still zero. */
export function createPeerTallies(
  options: AuditOptions,
  ledger: PathLedger,
  events: ReadonlyMap<Asn, PeerEvents>,
): PeerTallies {
  const seen = new Map(ledger.peers);
  for (const peerAs of events.keys()) if (!seen.has(peerAs)) seen.set(peerAs, { paths: 0, own: 0 });
  const tallies = new Map(
    [...seen]
      .sort(([a], [b]) => a - b)
      .map(([peerAs, { paths, own }]): [Asn, PeerTally] => {
        const role = options.roles?.get(peerAs) ?? options.defaultRole;
        const neighborCheck = decideCheck(options.neighborCheck ?? 'auto', role, paths, own);
        const { withdrawals, stateChanges } = events.get(peerAs) ?? { withdrawals: 0, stateChanges: 0 };
        const counts = { rov: { valid: 0, invalid: 0, notFound: 0 }, aspa: aspaCounts() };
        const directions = { upstream: aspaCounts(), downstream: aspaCounts() };
        const checked = neighborCheck === 'on';
        const facts = { peerAs, role, neighborCheck, checked, paths, pathsWithOwnAs: own };
        return [peerAs, { ...facts, withdrawals, stateChanges, ...counts, ...directions }];
      }),
  );
  return {
    all: [...tallies.values()],
    of: (peerAs) => {
      const tally = tallies.get(peerAs);
      if (!tally) throw new RangeError(`no peer AS${peerAs}`);
      return tally;
    },
    report: () => [...tallies.values()].map(reportOf),
    rolesWithoutPeer: [...(options.roles?.keys() ?? [])]
      .filter((asn) => !seen.has(asn))
      .sort((a, b) => a - b),
  };
}

function decideCheck(
  mode: NeighborCheckMode,
  role: NeighborRole | undefined,
  paths: number,
  own: number,
): PeerNeighborCheck {
  if (role === 'rs') return 'exempt'; // we are its RS-client: draft-28 §5.5 step 2
  if (mode === 'off') return 'off';
  // docs/decisions.md D-audit-neighbor-check
  return mode === 'auto' && paths > 0 && own === 0 ? 'not-its-own-as' : 'on';
}

function reportOf(tally: PeerTally): PeerReport {
  const { peerAs, role, neighborCheck, paths, pathsWithOwnAs, withdrawals, stateChanges, rov, aspa } = tally;
  return {
    peerAs,
    role: role ?? null,
    neighborCheck,
    routes: rov.valid + rov.invalid + rov.notFound,
    paths,
    pathsWithOwnAs,
    withdrawals,
    stateChanges,
    rov,
    aspa,
    bothDirections: role === undefined ? { upstream: tally.upstream, downstream: tally.downstream } : null,
  };
}
