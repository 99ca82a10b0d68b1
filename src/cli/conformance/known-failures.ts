import { type CaseResult, isWrong } from '../../conformance/index.js';
import { MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { plural, shorten } from '../shared/text-table.js';

/** Characters of a list of ids in a note. */
const MAX_IDS = 400;

/** The ids of a file of known failures: one a line, blank lines and what follows `#` passed over. @throws {CliError} */
export async function readKnownFailures(file: string, io: Io): Promise<ReadonlySet<string>> {
  const text = await readText(file, io, MAX_HAND_WRITTEN);
  const ids = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return new Set(ids.filter((id) => id !== ''));
}

/** The file of known failures for the failures of a run. */
export function knownFailuresText(results: readonly CaseResult[]): string {
  const ids = results.filter(({ verdict }) => isWrong(verdict)).map(({ vector }) => vector.id);
  return `${['# pathsec conformance run: known failures, one id a line', ...ids].join('\n')}\n`;
}

/** How the listed cases went: those that fail, those that pass now, and names that no case has. */
export function knownFailureNotes(
  file: string,
  known: ReadonlySet<string>,
  results: readonly CaseResult[],
  cases: ReadonlySet<string>,
): string[] {
  const listed = results.filter(({ vector }) => known.has(vector.id));
  const failing = listed.filter(({ verdict }) => isWrong(verdict));
  const passing = listed.filter(({ verdict }) => verdict === 'passed' || verdict === 'acceptable');
  const strange = [...known].filter((id) => !cases.has(id));
  const ids = (list: readonly string[]): string => shorten(list.join(', '), MAX_IDS);
  const passingIds = passing.map(({ vector }) => vector.id);
  return [
    `${plural(failing.length, 'failure')} known from ${nameOf(file)}`,
    ...(passing.length === 0
      ? []
      : [
          `${plural(passing.length, 'case')} of ${nameOf(file)} ${passing.length === 1 ? 'passes' : 'pass'} now: ${ids(passingIds)}`,
        ]),
    ...(strange.length === 0 ? [] : [`${nameOf(file)} names no case with: ${ids(strange)}`]),
  ];
}
