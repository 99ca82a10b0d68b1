import { requireIterable } from '../inet/index.js';
import {
  type AspaRevision,
  type RevisionInput,
  type RevisionOutcome,
  type RevisionTables,
  verifyByRevision,
} from './revisions.js';

/** One path on which the two revisions disagree. */
export interface RevisionDifference {
  /** Position of the path in the input, from 0. */
  readonly index: number;
  readonly input: RevisionInput;
  readonly first: RevisionOutcome;
  readonly second: RevisionOutcome;
}

export interface RevisionComparison {
  readonly revisions: readonly [AspaRevision, AspaRevision];
  readonly compared: number;
  readonly differing: number;
  /** How many paths got which pair of outcomes, agreements included; most frequent first. */
  readonly counts: readonly {
    readonly first: RevisionOutcome;
    readonly second: RevisionOutcome;
    readonly paths: number;
  }[];
}

/**
 * Compares two revisions over many paths, in constant memory: differences go to `onDifference` as they are found.
 * NON-SPEC: revisions of the draft side by side.
 *
 * @throws {TypeError} as `verifyByRevision`.
 */
export function compareRevisions(
  tables: RevisionTables,
  revisions: readonly [AspaRevision, AspaRevision],
  inputs: Iterable<RevisionInput>,
  onDifference: (difference: RevisionDifference) => void = () => {},
): RevisionComparison {
  requireIterable(revisions, 'revisions', 'two of the revisions');
  requireIterable(inputs, 'inputs', 'a list of paths to verify');
  const counts = new Map<string, { first: RevisionOutcome; second: RevisionOutcome; paths: number }>();
  let compared = 0;
  let differing = 0;
  for (const input of inputs) {
    const first = verifyByRevision(tables, revisions[0], input).outcome;
    const second = verifyByRevision(tables, revisions[1], input).outcome;
    const key = `${first} ${second}`;
    const count = counts.get(key);
    if (count) count.paths++;
    else counts.set(key, { first, second, paths: 1 });
    if (first !== second) {
      differing++;
      onDifference({ index: compared, input, first, second });
    }
    compared++;
  }
  const sorted = [...counts.values()].sort((a, b) => b.paths - a.paths);
  return { revisions, compared, differing, counts: sorted };
}
