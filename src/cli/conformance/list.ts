import type { Command } from 'commander';
import type { Question, VectorFile } from '../../conformance/index.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { formatTable } from '../shared/text-table.js';
import { addSelection, type Selection, selectQuestions } from './selection.js';

interface ListOptions extends Selection {
  readonly requests?: boolean;
  readonly mistakes?: boolean;
  readonly json?: boolean;
}

/** `pathsec conformance list`: what `conformance run` would ask, and which mistakes it can name. */
export function define(command: Command, { io }: Context): void {
  addSelection(command)
    .option('--requests', 'the requests, as a program under test gets them')
    .option('--mistakes', 'the known mistakes')
    .option('-j, --json', 'JSON Lines: one object per case or mistake')
    .action(async ({ json = false, mistakes, requests, ...selection }: ListOptions) => {
      if (mistakes && requests) throw new CliError('either --requests or --mistakes');
      if (mistakes && (selection.only || selection.skip))
        throw new CliError('--mistakes are not of single cases');
      const { files, questions } = selectQuestions(selection);
      const lines = requests
        ? questions.map(({ request }) => JSON.stringify(request))
        : mistakes
          ? mistakeLines(files, json)
          : caseLines(questions, json);
      for (const line of lines) await io.stdout.write(`${line}\n`);
    });
}

function caseLines(questions: readonly Question[], json: boolean): string[] {
  if (json) {
    return questions.map(({ suite, vector: { flags, id, sections, title } }) =>
      JSON.stringify({ id, suite, title, sections, flags }),
    );
  }
  const rows = questions.map(({ vector: { flags, id, title } }) => [id, flags.join(','), title]);
  return formatTable([{ head: 'case' }, { head: 'flags' }, { head: 'title' }], rows);
}

function mistakeLines(files: readonly VectorFile[], json: boolean): string[] {
  const rows = new Map<string, readonly [suite: string, id: string, text: string, seenIn: string | null]>();
  for (const { notes, suite } of files) {
    for (const [id, { kind, seenIn = null, text }] of Object.entries(notes)) {
      if (kind === 'mistake') rows.set(`${suite} ${id}`, [suite, id, text, seenIn]);
    }
  }
  const all = [...rows.values()];
  if (json) return all.map(([suite, id, text, seenIn]) => JSON.stringify({ suite, id, text, seenIn }));
  return formatTable(
    [{ head: 'suite' }, { head: 'id' }, { head: 'an implementation that' }, { head: 'known from' }],
    all.map(([suite, id, text, seenIn]) => [suite, id, text, seenIn ?? '-']),
  );
}
