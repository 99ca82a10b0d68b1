import { type Command, Option } from 'commander';
import type { AspaOutcome, EgressMode, RevisionOutcome } from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';
import { takeBare } from '../shared/bare-option.js';
import { CliError, EXIT } from '../shared/io.js';
import { inOptions } from '../shared/option-words.js';
import { parseAsnOption, parseProcedureOption, parseRoleOption } from '../shared/parse-options.js';
import type { PayloadOptions } from '../shared/payload-files.js';
import type { AskedPath } from './path-judge.js';

/** The options that put one question. */
export interface SingleOptions extends PayloadOptions {
  readonly neighborRole?: string;
  readonly neighborAs?: Asn;
  readonly direction?: string;
  readonly ownAs?: Asn;
  readonly egress?: EgressMode;
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
    .option('--own-as <asn>', 'with --egress: the own AS, which has to lead the path', parseAsnOption);
  return takeBare(command, '--egress', 'basic');
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
  const { direction, neighborRole, neighborAs, ownAs, egress } = options;
  if (ownAs !== undefined && egress === undefined) throw new CliError('--own-as goes with --egress');
  return inOptions(WORDS, () => read({ path, direction, neighborRole, neighborAs, ownAs }));
}

/** The exit code of a single verdict. */
export function exitCodeOf(outcome: AspaOutcome | RevisionOutcome): number {
  return outcome === 'valid' ? EXIT.done : outcome === 'invalid' ? EXIT.invalid : EXIT.unknown;
}
