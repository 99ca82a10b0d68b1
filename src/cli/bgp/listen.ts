import type { Command } from 'commander';
import type { Context } from '../shared/command.js';
import { inFile, MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { type BgpConfig, peerOf, readConfig, routerIdOf } from './config.js';
import { addSessionOptions, peerWords, type SessionWords } from './session-options.js';
import { speak } from './speak.js';
import { addWhereOptions, listenOf, type Where } from './where.js';

interface ListenOptions extends SessionWords, Where {
  readonly config?: string;
}

const DEFAULT = { host: '127.0.0.1', port: 1790 };

/** `pathsec bgp listen`: waits for BGP peers and prints what they announce, with verdicts. */
export function define(command: Command, { io }: Context): void {
  addWhereOptions(addSessionOptions(command), DEFAULT)
    .option('--config <file>', 'several peers, JSON (docs/cli.md)')
    .action(async (options: ListenOptions) => speak(await configOf(options, io), options, io));
}

async function configOf(options: ListenOptions, io: Io): Promise<BgpConfig> {
  const { config, localAs } = options;
  if (config === undefined) {
    if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN, or --config FILE');
    const peer = peerOf(localAs, routerIdOf(options.routerId, localAs), peerWords(options));
    return { peers: [peer], listen: listenOf(options, DEFAULT) ?? DEFAULT };
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
  const where = listenOf({ listen, address, port }, DEFAULT) ?? found.listen;
  const waits = found.peers.some((peer) => peer.port === undefined);
  return { peers: found.peers, ...((where || waits) && { listen: where ?? DEFAULT }) };
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
