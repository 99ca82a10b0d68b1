import type { Command } from 'commander';
import type { Context } from '../shared/command.js';
import { CliError, type Io } from '../shared/io.js';
import { type BgpConfig, peerOf, routerIdOf } from './config.js';
import { BGP_LISTEN, readConfigFile } from './config-file.js';
import { addSessionOptions, peerWords, type SessionWords } from './session-options.js';
import { speak } from './speak.js';
import { addWhereOptions, listenOf, type Where } from './where.js';

interface ListenOptions extends SessionWords, Where {
  readonly config?: string;
}

/** `pathsec bgp listen`: waits for BGP peers and prints what they announce, with verdicts. */
export function define(command: Command, { io }: Context): void {
  addWhereOptions(addSessionOptions(command), BGP_LISTEN)
    .option('--config <file>', 'several peers, JSON (docs/cli.md)')
    .action(async (options: ListenOptions) => speak(await configOf(options, io), options, io));
}

async function configOf(options: ListenOptions, io: Io): Promise<BgpConfig> {
  const { config, localAs } = options;
  if (config === undefined) {
    if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN, or --config FILE');
    const peer = peerOf(localAs, routerIdOf(options.routerId, localAs), peerWords(options));
    return { peers: [peer], listen: listenOf(options, BGP_LISTEN) ?? BGP_LISTEN };
  }
  const {
    rpki,
    aspa,
    slurm,
    maxRoutes,
    maxRoutesTotal,
    for: _,
    metrics: ___,
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
  return readConfigFile(config, io, listenOf({ listen, address, port }, BGP_LISTEN));
}

const optionName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
