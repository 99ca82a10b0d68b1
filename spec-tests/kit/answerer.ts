import type { Fields, Request, Suite } from '../../src/conformance/vector.js';
import { aspaKit } from './aspa/mutants/mutants.js';
import { bgpsecKit } from './bgpsec/mutants/mutants.js';
import { draftsKit } from './drafts/mutants/mutants.js';
import { type SuiteKit, UNSUPPORTED } from './mutant.js';
import { objectsKit } from './objects/mutants/mutants.js';
import { rovKit } from './rov/mutants/mutants.js';
import { rtrKit } from './rtr/mutants/mutants.js';

/** The second implementations, each with its mutants. */
const KITS: Readonly<Record<Suite, SuiteKit>> = {
  aspa: aspaKit,
  rov: rovKit,
  bgpsec: bgpsecKit,
  rtr: rtrKit,
  objects: objectsKit,
  drafts: draftsKit,
};

/** The ids of all mistakes of a suite that have a mutant. */
export function mistakesOf(suite: Suite): readonly string[] {
  return KITS[suite].mistakes.map(({ id }) => id);
}

/** What an implementation with one mistake answers, in its suite; other suites it does not have. `none`: without mistake. */
export function answerWithMistake(id: string, request: Request): Fields {
  if (id === 'none') return KITS[request.suite].answer(request);
  return mistakesOf(request.suite).includes(id) ? KITS[request.suite].answer(request, id) : UNSUPPORTED;
}
