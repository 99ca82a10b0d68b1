import type { Capabilities } from './hello.js';
import { needsOf } from './needs.js';
import type { Question } from './requests.js';

/** The limit of providers that a program has which cannot be told one: what aspa-profile §5.5 recommends. */
const RECOMMENDED_LIMIT = 10_000;
/** The mistakes of not looking at the AS that leads a path. */
const LEADING_AS = ['aspa-C4', 'drafts-egress-own-unchecked'];
/** Unknown values of a list that are told, and characters of one. */
const MAX_STRANGERS = 5;
const MAX_STRANGER = 60;

/**
 * Why a program is not asked a question, by what it says of itself; undefined for a question that it is asked
 * (docs/decisions/conformance.md D-conformance-hello).
 */
export function outOfScope(can: Capabilities, question: Question): string | undefined {
  if (can.suites !== undefined && !can.suites.includes(question.suite)) return 'not in its suites';
  if (can.operations !== undefined && !can.operations.includes(question.request.op)) {
    return 'not in its operations';
  }
  // An implementation that does not compare the neighbour answers these cases otherwise.
  if (can.neighborCheck === false && LEADING_AS.some((id) => question.vector.mistakes?.[id] !== undefined)) {
    return 'neighborCheck is false';
  }
  if (needsAnotherLimit(can.maxProviders, question)) {
    return can.maxProviders === undefined
      ? 'the limit of providers cannot be set (hello: maxProviders)'
      : `maxProviders is ${can.maxProviders}`;
  }
  const needs = needsOf(question);
  if (can.asSet === false && needs.asSet) return 'asSet is false';
  if (can.emptyPath === false && needs.emptyPath) return 'emptyPath is false';
  if (can.unknown === false && needs.unknown) return 'unknown is false';
  if (can.routerKeys === false && needs.routerKeys) return 'routerKeys is false';
  return (
    missing('rtrVersions', can.rtrVersions, needs.rtrVersions) ??
    missing('families', can.families, needs.families)
  );
}

function missing<T>(name: string, has: readonly T[] | undefined, needed: ReadonlySet<T>): string | undefined {
  const lacking = has === undefined ? [] : [...needed].filter((one) => !has.includes(one));
  return lacking.length === 0 ? undefined : `${name} without ${lacking.join(', ')}`;
}

type ListName = 'suites' | 'operations' | 'rtrVersions' | 'families';

/** The lists of a `hello`, each with what of it a question is about. */
const LISTS: readonly (readonly [
  name: ListName,
  about: (question: Question) => Iterable<string | number>,
])[] = [
  ['suites', ({ suite }) => [suite]],
  ['operations', ({ request }) => [request.op]],
  ['rtrVersions', (question) => needsOf(question).rtrVersions],
  ['families', (question) => needsOf(question).families],
];

/** Told of what the lists of a `hello` hold and none of all questions is about: most likely misspelt, so that cases are left out. */
export function strangersIn(can: Capabilities, questions: () => readonly Question[]): readonly string[] {
  let all: readonly Question[] | undefined; // there are thousands: made once, where a list is to be looked at
  return LISTS.flatMap(([name, about]) => {
    const said: readonly (string | number)[] = can[name] ?? [];
    if (said.length === 0) return [];
    all ??= questions();
    const known = new Set(all.flatMap((question) => [...about(question)]));
    const strange = said.filter((one) => !known.has(one)).map((one) => shorten(JSON.stringify(one)));
    if (strange.length === 0) return [];
    const shown = `${strange.slice(0, MAX_STRANGERS).join(', ')}${strange.length > MAX_STRANGERS ? ', …' : ''}`;
    return [`hello: ${name}: no case is about ${shown}; there are ${[...known].join(', ')}`];
  });
}

function shorten(text: string): string {
  return text.length > MAX_STRANGER ? `${text.slice(0, MAX_STRANGER)}…` : text;
}

/** Whether the limit of the request treats a customer otherwise than the one that the program has or can be given. */
function needsAnotherLimit(most: number | null | undefined, { request, suite }: Question): boolean {
  if (suite !== 'aspa' || !Array.isArray(request.aspas)) return false;
  const wanted = Number(request.maxProviders ?? RECOMMENDED_LIMIT);
  const own =
    most === null
      ? Number.POSITIVE_INFINITY
      : most === undefined
        ? RECOMMENDED_LIMIT
        : Math.min(wanted, most);
  if (own === wanted) return false;
  const unions = new Map<unknown, Set<unknown>>();
  for (const { customer, providers } of request.aspas as { customer: number; providers: number[] }[]) {
    const union = unions.get(customer) ?? new Set();
    unions.set(customer, union);
    for (const provider of providers) if (provider !== 0) union.add(provider); // AS 0 is no provider
  }
  return [...unions.values()].some(({ size }) => size > wanted !== size > own);
}
