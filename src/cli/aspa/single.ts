import { type Command, Option } from 'commander';
import {
  type AspaOutcome,
  type AspaRevision,
  type AsraAlgorithm,
  CURRENT_REVISION,
  createAsraTable,
  createRevisionTables,
  type EgressMode,
  type RevisionOutcome,
} from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';
import { takeBare } from '../shared/bare-option.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { inOptions } from '../shared/option-words.js';
import { parseAsnOption, parseProcedureOption, parseRoleOption } from '../shared/parse-options.js';
import { loadPayloads, noteEmpty, type PayloadOptions } from '../shared/payload-files.js';
import { type AskedPath, type PathTables, pathJudge } from './path-judge.js';

/** The options that put one question. */
export interface SingleOptions extends PayloadOptions {
  readonly neighborRole?: string;
  readonly neighborAs?: Asn;
  readonly direction?: string;
  readonly ownAs?: Asn;
  readonly egress?: EgressMode;
  readonly asra?: AsraAlgorithm;
}

/** Declares the options that put one question. */
export function addSingleOptions(command: Command): Command {
  command
    .option(
      '--neighbor-role <role>',
      'what the neighbour is to us: provider, customer, peer, rs, ...',
      parseRoleOption,
    )
    .option('--neighbor-as <asn>', 'the AS that sent the route; without it step 2 is not run', parseAsnOption)
    .option('--direction <procedure>', 'upstream or downstream, in place of a role', parseProcedureOption)
    .addOption(
      new Option(
        '--egress [mode]',
        'the path as it would be sent, own AS first, to that neighbour; --egress=augmented puts a provider or customer in front',
      ).choices(['basic', 'augmented']),
    )
    .option('--own-as <asn>', 'with --egress: the own AS, which has to lead the path', parseAsnOption)
    .addOption(
      new Option(
        '--asra <algorithm>',
        'look for fake links by ASRAs too, on paths from providers: A or B of draft-sriram-sidrops-asra-verification',
      ).choices(['A', 'B'] satisfies AsraAlgorithm[]),
    );
  return takeBare(command, '--egress', 'basic');
}

/**
 * The reader and judge of the questions of a command.
 *
 * @throws {CliError} for options that do not go together, and as `loadPayloads`.
 */
export async function loadJudge(
  options: SingleOptions,
  revision: AspaRevision,
  io: Io,
): Promise<{ readonly tables: PathTables; readonly read: (question: object) => AskedPath }> {
  const { egress, asra, ownAs } = options;
  if (ownAs !== undefined && egress === undefined) throw new CliError('--own-as goes with --egress');
  if (egress !== undefined && asra !== undefined) {
    throw new CliError('--asra is for paths that were received: it does not go with --egress');
  }
  const draft = egress === undefined ? asra && '--asra' : '--egress';
  if (draft !== undefined && revision !== CURRENT_REVISION) {
    throw new CliError(`${draft} is of revision ${CURRENT_REVISION} alone`);
  }
  const payloads = await loadPayloads(options, io);
  await noteEmpty(payloads, 'aspas', io);
  if (asra !== undefined) await noteEmpty(payloads, 'asras', io);
  const tables = {
    aspas: createRevisionTables(payloads.aspas, { seed: io.seed }),
    asras: createAsraTable(payloads.asras, { seed: io.seed }),
  };
  return { tables, read: pathJudge(tables, { revision, egress, asra }) };
}

const WORDS = {
  path: '<path>',
  direction: '--direction',
  neighborRole: '--neighbor-role',
  neighborAs: '--neighbor-as',
  ownAs: '--own-as',
};

/** The question of a command line. @throws {CliError} in its words. */
export function readSingle(
  path: string,
  options: SingleOptions,
  read: (question: object) => AskedPath,
): AskedPath {
  const { direction, neighborRole, neighborAs, ownAs } = options;
  return inOptions(WORDS, () => read({ path, direction, neighborRole, neighborAs, ownAs }));
}

/** The exit code of a single verdict. */
export function exitCodeOf(outcome: AspaOutcome | RevisionOutcome): number {
  return outcome === 'valid' ? EXIT.done : outcome === 'invalid' ? EXIT.invalid : EXIT.unknown;
}
