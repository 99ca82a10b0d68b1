import { acrossMutants } from './across-mutants.js';
import { answerWith } from './answer.js';
import { answerMutants, checkMutants, neighborMutants } from './check-mutants.js';
import { type Kit, kit } from './kit.js';
import type { Json } from './kit-request.js';
import { mistakeTexts, seenIn } from './mistake-texts.js';
import { pathMutants } from './path-mutants.js';
import { rampMutants } from './ramp-mutants.js';
import { tableMutants } from './table-mutants.js';

/** An ASPA verifier with one mistake. */
export interface Mutant {
  /** The parts in which it is not the right kit. */
  readonly parts: Partial<Kit>;
  /** Completes "behaves like an implementation that ...". */
  readonly text: string;
  /** Who is known to have made the mistake. */
  readonly seenIn?: string;
  /** Answers a request of the suite `aspa`. */
  answer(request: Json): Json;
}

const parts: Readonly<Record<string, Partial<Kit>>> = {
  ...pathMutants,
  ...tableMutants,
  ...rampMutants,
  ...checkMutants,
  ...neighborMutants,
  ...answerMutants,
  ...acrossMutants,
};

/** All verifiers with a mistake, by flag: `aspa-` and the number of the mistake. */
export const mutants: Readonly<Record<string, Mutant>> = Object.fromEntries(
  Object.entries(parts).map(([id, changed]) => [`aspa-${id}`, mutant(id, changed)]),
);

function mutant(id: string, changed: Partial<Kit>): Mutant {
  const text = mistakeTexts[id];
  if (text === undefined) throw new Error(`mutant ${id} has no text`);
  const self = { ...kit, ...changed };
  const seen = seenIn[id];
  return {
    parts: changed,
    text,
    ...(seen !== undefined && { seenIn: seen }),
    answer: (request) => answerWith(self, request),
  };
}

/** What the mutant answers to a request of the suite `aspa`; `none` is the right kit. */
export function answerAs(id: string, request: Json): Json {
  if (id === 'none') return answerWith(kit, request);
  const found = mutants[id];
  if (found === undefined) throw new Error(`no mutant ${id}`);
  return found.answer(request);
}
