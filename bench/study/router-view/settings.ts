import type { Assumptions } from 'pathsec/cost';

/** What a configuration may say of the router's view. */
export interface RouterViewSettings extends Partial<Assumptions> {
  /** A table of the run, for lengths, sharing and prefixes in an UPDATE. */
  readonly table?: string;
  /** A table of the run that covers some minutes, for churn. */
  readonly updates?: string;
}
