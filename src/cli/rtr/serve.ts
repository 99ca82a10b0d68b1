import { randomInt } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { listenRtr } from '../../node/rtr-listen.js';
import { customersOverLimit, type PayloadSet } from '../../payload/index.js';
import { readPayloads } from '../../rpki/payloads.js';
import {
  type AspaLayout,
  createRtrCache,
  createScriptPlayer,
  DEFAULT_TIMING,
  MISBEHAVIOURS,
  parseScript,
  type RtrVersion,
} from '../../rtr/index.js';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { followSources } from '../shared/follow-sources.js';
import { inFile, nameOf, naming, readText } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { readJsonText } from '../shared/json-text.js';
import { collect, parseNumberOption, parseSecondsOption } from '../shared/parse-options.js';
import { overLimitText } from '../shared/provider-limit.js';
import { untilStopped } from '../shared/until.js';
import { createServerNotes } from './server-notes.js';
import { serverTls } from './tls-options.js';

/** Per cent of its records that a file may lose unasked. */
const MAX_DROP = 50;

interface ServeOptions {
  readonly listen: string;
  readonly slurm?: readonly string[];
  readonly script?: string;
  readonly rtrVersion: string;
  readonly aspaLayout: AspaLayout;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly notifyInterval: number;
  readonly serial: number;
  readonly session?: number;
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly strict?: boolean;
  readonly maxDrop?: number;
  readonly now?: number;
  readonly maxSessions: number;
  readonly maxSessionsPerAddress?: number;
  readonly idle: number;
  readonly for?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly listFaults?: boolean;
}

/** `pathsec rtr serve`: a cache for routers, of files or of another cache, if wanted by a script and with faults. */
export function define(command: Command, { io }: Context): void {
  const number = parseNumberOption;
  command
    .argument('[source...]', 'payload files, or HOST:PORT of another cache; - is stdin')
    .option('--listen <address>', 'HOST:PORT to listen on; port 0 takes a free one', '127.0.0.1:8282')
    .option('--slurm <file>', 'local exceptions (RFC 8416); may be repeated', collect)
    .option('--script <file>', 'timed changes and faults, JSON')
    .addOption(new Option('--rtr-version <number>', 'highest version').choices(['0', '1', '2']).default('2'))
    .addOption(
      new Option('--aspa-layout <layout>', 'of version 2')
        .choices(['current', '8210bis-10'])
        .default('current'),
    )
    .option('--refresh <seconds>', 'interval told to routers', number, DEFAULT_TIMING.refresh)
    .option('--retry <seconds>', 'interval told to routers', number, DEFAULT_TIMING.retry)
    .option('--expire <seconds>', 'interval told to routers', number, DEFAULT_TIMING.expire)
    .option('--notify-interval <seconds>', 'least time between notifies; below 60 is for labs', number, 60)
    .option('--serial <number>', 'first serial', number, 0)
    .option('--session <number>', 'session ID; random by default', number)
    .option(
      '--now <seconds>',
      'payloads of files that have expired at this time are not served; the clock when absent',
      parseSecondsOption,
    )
    .option('--cert <file>', 'TLS: certificate, PEM')
    .option('--key <file>', 'TLS: its key, PEM')
    .option('--ca <file>', 'TLS: routers must show a certificate of these, PEM')
    .option('--strict', 'a payload file with a faulty record is not taken')
    .option(
      '--max-drop <percent>',
      'believe a file that loses more of its records (of one kind, from 100 up; or all) only when a second reading ' +
        `says the same, or on SIGHUP; 100 believes everything; not with --script (default: ${MAX_DROP})`,
      parsePercentOption,
    )
    .option('--max-sessions <number>', 'connections at once', parseCountOption, 4096)
    .option('--max-sessions-per-address <number>', 'connections at once from one address', parseCountOption)
    .option('--idle <seconds>', 'time for a connection to send its first query', parseIdleOption, 60)
    .option('--for <seconds>', 'end after so many seconds', number)
    .option('-q, --quiet', 'no notes')
    .option(
      '-j, --json',
      'notes on stdout instead of stderr, one JSON object a line; the faults of --list-faults too',
    )
    .option('--list-faults', 'list the faults that a script can name, and end')
    .action(async (sources: string[], options: ServeOptions) => {
      if (options.listFaults) {
        const lines = MISBEHAVIOURS.map(({ name, section, what }) =>
          options.json
            ? `${JSON.stringify({ name, section, what })}\n`
            : `${name.padEnd(32)}${what} (§${section})\n`,
        );
        await io.stdout.write(lines.join(''));
        return;
      }
      const address = parseEndpoint(options.listen);
      if (!address) throw new CliError(`--listen ${options.listen} is not HOST:PORT`);
      if (sources.length === 0 && options.script === undefined) {
        throw new CliError('nothing to serve: name files, a cache or a --script');
      }
      if (options.script !== undefined && options.maxDrop !== undefined) {
        throw new CliError('--max-drop does not go with --script: a script drops what it wants');
      }
      const tls = await serverTls(options, io);
      const { refresh, retry, expire, serial, aspaLayout } = options;
      const cache = createRtrCache({
        seed: io.seed,
        sessionId: options.session ?? randomInt(0x10000),
        serial,
        aspaLayout,
        timing: { refresh, retry, expire },
      });
      const notes = createServerNotes(io, options.quiet ? 'none' : options.json ? 'json' : 'text');
      const { note } = notes;
      if (options.session !== undefined) note(fixedSessionText(options.session));
      const steps = options.script === undefined ? [] : await loadScript(options.script, io);
      const follower = await followSources(sources, options.slurm ?? [], cache, io, note, {
        strict: options.strict === true,
        maxDrop: options.script === undefined ? (options.maxDrop ?? MAX_DROP) : 100,
        now: () => options.now ?? io.now(),
      });
      const listening = listenRtr(cache, {
        host: address.host,
        port: address.port,
        highestVersion: Number(options.rtrVersion) as RtrVersion,
        notifySeconds: options.notifyInterval,
        maxSessions: options.maxSessions,
        ...(options.maxSessionsPerAddress === undefined
          ? {}
          : { maxSessionsPerAddress: options.maxSessionsPerAddress }),
        idleSeconds: options.idle,
        ...(tls === undefined ? {} : { tls }),
        onEvent: notes.event,
      });
      const server = await naming(`--listen ${options.listen}`, () => listening).catch((error: unknown) => {
        follower.close();
        throw error;
      });
      const until = untilStopped(options.for); // keeps the process up, so not before all that can be refused
      note(`serving on ${formatEndpoint({ host: address.host, port: server.port })}`);
      follower.onChange(() => server.notify());
      const player = createScriptPlayer(steps, cache);
      const start = performance.now() / 1000;
      const elapsed = (): number => performance.now() / 1000 - start;
      let timer: NodeJS.Timeout | undefined;
      const play = (): void => {
        for (const { step, notify, fault } of player.tick(elapsed())) {
          note(
            `script: at ${step.at} s ${step.action}${fault ? ` ${fault.name}` : ''}, serial ${cache.serial}`,
          );
          if (notify) server.notify();
          if (fault) server.inject(fault);
        }
        const wait = player.nextWake() - elapsed();
        if (wait !== Number.POSITIVE_INFINITY) timer = setTimeout(play, Math.ceil(1000 * Math.max(wait, 0)));
      };
      play();
      await until.done;
      clearTimeout(timer);
      follower.close();
      await server.close();
    });
}

async function loadScript(file: string, io: Context['io']): Promise<ReturnType<typeof parseScript>> {
  const text = await readText(file, io);
  const value = readJsonText(file, text, '{"steps": [...]}');
  const payloadsOf = (payloads: unknown): PayloadSet => {
    const read = readPayloads(JSON.stringify(payloads), { strict: true, seed: io.seed });
    const [over] = customersOverLimit(read.aspas);
    if (over) throw new CliError(`${nameOf(file)}: ${overLimitText(over)}`);
    return read;
  };
  return inFile(file, () => parseScript(value, payloadsOf));
}

/** What a session ID that every run has does to routers (docs/decisions/rtr.md D-rtr-fixed-session). */
function fixedSessionText(session: number): string {
  return (
    `warning: --session ${session}: a router that holds other data of an earlier run under this session is told of no ` +
    'difference; give a --serial above the last one, or leave --session out'
  );
}

function parseCountOption(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidArgumentError('A whole number, 1 or more.');
  return Number(text);
}

function parseIdleOption(text: string): number {
  const value = parseNumberOption(text);
  if (value === 0 || value > 86_400) throw new InvalidArgumentError('Seconds, above 0 and up to 86400.');
  return value;
}

function parsePercentOption(text: string): number {
  const value = parseNumberOption(text);
  if (value > 100) throw new InvalidArgumentError('A number from 0 to 100.');
  return value;
}
