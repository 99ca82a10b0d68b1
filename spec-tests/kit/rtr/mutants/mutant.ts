import type { Parts } from './parts.js';

/** A known mistake: what it reads like, who made it where that is on record, and the part that makes it. */
export interface Mutant {
  readonly id: string;
  /** Completes "behaves like an implementation that ...". */
  readonly text: string;
  readonly seenIn?: string;
  readonly parts: Partial<Parts>;
}
