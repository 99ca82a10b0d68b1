import type { Asn } from '../inet/index.js';
import type { NamedVrp } from './named-vrp.js';
import type { AuditProblem } from './report.js';
import type { Rows } from './rows.js';

/** A VRP that permits more prefixes than its AS announces (RFC 9319 §5). */
export interface LooseVrp extends NamedVrp {
  /** How many prefixes it permits; of very many the nearest number. */
  readonly permitted: number;
  /** How many of these its AS announces, and the longest of them. */
  readonly announced: number;
  readonly longest: number;
  /** These prefixes in order, at most {@link MAX_MINIMAL}: a VRP for each, without maxLength, would be minimal. */
  readonly minimal: readonly string[];
}

/** Prefixes that are given of one loose VRP. */
export const MAX_MINIMAL = 100;

/** An announced prefix that VRPs cover and none matches: it is invalid until it has one of its own. */
export interface CoveredRoute {
  readonly prefix: string;
  readonly origin: Asn;
  /** `length`: its origin has a VRP that is too short for it; `as`: only other ASes have any. */
  readonly reason: 'as' | 'length';
  readonly vrps: readonly NamedVrp[];
}

/**
 * Why nothing uses a VRP: no route is at or below its prefix; only routes of other origins are; or those of its AS are longer than it
 * permits.
 */
export type Unused = 'unannounced' | 'other-origin' | 'too-long';

/** A VRP that matches no route. */
export interface UnusedVrp extends NamedVrp {
  readonly kind: Unused;
}

/** A VRP that another one of its AS makes needless: everything it permits the other permits too. */
export interface NeedlessVrp extends NamedVrp {
  readonly within: NamedVrp;
}

/** What origin validation says of the origins of one prefix. */
export type MoasKind = 'all-valid' | 'some-invalid' | 'all-invalid' | 'not-found';

/** A prefix that several ASes originate. */
export interface MoasPrefix {
  readonly prefix: string;
  readonly kind: MoasKind;
  readonly origins: ReadonlyArray<{
    readonly asn: Asn;
    readonly validity: 'valid' | 'invalid' | 'not-found';
  }>;
  /** Whether two of them stand next to each other at the end of a path: one carries routes of the other. */
  readonly adjacent: boolean;
}

/** What VRPs and routes show of each other: stable under its `schema` name. Lists are in order, made as they are read. */
export interface OriginSurveyReport {
  readonly schema: 'pathsec-origins-1';
  /** As in `AuditReport`. */
  readonly unreadable: readonly AuditProblem[];
  readonly skipped: ReadonlyArray<{ readonly what: string; readonly count: number }>;
  readonly problems: { readonly count: number; readonly listed: readonly AuditProblem[] };
  readonly vrps: number;
  readonly routes: number;
  /** Routes without an origin (RFC 6811 §2, NONE): they are in nothing else. */
  readonly withoutOrigin: number;
  /** Distinct pairs of prefix and origin, and distinct prefixes. */
  readonly announced: { readonly pairs: number; readonly prefixes: number };
  readonly loose: Rows<LooseVrp>;
  readonly covered: Rows<CoveredRoute>;
  readonly unused: Rows<UnusedVrp>;
  readonly needless: Rows<NeedlessVrp>;
  readonly moas: Rows<MoasPrefix>;
  /** MOAS prefixes by kind. */
  readonly moasKinds: Readonly<Record<MoasKind, number>>;
}
