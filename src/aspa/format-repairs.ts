import { sayValue } from '../inet/index.js';
import { label } from './format-explanation.js';
import type { NoRepairs, Repair, Repairs } from './repairs.js';
import { wrapped } from './wrapped.js';

const NONE: Readonly<Record<NoRepairs, string>> = {
  halted: 'no ASPA makes it better: the procedure halted before it asked for providers',
  'too-long': 'not looked for: the path is too long',
};

const CAUTION =
  "This proves nobody's fault. An AS that is added here may be no provider at all, and the path a " +
  'leak or a forgery, which the addition would let pass; only the customer knows its providers.';
const NEW_ASPA = 'An AS without ASPA that publishes one has to list all its providers, not these alone.';
/** Columns of a line of the caution. */
const WIDTH = 95;

/** Something that is said of repairs; a way has the repair that it words. Codes are stable. */
export type RepairSentence =
  | { readonly code: 'repair-way'; readonly text: string; readonly repair: Repair }
  | {
      readonly code: 'no-repair' | 'repair-goal' | 'repair-caution' | 'new-aspa';
      readonly text: string;
    };

/**
 * NON-SPEC: what `repairs` found in sentences for a person: goals, each with the ways to it, then the caution that belongs to
 * them; none for a valid path. Sets that make it valid and are also the smallest that make it no longer invalid stand there once.
 *
 * @throws {TypeError} for what are no repairs.
 */
export function explainRepairs(found: Repairs): RepairSentence[] {
  if (!Array.isArray(found?.toValid)) throw new TypeError(`${sayValue(found)} is nothing that repairs gave`);
  const { outcome, toUnknown, toValid, reason } = found;
  if (outcome === 'valid') return [];
  if (reason !== null) return [{ code: 'no-repair', text: NONE[reason] }];
  const all: readonly Repair[] = [...toUnknown, ...toValid];
  return [
    // The same sets twice would say nothing more: each way says what the path is then.
    ...(outcome === 'invalid' && !sameWays(toUnknown, toValid) ? waysTo('not invalid', toUnknown) : []),
    ...waysTo('valid', toValid),
    ...(all.length > 0 ? [{ code: 'repair-caution', text: CAUTION } as const] : []),
    ...(all.some(({ additions }) => additions.some(({ newAspa }) => newAspa))
      ? [{ code: 'new-aspa', text: NEW_ASPA } as const]
      : []),
  ];
}

/**
 * NON-SPEC: the sentences of `explainRepairs` as text for a person, in the form of `formatExplanation`; empty for a valid path.
 * Lines end in `\n`.
 *
 * @throws {TypeError} for what are no repairs.
 */
export function formatRepairs(found: Repairs): string {
  const lines = explainRepairs(found).flatMap(({ code, text }) => {
    if (code === 'repair-way') return [label('', `  ${text}`)];
    if (code === 'repair-goal' || code === 'no-repair') return [label('repair', text)];
    return wrapped(text, WIDTH).map((line) => label('', line));
  });
  return lines.map((line) => `${line}\n`).join('');
}

function waysTo(goal: string, ways: readonly Repair[]): RepairSentence[] {
  const [first] = ways;
  if (first === undefined) {
    return [{ code: 'repair-goal', text: `${goal}: no addition to ASPAs makes it so` }];
  }
  const { length } = first.additions;
  const count = `${length} addition${length === 1 ? '' : 's'}`;
  const several = ways.length === 1 ? '' : `, ${ways.length} ways`;
  return [
    { code: 'repair-goal', text: `${goal} with ${count}${several}:` },
    ...ways.map((repair) => ({ code: 'repair-way', text: additionsText(repair), repair }) as const),
  ];
}

function sameWays(some: readonly Repair[], others: readonly Repair[]): boolean {
  return some.length > 0 && some.map(additionsText).join('\n') === others.map(additionsText).join('\n');
}

function additionsText({ additions, outcome }: Repair): string {
  const text = additions
    .map(
      ({ customer, provider, newAspa }) =>
        `AS${provider} in the ${newAspa ? 'new ' : ''}ASPA of AS${customer}`,
    )
    .join('; ');
  return `${text} (then ${outcome})`;
}
