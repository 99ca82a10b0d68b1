import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DecodeError, printable } from '../bytes/index.js';
import { COMMANDS, type CommandName, GROUPS } from './commands.js';
import { packageVersion } from './package-version.js';
import { CliError, ClosedPipe, EXIT, type Io } from './shared/io.js';
import { printedIo } from './shared/printed-io.js';

/**
 * Runs the program with the given arguments (without interpreter and script) and returns its exit code: 0 done or
 * valid, 1 invalid, 2 usage or bad input, 3 unknown or not-found. Never throws.
 */
export async function main(argv: readonly string[], outside: Io): Promise<number> {
  const io = printedIo(outside);
  let code: number = EXIT.done;
  const written: Promise<void>[] = [];
  try {
    const program = await buildProgram(argv, { ...io }, written, (value) => {
      code = value;
    });
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (!(error instanceof ClosedPipe)) {
      code = EXIT.usage;
      for (const line of describe(error)) written.push(io.stderr.write(`${line}\n`));
    }
  }
  await Promise.allSettled(written);
  return code;
}

async function buildProgram(
  argv: readonly string[],
  io: Io,
  written: Promise<void>[],
  exit: (code: number) => void,
): Promise<Command> {
  const program = new Command('pathsec');
  // Commander copies these settings into the commands that are added below.
  program
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void written.push(io.stdout.write(text)),
      writeErr: (text) => {
        for (const line of text.split(/(?<=\n)/)) written.push(io.stderr.write(line));
      },
      outputError: (text, write) => write(usageError(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .description('BGP path validation: ASPA, route origin validation, BGPsec')
    .version(packageVersion(), '-V, --version');
  const groups = new Map<string, Command>();
  // Of two names that fit the longer one is called: `audit merge` is no audit of a file of that name.
  const fits = COMMANDS.filter(({ name }) => name.split(' ').every((word, i) => argv[i] === word));
  const called = fits.sort((a, b) => b.name.length - a.name.length)[0]?.name;
  const helping = argv.includes('--help') || argv.includes('-h');
  for (const { name, summary, load, seeded } of COMMANDS) {
    const [first = '', second] = name.split(' ');
    if (second !== undefined && called === first && !helping) continue; // its files may have such names
    let parent = program;
    if (second !== undefined) {
      parent = groups.get(first) ?? program.command(first).description(GROUPS[first] ?? '');
      groups.set(first, parent);
    }
    const command = parent.command(second ?? first).description(summary);
    if (second === undefined) groups.set(first, command);
    if (name === called) {
      if (seeded) addSeedOption(command, io);
      (await load()).define(command, { io, exit });
      if (helping) await addHelpTo(command, name);
      else requireAfterUnknown(command);
    } else command.allowUnknownOption().allowExcessArguments();
  }
  return program;
}

/**
 * Looks for required options after unknown ones: one that is missing may be there misspelt, and then that is what to tell.
 */
function requireAfterUnknown(command: Command): void {
  const required = command.options.filter(({ mandatory }) => mandatory);
  for (const option of required) option.mandatory = false;
  command.hook('preAction', () => {
    const missing = required.find((option) => command.getOptionValue(option.attributeName()) === undefined);
    if (missing) command.error(`error: required option '${missing.flags}' not specified`);
  });
}

/** The rest of the help, loaded when it is asked for. */
async function addHelpTo(command: Command, name: CommandName): Promise<void> {
  const { addHelp, HELP } = await import('./help.js');
  addHelp(command, HELP[name]);
}

/** Declares `--seed`, which fixes what is random otherwise. */
function addSeedOption(command: Command, io: Io): void {
  const help = 'seed of the tables, random when absent; no output depends on it';
  command.addOption(
    new Option('--seed <number>', help).argParser((text) => {
      if (!/^[0-9]{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number of at most 15 digits.');
      io.seed = Number(text);
      return io.seed;
    }),
  );
}

/**
 * A complaint of commander in one line, with what it proposes, and the code of unknown names. Line feeds before its proposal
 * are those of an argument, which stands in quotation marks and so never at the end.
 */
function usageError(text: string): string {
  const [end = '', meant] = /\n(?:\(Did you mean ([^\n]*)\?\)\n)?$/.exec(text) ?? [];
  const said = printable(text.slice(0, text.length - end.length));
  const code = text.startsWith("error: unknown option '") ? ' (unknown-member)' : '';
  return `${said}${meant === undefined ? '' : `; did you mean ${meant}?`}${code}\n`;
}

/** One line for a person. Faults of the program itself show their stack, so that they can be reported. */
function describe(error: unknown): string[] {
  if (!(error instanceof Error)) return [`pathsec: ${String(error)}`];
  const { message, stack } = error;
  const foreseen = error instanceof CliError || error instanceof DecodeError;
  if (foreseen || ('code' in error && typeof error.code === 'string') || stack === undefined) {
    return [`pathsec: ${message}`];
  }
  return `pathsec: ${stack.replace(message, () => printable(message))}`.split('\n');
}
