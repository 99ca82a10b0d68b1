import type { StudyResults } from '../../results.js';
import { batching } from './batching.js';
import { churn } from './churn.js';
import { cpu } from './cpu.js';
import { failures } from './failures.js';
import { memory } from './memory.js';
import { octets } from './octets.js';
import type { Answer } from './verdict.js';

const HYPOTHESES = [octets, memory, cpu, batching, failures, churn];

/** The answers to all hypotheses. */
export function answers(results: StudyResults): Answer[] {
  return HYPOTHESES.map(({ id, title, needs, ask }) => {
    const missing = needs.filter((name) => results.tasks[name] === undefined);
    return missing.length === 0
      ? { id, title, ...ask(results) }
      : { id, title, verdict: 'not asked', interval: `needs ${missing.join(', ')}`, text: '' };
  });
}

/** The same in Markdown. */
export function hypotheses(results: StudyResults): string {
  return answers(results)
    .map(
      ({ id, title, verdict, interval, text }) =>
        `### ${id}, ${title}\n\n**${verdict}** (${interval}).${text === '' ? '' : ` ${text}`}`,
    )
    .join('\n\n');
}
