import type { Fields, Request, VectorGroup, VectorNote } from '../../src/conformance/vector.js';

/** Where a mistake was seen whose maker does not tell it of himself. */
export const SOMEWHERE = 'a public implementation';

/** A known mistake. */
export interface Mistake {
  /** Its flag in the vectors: the suite, a hyphen, and a name. */
  readonly id: string;
  /** Completes "behaves like an implementation that ...". */
  readonly text: string;
  /** Who is known to have made it; a project is named only where its own issue or commit says so, and its code was run. */
  readonly seenIn?: string;
}

/** An implementation with one mistake: its `parts` take the place of those of the right one. */
export interface Mutant<Parts> extends Mistake {
  readonly parts: Partial<Parts>;
}

/** A second, small implementation of the subject of a suite, and its mutants. */
export interface SuiteKit {
  readonly mistakes: readonly Mistake[];
  /**
   * What it answers, whole or with one mistake; {@link UNSUPPORTED} to an operation that it lacks.
   *
   * @throws {RangeError} for a mistake that it has not, {@link DecodeError} for a request that no vector would make.
   */
  answer(request: Request, mistake?: string): Fields;
}

/** The answer to an operation that an implementation lacks. */
export const UNSUPPORTED: Fields = { unsupported: true };

/** The kit of a suite: `right` are the parts of the implementation without a mistake, `answer` what one of such parts answers. */
export function suiteKit<Parts>(
  right: Parts,
  mutants: readonly Mutant<Parts>[],
  answer: (parts: Parts, request: Request) => Fields,
): SuiteKit {
  const made = new Map(mutants.map(({ id, parts }): [string, Parts] => [id, { ...right, ...parts }]));
  return {
    mistakes: mutants,
    answer(request, mistake) {
      const parts = mistake === undefined ? right : made.get(mistake);
      if (parts === undefined) throw new RangeError(`no mutant ${mistake}`);
      return answer(parts, request);
    },
  };
}

/** @throws {RangeError} for a mistake that the kit has not. */
export function mistakeOf(kit: SuiteKit, id: string): Mistake {
  const found = kit.mistakes.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`no mutant ${id}`);
  return found;
}

/** The notes of a vector file: those of the mistakes that show in its cases, in the order of the kit. */
export function mistakeNotes(kit: SuiteKit, shown: ReadonlySet<string>): Record<string, VectorNote> {
  const notes = kit.mistakes
    .filter(({ id }) => shown.has(id))
    .map(({ id, text, seenIn }): [string, VectorNote] => [
      id,
      { kind: 'mistake', text, ...(seenIn !== undefined && { seenIn }) },
    ]);
  return Object.fromEntries(notes);
}

/** The mistakes that show in these cases. */
export function mistakesIn(groups: readonly VectorGroup[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ cases }) => cases.flatMap(({ mistakes = {} }) => Object.keys(mistakes))));
}
