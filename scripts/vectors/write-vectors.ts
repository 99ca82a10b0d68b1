import type { Suite, VectorFile, VectorGroup, VectorNote } from '../../src/conformance/vector.js';

/** What a generator of vectors hands over; counts and requirements are filled in when the file is written. */
export interface VectorDraft {
  /** File name without extension, such as `bgpsec-receive`. */
  readonly name: string;
  readonly suite: Suite;
  readonly title: string;
  readonly source: readonly string[];
  readonly notes: VectorFile['notes'];
  readonly groups: readonly VectorGroup[];
}

export type { VectorNote };
