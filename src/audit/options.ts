import type { AspaTable, NeighborRole } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import type { RovTable } from '../rov/index.js';
import type { SeedOptions } from '../tables/index.js';
import type { AddPathFinding, AuditProblem, NeighborCheckMode } from './report.js';
import type { PayloadTimeline } from './timeline.js';

/** What is known of the peers that sent the routes. */
export interface PeerOptions {
  /** Roles of peers, by AS, as seen from the auditing network: the role of the NEIGHBOUR. */
  readonly roles?: ReadonlyMap<Asn, NeighborRole>;
  /** Role of peers that `roles` does not name. Without it both directions are reported for them. */
  readonly defaultRole?: NeighborRole;
  /** Default `auto`. */
  readonly neighborCheck?: NeighborCheckMode;
  /**
   * The routes are judged as they are sent: the roles are those of the receivers (docs/decisions/audit.md D-audit-egress).
   */
  readonly egress?: boolean;
}

/** What to audit against, and how. */
export interface AuditOptions extends PeerOptions, SeedOptions {
  readonly aspa: AspaTable;
  readonly rov: RovTable;
  /** How many ROV-invalid pairs of prefix and origin to list; the others are counted. Default 1,000. */
  readonly maxInvalidOrigins?: number;
}

/** As {@link AuditOptions}, each route to be judged by the payloads of its time. */
export interface TimedAuditOptions extends PeerOptions, SeedOptions {
  readonly timeline: PayloadTimeline;
  /** As in {@link AuditOptions}. */
  readonly maxInvalidOrigins?: number;
}

/** What the readers of the input have to say besides its elements. */
export interface InputFacts {
  /** Inputs that are no whole file of routes, with the reason. */
  readonly unreadable?: readonly AuditProblem[];
  readonly skipped?: ReadonlyArray<{ readonly what: string; readonly count: number }>;
  readonly addPath?: readonly AddPathFinding[];
  readonly problems?: { readonly count: number; readonly listed: readonly AuditProblem[] };
}
