import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { inFile, MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { type BgpConfig, peerOf, readConfig, routerIdOf } from './config.js';
import { addSessionOptions, peerWords, type SessionWords } from './session-options.js';
import { speak } from './speak.js';

interface ListenOptions extends SessionWords {
  readonly address?: string;
  readonly port?: number;
  readonly listen?: string;
  readonly config?: string;
}

const DEFAULT = { host: '127.0.0.1', port: 1790 };

/** `pathsec bgp listen`: waits for BGP peers and prints what they announce, with verdicts. */
export function define(command: Command, { io }: Context): void {
  addSessionOptions(command)
    .option(
      '--listen <address>',
      `HOST:PORT to listen on; port 0 takes a free one (default: ${DEFAULT.host}:${DEFAULT.port})`,
    )
    .option('--address <address>', 'the HOST of --listen alone')
    .option('--port <number>', 'the PORT of --listen alone', parsePort)
    .option('--config <file>', 'several peers, JSON (docs/cli.md)')
    .action(async (options: ListenOptions) => speak(await configOf(options, io), options, io));
}

async function configOf(options: ListenOptions, io: Io): Promise<BgpConfig> {
  const { config, localAs } = options;
  if (config === undefined) {
    if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN, or --config FILE');
    const peer = peerOf(localAs, routerIdOf(options.routerId, localAs), peerWords(options));
    return { peers: [peer], listen: listenOf(options) ?? DEFAULT };
  }
  const {
    rpki,
    aspa,
    slurm,
    maxRoutes,
    for: _,
    json,
    text,
    config: __,
    listen,
    address,
    port,
    ...others
  } = options;
  const [beside] = Object.keys(others).filter((name) => name !== 'seed');
  if (beside !== undefined)
    throw new CliError(`${optionName(beside)} does not go with --config: the file says it`);
  const read = await readText(config, io, MAX_HAND_WRITTEN);
  const value = inJson(config, read);
  const found = inFile(config, () => readConfig(value));
  const where = listenOf({ listen, address, port }) ?? found.listen;
  const waits = found.peers.some((peer) => peer.port === undefined);
  return { peers: found.peers, ...((where || waits) && { listen: where ?? DEFAULT }) };
}

type Where = { readonly [Name in 'listen' | 'address']?: string | undefined } & {
  readonly port?: number | undefined;
};

function listenOf({ listen, address, port }: Where): BgpConfig['listen'] {
  if (listen === undefined) {
    if (address === undefined && port === undefined) return undefined;
    return { host: address ?? DEFAULT.host, port: port ?? DEFAULT.port };
  }
  if (address !== undefined || port !== undefined)
    throw new CliError('--listen, or --address and --port, not both');
  const endpoint = parseEndpoint(listen);
  if (!endpoint) throw new CliError(`--listen ${listen} is not HOST:PORT`);
  return { host: endpoint.host, port: endpoint.port };
}

function inJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(`${nameOf(file)}: not JSON; expected {"localAs": …, "peers": […]}`);
  }
}

const optionName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port: 0 to 65535.');
}
