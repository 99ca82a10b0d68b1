import type { AspaOutcome } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import type { AuditProblem } from './report.js';

/** What one AS is to another. */
export type Relation = 'provider' | 'customer' | 'peer';

/**
 * The most that routes show of a neighbour, without leaks: `passes-up`, it gave routes of the AS to a provider or peer of
 * its own, which only a provider does; `passes-on`, it gave them to others, whose relation to it is not known or who are its
 * customers, as a provider or a peer does; `last`, it is the last that is seen of their way; `behind`, it is only seen to give routes to the AS.
 */
export type ShownBy = 'passes-up' | 'passes-on' | 'last' | 'behind';

/** Distinct paths, and the routes with them. */
export interface Sightings {
  readonly paths: number;
  readonly routes: number;
}

/** To whom a neighbour passed routes of the AS on, where something says that it is a provider or peer of the neighbour. */
export interface PassedUp {
  readonly asn: Asn;
  readonly relation: 'provider' | 'peer';
  /** The ASPA of the neighbour, or AS relationships. */
  readonly by: 'aspa' | 'as-rel';
  readonly paths: number;
}

/** An AS that stands beside the AS in paths, with all that they show of it. */
export interface NeighborEvidence {
  readonly asn: Asn;
  readonly shownBy: ShownBy;
  /** Paths on which it has routes from the AS. */
  readonly toward: Sightings;
  /** Of these, where the AS is the origin, and where it passes on what others gave it. */
  readonly asOrigin: number;
  readonly asTransit: number;
  /** Of these, where it passed the route on; `passedDown` to customers of its own by ASPA or AS relationships. */
  readonly passedOn: number;
  readonly passedDown: number;
  readonly passedUp: readonly PassedUp[];
  /** Paths on which the AS has routes from it. */
  readonly behind: Sightings;
  /** The peers of the collector with such paths, ascending. */
  readonly seenBy: readonly Asn[];
  /** What AS relationships call it; null where they do not know, or none were given. */
  readonly relation: Relation | null;
  /** Whether the ASPA of the AS lists it; null without an ASPA. */
  readonly listed: boolean | null;
  /**
   * Whether the evidence is that of a provider, and nothing contradicts it: it passes up, or relationships call it one, and
   * they do not call it something else.
   */
  readonly provider: boolean;
  /**
   * Of one that the ASPA lacks: the paths up to it by outcome of the upstream procedure (draft-28 §5.5), as its own providers and
   * peers verify them: "Missing Provider in ASPA record" of draft-zhang-sidrops-aspa-egress. Null for others.
   */
  readonly beyond: Readonly<Record<AspaOutcome, number>> | null;
}

/** What routes show of the providers of an AS: stable under its `schema` name. */
export interface ProviderReport {
  readonly schema: 'pathsec-providers-1';
  readonly asn: Asn;
  /** As in `AuditReport`. */
  readonly unreadable: readonly AuditProblem[];
  readonly skipped: ReadonlyArray<{ readonly what: string; readonly count: number }>;
  readonly problems: { readonly count: number; readonly listed: readonly AuditProblem[] };
  /** Routes and paths that were read. */
  readonly routes: number;
  /** Distinct paths with the AS in them; `withSets` have other segments than AS_SEQUENCEs, and show no neighbours. */
  readonly paths: number;
  readonly withSets: number;
  readonly seenBy: readonly Asn[];
  /** Its providers by the ASPAs that were given; null without one. */
  readonly aspa: readonly Asn[] | null;
  /** Those with the evidence of a provider first, then those with most paths. */
  readonly neighbors: readonly NeighborEvidence[];
  /** With the evidence of a provider and not in the ASPA; all of these without one. */
  readonly missing: readonly Asn[];
  /** In the ASPA, and on no path next to have the routes of the AS. */
  readonly unseen: readonly Asn[];
}
