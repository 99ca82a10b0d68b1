import { sayValue } from '../inet/index.js';
import { label } from './format-explanation.js';
import type { NoRepairs, Repair, Repairs } from './repairs.js';

const NONE: Readonly<Record<NoRepairs, string>> = {
  halted: 'no ASPA makes it better: the procedure halted before it asked for providers',
  'too-long': 'not looked for: the path is too long',
};

const CAUTION = [
  "This proves nobody's fault. An AS that is added here may be no provider at all, and the path a",
  'leak or a forgery, which the addition would let pass; only the customer knows its providers.',
];
const NEW_ASPA = 'An AS without ASPA that publishes one has to list all its providers, not these alone.';

/**
 * NON-SPEC: what `repairs` found as text for a person, in the form of `formatExplanation`, with the caution that belongs to it;
 * empty for a valid path. Sets that make it valid and are also the smallest that make it no longer invalid stand there once. Lines end in `\n`.
 *
 * @throws {TypeError} for what are no repairs.
 */
export function formatRepairs(found: Repairs): string {
  if (!Array.isArray(found?.toValid)) throw new TypeError(`${sayValue(found)} is nothing that repairs gave`);
  const { outcome, toUnknown, toValid, reason } = found;
  if (outcome === 'valid') return '';
  if (reason !== null) return `${label('repair', NONE[reason])}\n`;
  const all: readonly Repair[] = [...toUnknown, ...toValid];
  const lines = [
    // The same sets twice would say nothing more: each way says what the path is then.
    ...(outcome === 'invalid' && !sameWays(toUnknown, toValid) ? waysTo('not invalid', toUnknown) : []),
    ...waysTo('valid', toValid),
    ...(all.length > 0 ? CAUTION.map((line) => label('', line)) : []),
    ...(all.some(({ additions }) => additions.some(({ newAspa }) => newAspa)) ? [label('', NEW_ASPA)] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function waysTo(goal: string, ways: readonly Repair[]): string[] {
  const [first] = ways;
  if (first === undefined) return [label('repair', `${goal}: no addition to ASPAs makes it so`)];
  const { length } = first.additions;
  const count = `${length} addition${length === 1 ? '' : 's'}`;
  const several = ways.length === 1 ? '' : `, ${ways.length} ways`;
  return [
    label('repair', `${goal} with ${count}${several}:`),
    ...ways.map((way) => label('', `  ${additionsText(way)}`)),
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
