import { AS_SEQUENCE } from '../../bgp/index.js';
import { member, readPath } from '../../questions/index.js';
import type { Question } from '../requests.js';
import type { Fields, Json, VectorCase } from '../vector.js';
import { KEEPS } from './held-routes.js';
import { hopOfOutcome } from './hops.js';
import { originCandidates } from './stage-rov.js';

/**
 * The questions, those that a router is not asked directly with the mistakes that show in what it is asked instead
 * (docs/decisions/conformance.md D-router-instead): `authorized` becomes a path of two ASes, which mistakes about paths show in
 * too, and `origin-as` becomes origin validation.
 */
export function withShownMistakes(questions: readonly Question[]): readonly Question[] {
  const hops = hopMistakes(questions);
  return questions.map((question) => {
    const { op } = question.request;
    if (op === 'authorized') {
      return withMistakes(question, hops.get(String(question.vector.expected.authorization)) ?? {});
    }
    if (op === 'hold-routes') return withMistakes(question, heldMistakes(question));
    return op === 'origin-as' ? withMistakes(question, validityMistakes(question)) : question;
  });
}

type Mistakes = NonNullable<VectorCase['mistakes']>;

/** Mistakes that the case names itself come first; what is not wrong is no mistake. */
function withMistakes(question: Question, more: Mistakes): Question {
  const { vector } = question;
  const expected = JSON.stringify(vector.expected);
  const wrong = Object.entries({ ...more, ...vector.mistakes }).filter(
    ([, fields]) => JSON.stringify(fields) !== expected,
  );
  return { ...question, vector: { ...vector, mistakes: Object.fromEntries(wrong) } };
}

/** By authorization, what mistakes make of the path of two ASes that shows it, as far as cases of the kit tell. */
function hopMistakes(questions: readonly Question[]): ReadonlyMap<string, Mistakes> {
  const found = new Map<string, Mistakes>();
  for (const { request, suite, vector } of questions) {
    if (suite !== 'aspa' || request.op !== 'verify-path' || !isPlainHop(request)) continue;
    const hop = hopOfOutcome(vector.expected.outcome);
    if (hop === undefined || found.has(hop)) continue;
    const mistakes = Object.entries(vector.mistakes ?? {}).map(([id, { outcome }]): [string, Fields] => [
      id,
      { authorization: hopOfOutcome(outcome) ?? null },
    ]);
    found.set(hop, Object.fromEntries(mistakes));
  }
  return found;
}

/** A path of two ASes from a customer, under a table of one customer with one provider, not AS 0. */
function isPlainHop(request: Question['request']): boolean {
  const [segment, ...others] = readPath(member(request, 'asPath'));
  const [neighborAs, origin, ...more] = segment?.asns ?? [];
  const [aspa, ...aspas] = Array.isArray(request.aspas) ? request.aspas : [];
  const providers: unknown = aspa?.providers;
  const isOneProvider = Array.isArray(providers) && providers.length === 1 && providers[0] !== 0;
  return (
    segment?.type === AS_SEQUENCE &&
    others.length + more.length + aspas.length === 0 &&
    origin !== undefined &&
    origin !== neighborAs &&
    isOneProvider &&
    aspa?.customer !== neighborAs &&
    request.neighborRole === 'customer' &&
    request.neighborAs === neighborAs
  );
}

/** What those answer whose validation has one answer for everything. */
function validityMistakes({ request }: Question): Mistakes {
  const asns = originCandidates(request);
  return {
    'rov-always-valid': { origin: asns.length > 1 ? asns : (asns[0] ?? null) },
    'rov-always-invalid': { origin: null },
    'rov-always-not-found': { origin: null },
  };
}

/** What a router answers that judges a route when it comes and not again: its first outcome, whenever it is asked. */
function heldMistakes({ request, vector }: Question): Mistakes {
  const first = new Map<string, Json>();
  const { outcomes } = vector.expected;
  const left = Array.isArray(outcomes) ? [...outcomes] : [];
  const kept: Json[] = [];
  for (const step of Array.isArray(request.steps) ? request.steps : []) {
    const route = step.outcome?.route;
    if (route === undefined) continue;
    const outcome = left.shift() ?? null;
    first.set(route, first.get(route) ?? outcome);
    kept.push(first.get(route) ?? null);
  }
  return { [KEEPS.aspa]: { outcomes: kept } };
}
