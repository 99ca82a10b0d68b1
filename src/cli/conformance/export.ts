import { type Command, InvalidArgumentError } from 'commander';
import { advisedCases, type Question } from '../../conformance/index.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { addSelection, type Selection, selectQuestions } from './selection.js';

const FORMATS = ['jsonl', 'tsv'] as const;
type Format = (typeof FORMATS)[number];

interface ExportOptions extends Selection {
  readonly format?: Format;
  readonly json?: boolean;
}

const COLUMNS = ['id', 'suite', 'op', 'request', 'expected'];

/** `pathsec conformance export`: requests with the right answers, a case a line, for tests in any language. */
export function define(command: Command, { io }: Context): void {
  addSelection(command)
    .option('--format <name>', 'jsonl (default), or tsv with JSON in the last two columns', parseFormat)
    .option('-j, --json', 'as --format jsonl')
    .action(async ({ format = 'jsonl', json, ...selection }: ExportOptions) => {
      if (json && format !== 'jsonl') throw new CliError('either --json or --format tsv');
      const { files, questions } = selectQuestions(selection);
      const advised = advisedCases(files);
      if (format === 'tsv') await io.stdout.write(`${COLUMNS.join('\t')}\n`);
      for (const question of questions) await io.stdout.write(`${FORMATTERS[format](question, advised)}\n`);
    });
}

const FORMATTERS: Readonly<Record<Format, (question: Question, advised: ReadonlySet<string>) => string>> = {
  jsonl: ({ request, suite, vector: { acceptable, expected, flags, id } }, advised) => {
    const others = acceptable?.map((one) => one.expected);
    return JSON.stringify({
      id,
      suite,
      op: request.op,
      flags,
      request,
      expected,
      ...(others && { acceptable: others }),
      ...(advised.has(id) && { advice: true }),
    });
  },
  // No tab and no line end stands in JSON but escaped.
  tsv: ({ request, suite, vector: { expected, id } }) =>
    [id, suite, request.op, JSON.stringify(request), JSON.stringify(expected)].join('\t'),
};

function parseFormat(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (format === undefined) throw new InvalidArgumentError(`One of ${FORMATS.join(', ')}.`);
  return format;
}
