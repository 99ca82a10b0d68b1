import type { Fields, Request, Suite } from '../../src/conformance/vector.js';
import { aspaKit } from './aspa/mutants/mutants.js';
import { kitAnswer } from './bgpsec/mutants/answer.js';
import { mutants as bgpsecMutants } from './bgpsec/mutants/mutants.js';
import { objectsKit } from './objects/mutants/mutants.js';
import { rovKit } from './rov/mutants/mutants.js';
import { rtrKit } from './rtr/mutants/mutants.js';

/** The ids of all mistakes of a suite that have a mutant. */
export const mistakesOf: Readonly<Record<Suite, readonly string[]>> = {
  aspa: aspaKit.mistakes.map(({ id }) => id),
  rov: rovKit.mistakes.map(({ id }) => id),
  bgpsec: Object.keys(bgpsecMutants),
  rtr: rtrKit.mistakes.map(({ id }) => id),
  objects: objectsKit.mistakes.map(({ id }) => id),
};

type AnswerAs = (id: string, request: Request) => Fields | undefined;

const ANSWERERS: Readonly<Record<Suite, AnswerAs>> = {
  aspa: (id, request) => aspaKit.answer(request, id === 'none' ? undefined : id),
  rov: (id, request) => rovKit.answer(request, id === 'none' ? undefined : id),
  bgpsec: (id, request) => kitAnswer(request as never, bgpsecMutants[id]),
  rtr: (id, request) => rtrKit.answer(request, id === 'none' ? undefined : id),
  objects: (id, request) => objectsKit.answer(request, id === 'none' ? undefined : id),
};

/** What an implementation with one mistake answers, in its suite; other suites it does not have. `none`: without mistake. */
export function answerWithMistake(id: string, request: Request): Fields {
  if (id !== 'none' && !mistakesOf[request.suite]?.includes(id)) return { unsupported: true };
  return ANSWERERS[request.suite]?.(id, request) ?? { unsupported: true };
}
