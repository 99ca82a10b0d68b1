import type { AspaTable } from '../aspa/index.js';
import type { RovTable } from '../rov/index.js';

/** Payloads of one kind, by number and content. */
export interface PayloadContent {
  readonly count: number;
  /** SHA-256 of all of them in their order, hexadecimal (docs/decisions/audit.md D-audit-partial-conditions). */
  readonly sha256: string;
}

/** Payloads of one time, by number and content. */
export interface PayloadContents {
  readonly vrps: PayloadContent;
  readonly aspas: PayloadContent;
}

/**
 * Payloads of many times, each route to be judged by those of its own (docs/decisions/audit.md D-audit-routes-times). All times
 * are seconds since 1970 UTC.
 */
export interface PayloadTimeline {
  /**
   * The time of the payloads that judge a route of this time.
   *
   * @throws {RangeError} where there are none.
   */
  setOf(time: number): number;
  /** The VRPs of a time that {@link PayloadTimeline.setOf} gave; few sets need be in memory at once. */
  rov(set: number): RovTable;
  /** Its ASPAs. */
  aspa(set: number): AspaTable;
  /** What they are. */
  contents(set: number): PayloadContents;
}
