import { type Command, InvalidArgumentError } from 'commander';
import { type Question, questionsOf, SUITES, type Suite, type VectorFile } from '../../conformance/index.js';
import { readVectorFiles } from '../../node/vector-files.js';
import { CliError } from '../shared/io.js';
import { collect } from '../shared/parse-options.js';

/** Which cases are meant. */
export interface Selection {
  readonly suite?: readonly Suite[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** What is said where none is meant. */
export const NO_CASE = 'no case has such an id or flag, or all of them are skipped';

/** The options of {@link Selection}. */
export function addSelection(command: Command): Command {
  return command
    .option(
      '--suite <name>',
      `one of ${SUITES.join(', ')}; may be repeated`,
      (text: string, earlier: readonly Suite[] = []) => [...earlier, parseSuite(text)],
    )
    .option('--only <text>', 'cases with this flag, or whose id begins so; may be repeated', collect)
    .option('--skip <text>', 'leave out the cases that --only would take; may be repeated', collect);
}

/** The vector files of the suites, and the questions of the cases that are meant. @throws {CliError} where none is. */
export function selectQuestions({ only, skip = [], suite }: Selection): {
  readonly files: readonly VectorFile[];
  readonly questions: readonly Question[];
} {
  const files = readVectorFiles(suite);
  const questions = meantQuestions(files, { ...(only && { only }), skip });
  if (questions.length === 0) throw new CliError(NO_CASE);
  return { files, questions };
}

/** The questions of files that `--only` takes and `--skip` leaves. */
export function meantQuestions(
  files: readonly VectorFile[],
  { only, skip = [] }: Pick<Selection, 'only' | 'skip'>,
): readonly Question[] {
  return questionsOf(files).filter(
    (question) => (only === undefined || isNamed(question, only)) && !isNamed(question, skip),
  );
}

function isNamed({ vector: { flags, id } }: Question, texts: readonly string[]): boolean {
  return texts.some((text) => id.startsWith(text) || flags.includes(text));
}

function parseSuite(text: string): Suite {
  const suite = SUITES.find((name) => name === text);
  if (suite === undefined) throw new InvalidArgumentError(`One of ${SUITES.join(', ')}.`);
  return suite;
}
