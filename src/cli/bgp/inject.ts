import { type Command, InvalidArgumentError } from 'commander';
import type { Asn } from '../../inet/index.js';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { checkStdin } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { collect, parseNumberOption } from '../shared/parse-options.js';
import { peerOf, routerIdOf } from './config.js';
import { routesFeed } from './inject-routes.js';
import { injectInto } from './inject-session.js';
import { readNextHops } from './inject-target.js';
import { addOpenOptions, type OpenWords } from './session-options.js';

interface InjectOptions extends OpenWords {
  readonly localAddress?: string;
  readonly routes?: readonly string[];
  readonly asReceived?: boolean;
  readonly nextHop?: readonly string[];
  readonly rate?: number;
  readonly strict?: boolean;
  readonly for?: number;
  readonly json?: boolean;
  readonly text?: boolean;
}

/** `pathsec bgp inject`: announces routes to a peer and holds the session until it is told to stop. */
export function define(command: Command, { io, exit }: Context): void {
  addOpenOptions(command)
    .argument('<peer>', 'HOST:PORT of the peer')
    .option('--local-address <address>', 'the address to connect from')
    .option('--routes <files...>', 'MRT, BMP or text, also packed; - is stdin')
    .option('--prepend', 'the own AS in front of the path, for external peers: the default')
    .option('--as-received', 'the path as it stands, and the OTC attribute too')
    .option('--next-hop <address>', 'of IPv4 or IPv6; repeat; default: the own address', collect)
    .option('--rate <number>', 'UPDATEs a second; default: as fast as the peer takes them', parseRate)
    .option('--strict', 'any fault in the routes is exit code 2')
    .option('--for <seconds>', 'end after so many seconds', parseNumberOption)
    .option('-j, --json', 'one JSON object a line: the default where stdout is no terminal')
    .option('--text', 'text for people, also where stdout is no terminal')
    .action(async (peer: string, options: InjectOptions & { readonly prepend?: boolean }) => {
      if (options.prepend && options.asReceived) throw new CliError('--prepend or --as-received, not both');
      const { routes = [], asReceived = false, strict = false, rate, json, text } = options;
      if (routes.length === 0) throw new CliError('which routes? give --routes FILE');
      checkStdin(...routes);
      const words = {
        ...{ peer: peerFor(peer, requireLocalAs(options), options), hops: readNextHops(options.nextHop) },
        ...{ rate, for: options.for, json, text },
        lacks: () => undefined,
      };
      exit(await injectInto(words, routesFeed({ files: routes, asReceived, strict }, io), io));
    });
}

function requireLocalAs({ localAs }: OpenWords): Asn {
  if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN');
  return localAs;
}

/** The peer to connect to. It is offered no route refresh: what has gone out is not kept. */
function peerFor(text: string, localAs: Asn, options: InjectOptions) {
  const endpoint = parseEndpoint(text);
  if (!endpoint) throw new CliError(`${text} is not HOST:PORT`);
  const { peerAs, role, strictRole, families, hold, localAddress, routerId } = options;
  const { host: address, port } = endpoint;
  const words = { as: peerAs, localRole: role, strictRole, families, hold, address, port, localAddress };
  const { session, ...where } = peerOf(localAs, routerIdOf(routerId, localAs), words);
  return { ...where, session: { ...session, routeRefresh: false } };
}

function parseRate(text: string): number {
  const rate = parseNumberOption(text);
  if (rate > 0) return rate;
  throw new InvalidArgumentError('A number above 0.');
}
