import type { Command } from 'commander';
import { type AspaOutcome, type AspaTable, createAspaTable, type RevisionOutcome } from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';
import { type PathQuestion, readPathQuestion } from '../../questions/index.js';
import { EXIT, type Io } from '../shared/io.js';
import { inOptions } from '../shared/option-words.js';
import { parseAsnOption, parseProcedureOption, parseRoleOption } from '../shared/parse-options.js';
import { loadPayloads, noteEmpty, type PayloadOptions } from '../shared/payload-files.js';

/** The options that put one question. */
export interface SingleOptions extends PayloadOptions {
  readonly neighborRole?: string;
  readonly neighborAs?: Asn;
  readonly direction?: string;
}

/** Declares the options that put one question. */
export function addSingleOptions(command: Command): Command {
  return command
    .option(
      '--neighbor-role <role>',
      'what the neighbour is to us: provider, customer, peer, rs, ...',
      parseRoleOption,
    )
    .option('--neighbor-as <asn>', 'the AS that sent the route; without it step 2 is not run', parseAsnOption)
    .option('--direction <procedure>', 'upstream or downstream, in place of a role', parseProcedureOption);
}

const WORDS = {
  path: '<path>',
  direction: '--direction',
  neighborRole: '--neighbor-role',
  neighborAs: '--neighbor-as',
};

/** The question of a command line. @throws {CliError} in its words. */
export function readSingle(path: string, options: SingleOptions): PathQuestion {
  const { direction, neighborRole, neighborAs } = options;
  return inOptions(WORDS, () => readPathQuestion({ path, direction, neighborRole, neighborAs }));
}

/** The question of a command line, and the table to put it to. */
export async function loadSingle(
  path: string,
  options: SingleOptions,
  io: Io,
): Promise<{ readonly table: AspaTable; readonly request: PathQuestion }> {
  const request = readSingle(path, options);
  const payloads = await loadPayloads(options, io);
  await noteEmpty(payloads, 'aspas', io);
  return { table: createAspaTable(payloads.aspas, { seed: io.seed }), request };
}

/** The exit code of a single verdict. */
export function exitCodeOf(outcome: AspaOutcome | RevisionOutcome): number {
  return outcome === 'valid' ? EXIT.done : outcome === 'invalid' ? EXIT.invalid : EXIT.unknown;
}
