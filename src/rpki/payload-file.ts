import type { PayloadSet } from '../payload/index.js';
import type { Problems } from './problem.js';

/** The dialects of payload files, told apart by content. */
export type PayloadDialect =
  | 'rpki-client'
  | 'rpki-client-filemode'
  | 'json-array'
  | 'provider-authorizations'
  | 'routinator'
  | 'routinator-ext'
  | 'openbgpd'
  | 'bird'
  | 'routinator-csv'
  | 'fort-csv'
  | 'csv'
  | 'srx-script'
  | 'vrp-notation'
  | 'aspa-notation'
  | 'ccr';

/** What is said of a payload file beside its payloads. */
export interface FileFacts {
  readonly dialect: PayloadDialect;
  readonly problems: Problems;
  /** Payloads left out because they had expired at `now`. */
  readonly expired: number;
  /** What the file holds that is no payload, where it holds any such: manifests and trust anchors of a CCR. */
  readonly beside?: readonly { readonly count: number; readonly what: string }[];
  /** When the file was made, seconds since 1970 UTC, where it says so: `metadata` in JSON, producedAt of a CCR. */
  readonly made?: number;
}

/** A payload file, read: the payloads as sets (duplicates gone, ASPAs united per customer) and what was wrong. */
export type PayloadFile = PayloadSet & FileFacts;

/** How to read. */
export interface ReadOptions {
  /** Makes the first problem fatal. */
  readonly strict?: boolean;
  /** Seconds since 1970 UTC; payloads that expire before it are left out. Without it all are kept. */
  readonly now?: number;
  /**
   * Of the tables that the payloads go into (docs/decisions/tables.md D-seeded-tables). Default 0, which everybody
   * knows.
   */
  readonly seed?: number;
}
