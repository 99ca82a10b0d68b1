import type { CURRENT_REVISION, EGRESS_DRAFT, NeighborRole, Procedure, Reason, Step } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import type { NamedVrp } from './named-vrp.js';
import type { Rows } from './rows.js';
import type { PayloadContents } from './timeline.js';

/** Counts of ROV states (RFC 6811 §2). */
export interface RovCounts {
  valid: number;
  invalid: number;
  notFound: number;
}

/** Counts of ASPA outcomes. */
export interface AspaCounts {
  valid: number;
  invalid: number;
  unknown: number;
}

/** `auto`: on, but off for a peer none of whose paths begins with its own AS. */
export type NeighborCheckMode = 'on' | 'off' | 'auto';

/**
 * What became of step 2 for a peer: `on`; `exempt` towards a route server; `off` by option; `not-its-own-as` where
 * `auto` found that none of its paths begins with its AS (an iBGP feed, or a route server without a role); `unknown-as`
 * where it is recorded as AS 23456 or AS 0, so that there is nothing to compare with, in any mode.
 */
export type PeerNeighborCheck = 'on' | 'off' | 'exempt' | 'not-its-own-as' | 'unknown-as';

/** One row of the per-peer table. */
export interface PeerReport {
  readonly peerAs: Asn;
  /** Tells apart peers recorded as AS 23456 or AS 0; null for any other, and where the input has no address. */
  readonly peerAddress: string | null;
  /** Role of the peer, seen from the auditing network; null when nobody named one. */
  readonly role: NeighborRole | null;
  readonly neighborCheck: PeerNeighborCheck;
  readonly routes: number;
  /** Distinct paths. */
  readonly paths: number;
  /** Distinct paths whose leftmost AS is the peer's; 0 where that is not known. */
  readonly pathsWithOwnAs: number;
  readonly withdrawals: number;
  readonly stateChanges: number;
  /** Routes that came with a BGPsec_PATH. */
  readonly signed: number;
  readonly rov: RovCounts;
  /** Routes by the procedure of the role; without a role by the downstream procedure. */
  readonly aspa: AspaCounts;
  /** The same routes by both procedures, where there is no role. */
  readonly bothDirections: { readonly upstream: AspaCounts; readonly downstream: AspaCounts } | null;
}

/** A hop that a procedure found `not-provider+`: `provider` is not among the attested providers of `customer`. */
export interface DecidingHop {
  readonly customer: Asn;
  readonly provider: Asn;
  readonly bounds: 'maxUpRamp' | 'maxDownRamp';
}

/** A path that a peer sent and ASPA found invalid. */
export interface InvalidPath {
  readonly path: string;
  readonly peerAs: Asn;
  /** As in {@link PeerReport}. */
  readonly peerAddress: string | null;
  readonly role: NeighborRole | null;
  readonly procedure: Procedure;
  readonly step: Step;
  readonly reason: Reason;
  /** The hops that ended the maximum ramps; empty for a halt at steps 1 to 3. */
  readonly hops: readonly DecidingHop[];
  readonly routes: number;
  readonly rov: RovCounts;
  /** As in {@link InvalidOrigin}. */
  readonly payloadTime?: number;
}

/** A prefix and origin that ROV found invalid, with what the covering VRPs would have allowed. */
export interface InvalidOrigin {
  readonly prefix: string;
  /** null where the path has no origin AS (an AS_SET at its end). */
  readonly origin: Asn | null;
  readonly reason: 'as' | 'length';
  readonly routes: number;
  readonly vrps: readonly NamedVrp[];
  /** The time of the earliest payloads that say so, where each route is judged by those of its time; seconds since 1970 UTC. */
  readonly payloadTime?: number;
}

/** A hop and how many invalid paths and routes it decided. */
export interface HopCount {
  readonly customer: Asn;
  readonly provider: Asn;
  readonly paths: number;
  readonly routes: number;
}

/** Paths and routes that have some property. */
export interface PathsAndRoutes {
  paths: number;
  routes: number;
}

/** Numbers in paths that do not belong there, or only with care. */
export interface SpecialAsns {
  /** AS 0: malformed (RFC 7607 §2). */
  readonly zero: PathsAndRoutes;
  /** 23456: the path was not fully reconstructed (RFC 6793 §9). */
  readonly asTrans: PathsAndRoutes;
  /** Private use (RFC 6996 §5). */
  readonly private: PathsAndRoutes;
  /** Documentation (RFC 5398 §4). */
  readonly documentation: PathsAndRoutes;
  /** 65535, 65552..131071 and 4294967295: reserved (RFC 7300, IANA registry). */
  readonly reserved: PathsAndRoutes;
}

/** Distinct paths of one compressed length, by outcome (without a role: downstream). */
export interface LengthCounts extends AspaCounts {
  /** ASes after compression; 0 for paths that halted at steps 1 to 3. */
  readonly length: number;
}

/** Routes that no verdict was given for. */
export interface NotVerified {
  /** Routes of the dumping router itself: no path attribute, no neighbour. */
  local: number;
  /** Messages that the collector sent (the _LOCAL subtypes). */
  sentByCollector: number;
  /** Paths of plain lines that name no prefix or no peer. */
  pathOnly: number;
}

/** So many fields or records of a peer that were read against what their record or session says (RFC 7911). */
export interface AddPathFinding {
  /** `AS64496 192.0.2.1`; null for RIB records, which are of many peers. */
  readonly peer: string | null;
  readonly read: 'with-identifiers' | 'without-identifiers';
  /** Why: only so the prefixes of the field make sense, or only so the record ends where its entries do. */
  readonly evidence: 'prefixes' | 'record-end';
  readonly count: number;
}

/** Payloads of one time, and what was judged by them. */
export interface JudgedBy extends PayloadContents {
  /** Seconds since 1970 UTC. */
  readonly time: number;
  readonly routes: number;
}

/** The result of an audit: a plain value, stable under its `schema` name. Lists are sorted; same input, same report. */
export interface AuditReport {
  readonly schema: 'pathsec-audit-1';
  /** Revision of the ASPA verification draft. */
  readonly aspaRevision: typeof CURRENT_REVISION;
  /** Inputs that are no whole file of routes: the report tells of the rest. Empty for a report to rely on. */
  readonly unreadable: readonly AuditProblem[];
  /** How many there are to judge by; of payloads of many times the most of any. */
  readonly payloads: { readonly vrps: number; readonly aspas: number };
  /** The payloads of many times by which routes were judged, by time; absent where all were judged by the same. */
  readonly payloadSets?: readonly JudgedBy[];
  /** Routes verified: RIB entries and announcements. */
  readonly routes: number;
  /** Distinct paths among them; texts as `bgpdump -m` prints them. */
  readonly paths: number;
  readonly withdrawals: number;
  readonly stateChanges: number;
  /**
   * Routes that came with a BGPsec_PATH, judged by the path that its Secure_Path stands for; they are in all other counts
   * too. Whether the signatures hold is not looked at.
   */
  readonly signed: { readonly routes: number; readonly rov: RovCounts; readonly aspa: AspaCounts };
  /** Routes that were read but are not a neighbour's, by reason; they are in no other count. */
  readonly notVerified: NotVerified;
  /** Records passed over, by what they are, and damaged input. */
  readonly skipped: ReadonlyArray<{ readonly what: string; readonly count: number }>;
  /** Fields and records that were read with Path Identifiers, or without, against what their record or session says. */
  readonly addPath: readonly AddPathFinding[];
  readonly problems: { readonly count: number; readonly listed: readonly AuditProblem[] };
  readonly neighborCheckMode: NeighborCheckMode;
  /** Only where routes were judged as they are sent: the document, and the roles of `peers` are those of the receivers. */
  readonly egress?: typeof EGRESS_DRAFT;
  readonly rov: RovCounts;
  /** All routes: by the procedure of the peer's role, and downstream where a peer has none. */
  readonly aspa: AspaCounts;
  /** Routes of the peers without a role by both procedures; null when every peer has one. */
  readonly bothDirections: { readonly upstream: AspaCounts; readonly downstream: AspaCounts } | null;
  /** Routes by both mechanisms. */
  readonly rovByAspa: {
    readonly valid: AspaCounts;
    readonly invalid: AspaCounts;
    readonly notFound: AspaCounts;
  };
  readonly peers: readonly PeerReport[];
  /** ASes that were given a role and are no peer in the routes. */
  readonly rolesWithoutPeer: readonly Asn[];
  readonly invalidPaths: readonly InvalidPath[];
  readonly notProviderHops: readonly HopCount[];
  readonly invalidOrigins: { readonly listed: readonly InvalidOrigin[]; readonly routesNotListed: number };
  readonly asSets: PathsAndRoutes & { readonly ofOneMember: PathsAndRoutes };
  readonly confederations: PathsAndRoutes;
  readonly specialAsns: SpecialAsns;
  readonly lengths: readonly LengthCounts[];
}

/** The same report; the two lists that grow with the paths of a table are made as they are read. */
export type LazyAuditReport = Omit<AuditReport, 'invalidPaths' | 'notProviderHops'> & {
  readonly invalidPaths: Rows<InvalidPath>;
  readonly notProviderHops: Rows<HopCount>;
};

/** Damage in the input, as its reader reported it. */
export interface AuditProblem {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  /** Octets (or, for text, lines) from the beginning of the uncompressed input. */
  readonly offset?: number;
}
