import type { AspaOutcome, CURRENT_REVISION, NeighborRole, Procedure, Reason, Step } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import type { OriginValidity } from '../rov/index.js';
import type { NamedVrp } from './named-vrp.js';
import type {
  AddPathFinding,
  AuditProblem,
  DecidingHop,
  NeighborCheckMode,
  NotVerified,
  PeerNeighborCheck,
} from './report.js';
import type { Rows } from './rows.js';

/** Routes whose verdict by one mechanism goes from one state to another. */
export interface KindOfChange {
  readonly mechanism: 'rov' | 'aspa';
  readonly from: OriginValidity | AspaOutcome;
  readonly to: OriginValidity | AspaOutcome;
  readonly routes: number;
}

/** Routes that change, and those of them that were not invalid by a mechanism and become so. */
export interface ChangeCounts {
  readonly changed: number;
  readonly becomeInvalid: number;
}

/** One peer whose routes change. */
export interface PeerImpact extends ChangeCounts {
  readonly peerAs: Asn;
  /** As in `PeerReport`. */
  readonly peerAddress: string | null;
  readonly role: NeighborRole | null;
  readonly neighborCheck: PeerNeighborCheck;
  /** All its routes. */
  readonly routes: number;
}

/** One prefix whose routes change. */
export interface PrefixImpact extends ChangeCounts {
  readonly prefix: string;
}

/** The routes of one origin that change; null for those that have none (RFC 6811 §2, NONE). */
export interface OriginImpact extends ChangeCounts {
  readonly origin: Asn | null;
}

/** A customer whose ASPA is another one afterwards, and the routes with it in the path. */
export interface CustomerImpact extends ChangeCounts {
  readonly customer: Asn;
  readonly change: 'announced' | 'withdrawn' | 'changed';
  /** Providers that come and go with the change, ascending. */
  readonly gained: readonly Asn[];
  readonly lost: readonly Asn[];
}

/** Why origin validation gives what it gives: the VRPs that cover the route, by how they fare (RFC 6811 §2). */
export interface OriginSide {
  readonly validity: OriginValidity;
  /** Of an invalid one, as in `OriginEvidence`. */
  readonly reason: 'as' | 'length' | null;
  readonly matched: readonly NamedVrp[];
  readonly unmatchedAs: readonly NamedVrp[];
  readonly unmatchedLength: readonly NamedVrp[];
}

/** Why ASPA verification gives what it gives (draft-28 §5.5, §5.6). */
export interface AspaSide {
  readonly outcome: AspaOutcome;
  readonly step: Step;
  readonly reason: Reason;
  /** The hops that ended the maximum ramps of an invalid path. */
  readonly hops: readonly DecidingHop[];
  /** Of an unknown path the ASes whose missing ASPA ended the minimum ramps. */
  readonly unattested: readonly Asn[];
}

/** A route whose verdict changes, with what both verdicts rest on. */
export interface ChangedVerdict {
  readonly prefix: string;
  readonly path: string;
  readonly origin: Asn | null;
  readonly peerAs: Asn;
  readonly peerAddress: string | null;
  readonly role: NeighborRole | null;
  /** Of ASPA; without a role downstream. */
  readonly procedure: Procedure;
  /** How often the peer announced the prefix with this path: several times in updates. */
  readonly routes: number;
  readonly rov: { readonly before: OriginSide; readonly after: OriginSide };
  readonly aspa: { readonly before: AspaSide; readonly after: AspaSide };
}

/** How many payloads there are on one side. */
export interface PayloadCounts {
  readonly vrps: number;
  readonly aspas: number;
}

/**
 * What a change of payloads does to routes: stable under its `schema` name. The lists are made as they are read, can be
 * read more than once, and are arrays in JSON.
 */
export interface ImpactReport {
  readonly schema: 'pathsec-impact-1';
  /** Revision of the ASPA verification draft. */
  readonly aspaRevision: typeof CURRENT_REVISION;
  /** As in `AuditReport`. */
  readonly unreadable: readonly AuditProblem[];
  readonly before: PayloadCounts;
  readonly after: PayloadCounts;
  /** What is different: VRPs by identity, ASPAs by customer (an entry of the table of draft-28 §5.3). */
  readonly change: {
    readonly vrps: { readonly announced: number; readonly withdrawn: number };
    readonly aspas: { readonly announced: number; readonly withdrawn: number; readonly changed: number };
  };
  /** Routes that were read and are a neighbour's. */
  readonly routes: number;
  readonly notVerified: NotVerified;
  readonly skipped: ReadonlyArray<{ readonly what: string; readonly count: number }>;
  /** As in an audit. */
  readonly addPath: readonly AddPathFinding[];
  readonly problems: { readonly count: number; readonly listed: readonly AuditProblem[] };
  /**
   * What was judged, before and after; nothing else can change. Routes at or below the prefix of a VRP that comes or goes
   * (RFC 6811 §4), and distinct paths with a customer whose entry changes (draft-28 §5.7).
   */
  readonly judged: { readonly origins: number; readonly paths: number };
  readonly neighborCheckMode: NeighborCheckMode;
  /** Routes that change by one mechanism at least, and how many of them become invalid. */
  readonly changed: number;
  readonly becomeInvalid: number;
  /** ASPA by the procedure of the role, without a role by the downstream one. */
  readonly kinds: readonly KindOfChange[];
  /** What ASPA changes of the routes of peers without a role, by both procedures; null when every peer has one. */
  readonly bothDirections: {
    readonly upstream: readonly KindOfChange[];
    readonly downstream: readonly KindOfChange[];
  } | null;
  /** Those with routes that change, most of these first, then by AS and address. */
  readonly peers: readonly PeerImpact[];
  /** ASes that were given a role and are no peer in the routes. */
  readonly rolesWithoutPeer: readonly Asn[];
  /** Most routes first, then in order. */
  readonly prefixes: Rows<PrefixImpact>;
  readonly origins: Rows<OriginImpact>;
  /** The customers whose ASPA is another one afterwards, also those that no route has in its path. */
  readonly customers: Rows<CustomerImpact>;
  /** Every route that was not invalid by one of the mechanisms and becomes so; by prefix, peer and path. */
  readonly newlyInvalid: Rows<ChangedVerdict>;
  /** Every other route that changes. */
  readonly otherChanges: Rows<ChangedVerdict>;
}
