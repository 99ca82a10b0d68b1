import { InvalidArgumentError } from 'commander';
import { type CaseResult, type ConformanceReport, isWrong } from '../../conformance/index.js';
import { EXIT } from '../shared/io.js';
import { plural } from '../shared/text-table.js';

/** What is said of failures that do not count because nobody is bound. */
export function adviceNotes({ advice }: ConformanceReport): string[] {
  if (advice.length === 0) return [];
  const go = advice.length === 1 ? 'goes' : 'go';
  return [
    `${plural(advice.length, 'failure')} ${go} against advice alone (SHOULD, RECOMMENDED); --strict counts them`,
  ];
}

/** The exit code of a run. */
export function exitCode(
  { advice, conforms, results }: ConformanceReport,
  known: ReadonlySet<string>,
  interrupted: boolean,
): number {
  const failures = results.filter(({ verdict }) => isWrong(verdict));
  const counts = ({ vector }: CaseResult): boolean => !known.has(vector.id) && !advice.includes(vector.id);
  if (failures.some(counts)) return EXIT.invalid;
  // docs/decisions/conformance.md D-conformance-process: an interrupted run without a failure decided nothing.
  if (interrupted) return EXIT.unknown;
  return conforms || failures.some(({ vector }) => known.has(vector.id)) ? EXIT.done : EXIT.invalid;
}

/** A command line; the shell would take an empty one for success. */
export function parseExec(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('A command line, such as "python3 adapter.py".');
  return text;
}

/** Seconds of a wait. */
export function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0) || seconds > 86_400) throw new InvalidArgumentError('Seconds, more than 0.');
  return seconds;
}

/** A number of failures to show. */
export function parseCount(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
}
