import type { Command } from 'commander';
import type { Asn } from '../../inet/index.js';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { CliError } from '../shared/io.js';
import { peerOf, routerIdOf } from './config.js';
import { addSessionOptions, peerWords, type SessionWords } from './session-options.js';
import { speak } from './speak.js';

interface ConnectOptions extends SessionWords {
  readonly localAs?: Asn;
  readonly localAddress?: string;
}

/** `pathsec bgp connect`: connects to a BGP peer and prints what it announces, with verdicts. */
export function define(command: Command, { io }: Context): void {
  addSessionOptions(command)
    .argument('<peer>', 'HOST:PORT of the peer')
    .option('--local-address <address>', 'the address to connect from')
    .action(async (peer: string, options: ConnectOptions) => {
      const endpoint = parseEndpoint(peer);
      if (!endpoint) throw new CliError(`${peer} is not HOST:PORT`);
      const { localAs, localAddress } = options;
      if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN');
      const { host: address, port } = endpoint;
      const words = { ...peerWords(options), address, port, localAddress };
      await speak({ peers: [peerOf(localAs, routerIdOf(options.routerId, localAs), words)] }, options, io);
    });
}
