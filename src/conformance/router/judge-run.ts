import type { AspaOutcome } from '../../aspa/index.js';
import { formatAsPath } from '../../bgp/index.js';
import { formatPrefix } from '../../inet/index.js';
import { type CaseResult, judgeReply } from '../judge.js';
import type { Fields, Json, Request } from '../vector.js';
import { VERDICT_KIND, VERDICT_VALUE, type VerdictKind } from './abilities.js';
import { HOP_OF_OUTCOME } from './hops.js';
import { judgeRtrSession, type RtrObservation } from './judge-rtr.js';
import type { PlayedCase, RouteAnswer, RouterAnswers, RouterPlan } from './plan.js';
import { originCandidates } from './stage-rov.js';

/**
 * Judges what a router made of a plan: a result for each case of the plan, in its order, as `reportOf` takes them. A route that
 * was refused decides nothing; one that reset the session or that the router did not outlive, or that has no mark of the kind asked
 * for, counts as a failure (docs/decisions/conformance.md D-router-refused).
 *
 * @param rtr what came of the sessions of RTR, by the id of the case; one without was not played.
 */
export function judgeRouterRun(
  plan: RouterPlan,
  answers: RouterAnswers,
  rtr: RtrObservations = new Map(),
): readonly CaseResult[] {
  const played = new Map(plan.played.map((one) => [one.question.vector.id, one]));
  const sessions = new Map(plan.rtrSessions.map((one) => [one.question.vector.id, one]));
  return plan.questions.map(({ vector }): CaseResult => {
    const session = sessions.get(vector.id);
    if (session !== undefined) return judgeRtrSession(session, rtr.get(vector.id));
    const one = played.get(vector.id);
    if (one === undefined) {
      const note = plan.notPlayable.get(vector.id) ?? 'not in the plan';
      return { vector, verdict: 'not-playable', mismatches: [], note };
    }
    const result = judgeCase(one, answers);
    return result.verdict === 'failed' ? { ...result, note: playedText(one, plan) } : result;
  });
}

/** By the id of a case, what came of its session of RTR. */
export type RtrObservations = ReadonlyMap<string, RtrObservation>;

/** Routes of a case that are told where it failed. */
const MOST_ROUTES = 3;

/** How a case was played, for a person to find its routes in the router: with the numbers and prefixes that it got for this run. */
function playedText({ asks }: PlayedCase, { rounds }: RouterPlan): string {
  const texts = asks.map(({ route, round }) => {
    const { asPath = [], prefix, session } = rounds[round]?.routes.find(({ id }) => id === route) ?? {};
    return `round ${round + 1}, session ${session}: ${prefix && formatPrefix(prefix)}, path ${formatAsPath(asPath)}`;
  });
  const shown = [...new Set(texts)];
  const rest = shown.length - MOST_ROUTES;
  return [...shown.slice(0, MOST_ROUTES), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

/** What ends a case without a verdict, the most telling first. */
const FATES = ['reset', 'crashed', 'refused', 'timeout', 'not-asked'] as const;

function judgeCase({ asks, question: { request, vector } }: PlayedCase, answers: RouterAnswers): CaseResult {
  const came = asks.map(
    ({ round, route }): RouteAnswer =>
      answers[round]?.get(route) ?? { kind: 'not-asked', note: 'the route was not announced' },
  );
  for (const fate of FATES) {
    const found = came.find(({ kind }) => kind === fate);
    if (found !== undefined && found.kind !== 'marked') {
      return { vector, verdict: fate, mismatches: [], note: found.note };
    }
  }
  const values = came.map((answer, i) => markOf(answer, asks[i]?.kind ?? 'rov'));
  const wrong = values.find((value) => typeof value === 'string');
  if (typeof wrong === 'string') return { vector, verdict: 'garbage', mismatches: [], note: wrong };
  const numbers = values.filter((value) => typeof value === 'number');
  return judgeReply(vector, { kind: 'answer', fields: answerOf(request, numbers) });
}

/** The verdict that a route is marked with; a text for what is wrong with the marks. */
function markOf(answer: RouteAnswer, kind: VerdictKind): number | string {
  const marks = answer.kind === 'marked' ? answer.marks : [];
  const values = new Set(marks.filter(([of]) => of === VERDICT_KIND[kind]).map(([, value]) => value));
  const [value, ...others] = values;
  const shown = marks.map((mark) => mark.join(':')).join(' ');
  if (value === undefined) return `no mark of kind ${VERDICT_KIND[kind]} (${kind}) among: ${shown}`;
  if (others.length > 0) return `several marks of kind ${VERDICT_KIND[kind]} (${kind}): ${shown}`;
  return value;
}

/** The answer to a request, as a program would give it, that these verdicts amount to. */
function answerOf(request: Request, [first, ...others]: readonly number[]): Fields {
  const all = [...(first === undefined ? [] : [first]), ...others];
  switch (request.op) {
    case 'verify-path':
      return { outcome: word(ASPA_WORDS, first) };
    case 'authorized':
      return { authorization: word(HOP_WORDS, first) };
    case 'validate-origin':
      return { validity: word(ROV_WORDS, first) };
    case 'revalidate':
      return { validities: all.map((value) => word(ROV_WORDS, value)) };
    case 'origin-as':
      return { origin: originOf(request, all) };
    default:
      return { outcomes: all.map((value) => word(ASPA_WORDS, value)) };
  }
}

const { invalid, unknown, valid } = VERDICT_VALUE;
const ASPA_WORDS = new Map<number, AspaOutcome>([
  [valid, 'valid'],
  [invalid, 'invalid'],
  [unknown, 'unknown'],
]);
const ROV_WORDS = new Map([
  [valid, 'valid'],
  [invalid, 'invalid'],
  [unknown, 'not-found'],
]);
const HOP_WORDS = new Map(
  [...ASPA_WORDS].map(([value, outcome]) => [value, HOP_OF_OUTCOME.get(outcome) ?? outcome]),
);

/** A value that the plan does not know is shown as it is. */
function word(words: ReadonlyMap<number, string>, value: number | undefined): Json {
  return value === undefined ? null : (words.get(value) ?? value);
}

/** The AS whose VRP made the path valid; null where none did. */
function originOf(request: Request, values: readonly number[]): Json {
  const found = originCandidates(request).filter((_, i) => values[i] === valid);
  return found.length > 1 ? found : (found[0] ?? null);
}
