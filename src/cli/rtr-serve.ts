import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { formatEndpoint } from '../node/rtr-connect.js';
import { listenRtr, type RtrServerEvent } from '../node/rtr-listen.js';
import { customersOverLimit } from '../payload/index.js';
import { readPayloads } from '../rpki/payloads.js';
import {
  type AspaLayout,
  createRtrCache,
  createScriptPlayer,
  DEFAULT_TIMING,
  FAULTS,
  parseScript,
  type RtrVersion,
} from '../rtr/index.js';
import type { Context } from './command.js';
import { parseEndpoint } from './endpoint.js';
import { readText } from './input.js';
import { CliError } from './io.js';
import { collect } from './parse-options.js';
import { overLimitText } from './provider-limit.js';
import { followSources } from './rtr-sources.js';
import { parseNumberOption } from './rtr-target.js';
import { untilStopped } from './rtr-until.js';

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
  readonly for?: number;
  readonly quiet?: boolean;
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
    .option('--cert <file>', 'TLS: certificate, PEM')
    .option('--key <file>', 'TLS: its key, PEM')
    .option('--ca <file>', 'TLS: routers must show a certificate of these, PEM')
    .option('--for <seconds>', 'end after so many seconds', number)
    .option('-q, --quiet', 'no notes on stderr')
    .option('--list-faults', 'list the faults that a script can name, and end')
    .action(async (sources: string[], options: ServeOptions) => {
      if (options.listFaults) {
        const lines = FAULTS.map(({ name, section, what }) => `${name.padEnd(32)}${what} (§${section})\n`);
        await io.stdout.write(lines.join(''));
        return;
      }
      const address = parseEndpoint(options.listen);
      if (!address) throw new CliError(`--listen ${options.listen} is not HOST:PORT`);
      if (sources.length === 0 && options.script === undefined) {
        throw new CliError('nothing to serve: name files, a cache or a --script');
      }
      const { refresh, retry, expire, serial, aspaLayout } = options;
      const cache = createRtrCache({
        sessionId: options.session ?? randomInt(0x10000),
        serial,
        aspaLayout,
        timing: { refresh, retry, expire },
      });
      const note = (text: string): void => {
        if (!options.quiet) io.stderr.write(`${text}\n`).catch(() => {});
      };
      const steps = options.script === undefined ? [] : await loadScript(options.script, io);
      const follower = await followSources(sources, options.slurm ?? [], cache, io, note);
      const until = untilStopped(options.for);
      const { cert, key, ca } = options;
      const server = await listenRtr(cache, {
        host: address.host,
        port: address.port,
        highestVersion: Number(options.rtrVersion) as RtrVersion,
        notifySeconds: options.notifyInterval,
        ...(cert === undefined || key === undefined
          ? {}
          : {
              tls: {
                cert: readFileSync(cert),
                key: readFileSync(key),
                ...(ca === undefined
                  ? {}
                  : { ca: readFileSync(ca), requestCert: true, rejectUnauthorized: true }),
              },
            }),
        onEvent: (session, event) => note(`router ${session}: ${describeServerEvent(event)}`),
      });
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseScript(value, (payloads) => {
    const read = readPayloads(JSON.stringify(payloads), { strict: true });
    const [over] = customersOverLimit(read.aspas);
    if (over) throw new CliError(`${file}: ${overLimitText(over)}`);
    return read;
  });
}

function describeServerEvent(event: RtrServerEvent): string {
  switch (event.kind) {
    case 'version':
      return `version ${event.version}`;
    case 'query':
      return event.query === 'reset' ? 'asks for everything' : `asks for changes since ${event.serial}`;
    case 'error-sent':
      return `is sent error ${event.errorCode}: ${event.text}`;
    case 'error-received':
      return `reports error ${event.errorCode}: ${JSON.stringify(event.text)}`;
    case 'connected':
      return 'connected';
    case 'closed':
      return 'gone';
  }
}
