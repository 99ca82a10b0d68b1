import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { DecodeError } from '../bytes/index.js';
import type { CommandEntry } from './command.js';
import { CliError, ClosedPipe, EXIT, type Io } from './io.js';

/** Every command, one line each; its module is loaded when it is called. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'audit',
    summary: 'judge the routes of MRT dumps by ROV and ASPA',
    load: () => import('./audit.js'),
  },
  {
    name: 'aspa verify',
    summary: 'verify AS_PATHs, one or a stream',
    load: () => import('./aspa-verify.js'),
  },
  {
    name: 'aspa explain',
    summary: 'draw why a path gets its verdict',
    load: () => import('./aspa-explain.js'),
  },
  {
    name: 'aspa compare',
    summary: 'where two draft revisions differ',
    load: () => import('./aspa-compare.js'),
  },
  {
    name: 'rov validate',
    summary: 'validate route origins, one or many',
    load: () => import('./rov-validate.js'),
  },
  {
    name: 'rpki convert',
    summary: 'write payload files in other formats',
    load: () => import('./rpki-convert.js'),
  },
  {
    name: 'rpki show',
    summary: 'decode, inspect and verify RPKI objects',
    load: () => import('./rpki-show.js'),
  },
  {
    name: 'rpki lab',
    summary: 'make a test hierarchy of signed objects',
    load: () => import('./rpki-lab.js'),
  },
  {
    name: 'bgpsec verify',
    summary: 'verify a signed UPDATE, one or a stream',
    load: () => import('./bgpsec-verify.js'),
  },
  {
    name: 'bgpsec decode',
    summary: 'any BGP message as an annotated tree',
    load: () => import('./bgpsec-decode.js'),
  },
  {
    name: 'bgpsec negotiate',
    summary: 'what two OPENs agree on',
    load: () => import('./bgpsec-negotiate.js'),
  },
  { name: 'bgpsec keygen', summary: 'a new router key', load: () => import('./bgpsec-keygen.js') },
  {
    name: 'bgpsec csr',
    summary: 'request a router certificate, or check a request',
    load: () => import('./bgpsec-csr.js'),
  },
  {
    name: 'bgpsec cert',
    summary: 'check router certificates item by item',
    load: () => import('./bgpsec-cert.js'),
  },
  { name: 'bgpsec sign', summary: 'originate a signed route', load: () => import('./bgpsec-sign.js') },
  {
    name: 'bgpsec forward',
    summary: 'forward a signed route to a neighbour',
    load: () => import('./bgpsec-forward.js'),
  },
  {
    name: 'rtr dump',
    summary: 'everything an RTR cache has',
    load: () => import('./rtr-dump.js'),
  },
  {
    name: 'rtr watch',
    summary: 'live changes of RTR caches',
    load: () => import('./rtr-watch.js'),
  },
  {
    name: 'rtr diff',
    summary: 'what two RTR caches, or a cache and a file, do not share',
    load: () => import('./rtr-diff.js'),
  },
  {
    name: 'rtr serve',
    summary: 'serve payloads to routers, by a script and with faults if wanted',
    load: () => import('./rtr-serve.js'),
  },
  {
    name: 'conformance run',
    summary: 'test any program against the vectors',
    load: () => import('./conformance-run.js'),
  },
  {
    name: 'conformance list',
    summary: 'the cases of the vectors',
    load: () => import('./conformance-list.js'),
  },
  {
    name: 'conformance answer',
    summary: 'answer the cases, as a program under test does',
    load: () => import('./conformance-answer.js'),
  },
];

const GROUPS: Readonly<Record<string, string>> = {
  aspa: 'AS_PATH verification with ASPA',
  rov: 'route origin validation (RFC 6811)',
  bgpsec: 'signed paths (RFC 8205)',
  rpki: 'RPKI payloads and objects',
  rtr: 'RPKI-to-Router protocol, as router and as cache',
  conformance: 'test other implementations',
};

/**
 * Runs the program with the given arguments (without interpreter and script) and returns its exit code: 0 done or
 * valid, 1 invalid, 2 usage or bad input, 3 unknown or not-found. Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const written: Promise<void>[] = [];
  try {
    const program = await buildProgram(argv, io, written, (value) => {
      code = value;
    });
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (!(error instanceof ClosedPipe)) {
      code = EXIT.usage;
      written.push(io.stderr.write(`pathsec: ${describe(error)}\n`));
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
      writeErr: (text) => void written.push(io.stderr.write(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .description('BGP path validation: ASPA, route origin validation, BGPsec')
    .version(version(), '-V, --version');
  const groups = new Map<string, Command>();
  for (const { name, summary, load } of COMMANDS) {
    const [first = '', second] = name.split(' ');
    let parent = program;
    if (second !== undefined) {
      parent = groups.get(first) ?? program.command(first).description(GROUPS[first] ?? '');
      groups.set(first, parent);
    }
    const command = parent.command(second ?? first).description(summary);
    const called = argv[0] === first && (second === undefined || argv[1] === second);
    if (called) (await load()).define(command, { io, exit });
    else command.allowUnknownOption().allowExcessArguments();
  }
  return program;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version: number } = JSON.parse(text) as { version: string };
  return number;
}

/** One line for a person. Faults of the program itself show their stack, so that they can be reported. */
function describe(error: unknown): string {
  if (error instanceof CliError || error instanceof DecodeError) return error.message;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
