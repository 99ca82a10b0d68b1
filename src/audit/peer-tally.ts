import {
  chooseEgressProcedure,
  chooseProcedure,
  isRsClientOf,
  type NeighborRole,
  type Procedure,
} from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import { createNumberMap, type SeededHash } from '../tables/index.js';
import { atHand } from './at-hand.js';
import { outcomeCounts, routesOf } from './counts.js';
import type { PeerOptions } from './options.js';
import {
  type AuditedPeer,
  addressText,
  comparePeers,
  isKnownPeer,
  type PeerDirectory,
} from './peer-directory.js';
import type { AspaCounts, NeighborCheckMode, PeerNeighborCheck, PeerReport, RovCounts } from './report.js';

/** What is known and counted of one peer of the directory. */
export interface PeerTally {
  readonly peerAs: Asn;
  /** Null where the AS says who the peer is. */
  readonly peerAddress: string | null;
  readonly role: NeighborRole | undefined;
  /** The role is that of the receiver. */
  readonly egress: boolean;
  /** Whose verdict counts. */
  readonly procedure: Procedure;
  readonly neighborCheck: PeerNeighborCheck;
  /** Whether step 2 of the procedures is run for its routes. */
  readonly checked: boolean;
  readonly paths: number;
  readonly pathsWithOwnAs: number;
  readonly withdrawals: number;
  readonly stateChanges: number;
  /** Its routes, in the columns {@link UPSTREAM} to {@link SIGNED}. */
  readonly counts: Float64Array;
}

/** Columns of the routes of a peer: by the outcome of both procedures and its code, by ROV state, and those that came with a BGPsec_PATH. */
export const UPSTREAM = 0;
export const DOWNSTREAM = 3;
export const ROV = 6;
export const SIGNED = 9;
const COLUMNS = 10;

/** Adds to a column of counts. */
export function addAt(counts: Float64Array, column: number, more: number): void {
  counts[column] = (counts[column] as number) + more;
}

/** The routes of a peer by the outcome of a procedure. */
export function outcomesOf({ counts }: PeerTally, procedure: Procedure): AspaCounts {
  return outcomeCounts(counts, procedure === 'upstream' ? UPSTREAM : DOWNSTREAM);
}

/** The routes of a peer by ROV state. */
export function rovOf({ counts }: PeerTally): RovCounts {
  const [valid = 0, invalid = 0, notFound = 0] = counts.subarray(ROV, SIGNED);
  return { valid, invalid, notFound };
}

/** The tallies of all peers that sent anything, by AS and address ascending. */
export interface PeerTallies {
  readonly all: readonly PeerTally[];
  /** The tally of the peer with this key in the directory. */
  of(key: number): PeerTally;
  report(): PeerReport[];
  /** ASes with a role that sent nothing, ascending. */
  readonly rolesWithoutPeer: readonly Asn[];
}

/** Finds out role and neighbour check of every peer, all other counts still zero. */
export function createPeerTallies(options: PeerOptions, peers: PeerDirectory, hash: SeededHash): PeerTallies {
  const tallies = createNumberMap<PeerTally>(hash);
  const seen = createNumberMap<true>(hash);
  for (const [key, peer] of [...peers.all].sort(([, a], [, b]) => comparePeers(a, b))) {
    tallies.set(key, tallyOf(options, peer));
    seen.set(peer.peerAs, true);
  }
  return {
    all: [...tallies.values()],
    of: atHand((key) => {
      const tally = tallies.get(key);
      if (!tally) throw new RangeError(`no peer ${key}`);
      return tally;
    }),
    report: () => [...tallies.values()].map(reportOf),
    rolesWithoutPeer: [...(options.roles?.keys() ?? [])]
      .filter((asn) => !seen.has(asn))
      .sort((a, b) => a - b),
  };
}

function tallyOf(options: PeerOptions, peer: AuditedPeer): PeerTally {
  const { peerAs, paths, own, withdrawals, stateChanges } = peer;
  const role = options.roles?.get(peerAs) ?? options.defaultRole;
  const egress = options.egress ?? false;
  const neighborCheck = decideCheck(options.neighborCheck ?? 'auto', egress ? undefined : role, peer);
  return {
    peerAs,
    peerAddress: addressText(peer),
    role,
    egress,
    procedure: procedureOf(role, egress),
    neighborCheck,
    checked: neighborCheck === 'on',
    paths,
    pathsWithOwnAs: own,
    withdrawals,
    stateChanges,
    counts: new Float64Array(COLUMNS),
  };
}

/** The procedure that counts for a peer; without a role downstream (docs/decisions/audit.md D-audit-no-role). */
export function procedureOf(role: NeighborRole | undefined, egress: boolean): Procedure {
  const choose = egress ? chooseEgressProcedure : chooseProcedure;
  return choose(role, role === undefined ? 'downstream' : undefined).procedure;
}

/** @param role of who sent the routes, where that is known: who gets them says nothing of it. */
function decideCheck(
  mode: NeighborCheckMode,
  role: NeighborRole | undefined,
  { peerAs, paths, own }: AuditedPeer,
): PeerNeighborCheck {
  if (isRsClientOf(role)) return 'exempt';
  if (mode === 'off') return 'off';
  if (!isKnownPeer(peerAs)) return 'unknown-as';
  // docs/decisions/audit.md D-audit-neighbor-check
  return mode === 'auto' && paths > 0 && own === 0 ? 'not-its-own-as' : 'on';
}

function reportOf(tally: PeerTally): PeerReport {
  const { role, checked: _, procedure, egress: __, counts, ...rest } = tally;
  const [upstream, downstream] = [outcomesOf(tally, 'upstream'), outcomesOf(tally, 'downstream')];
  const rov = rovOf(tally);
  return {
    ...rest,
    aspa: procedure === 'upstream' ? { ...upstream } : { ...downstream },
    signed: counts[SIGNED] as number,
    role: role ?? null,
    routes: routesOf(rov),
    rov,
    bothDirections: role === undefined ? { upstream, downstream } : null,
  };
}
