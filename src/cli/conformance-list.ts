import type { Command } from 'commander';
import { questionsOf, SUITES, type Suite, type VectorFile } from '../conformance/index.js';
import { readVectorFiles } from '../node/vector-files.js';
import type { Context } from './command.js';
import { parseSuiteOption } from './conformance-suite.js';
import { CliError } from './io.js';
import { formatTable } from './text-table.js';

interface ListOptions {
  readonly suite?: Suite;
  readonly requests?: boolean;
  readonly mistakes?: boolean;
}

/** `pathsec conformance list`: what `conformance run` would ask, and which mistakes it can name. */
export function define(command: Command, { io }: Context): void {
  command
    .option('--suite <name>', `one of ${SUITES.join(', ')}`, parseSuiteOption)
    .option('--requests', 'the requests, as a program under test gets them')
    .option('--mistakes', 'the known mistakes')
    .action(async ({ mistakes, requests, suite }: ListOptions) => {
      if (mistakes && requests) throw new CliError('either --requests or --mistakes');
      const files = readVectorFiles(suite === undefined ? undefined : [suite]);
      for (const line of requests ? requestLines(files) : mistakes ? mistakeLines(files) : caseLines(files)) {
        await io.stdout.write(`${line}\n`);
      }
    });
}

function requestLines(files: readonly VectorFile[]): string[] {
  return questionsOf(files).map(({ request }) => JSON.stringify(request));
}

function caseLines(files: readonly VectorFile[]): string[] {
  const rows = questionsOf(files).map(({ vector: { flags, id, title } }) => [id, flags.join(','), title]);
  return formatTable([{ head: 'case' }, { head: 'flags' }, { head: 'title' }], rows);
}

function mistakeLines(files: readonly VectorFile[]): string[] {
  const rows = new Map<string, string[]>();
  for (const { notes, suite } of files) {
    for (const [id, { kind, seenIn = '-', text }] of Object.entries(notes)) {
      if (kind === 'mistake') rows.set(`${suite} ${id}`, [suite, id, text, seenIn]);
    }
  }
  return formatTable(
    [{ head: 'suite' }, { head: 'id' }, { head: 'an implementation that' }, { head: 'known from' }],
    [...rows.values()],
  );
}
