import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Asn } from '../../inet/index.js';
import { checkStdin } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { collect, parseNumberOption } from '../shared/parse-options.js';
import { FORMATS, type MessageFormat } from './inject-file.js';
import { MOST_MADE } from './inject-made.js';
import { addOpenOptions, type OpenWords, parseCount } from './session-options.js';

/** The options of `bgp inject`. */
export interface InjectOptions extends OpenWords {
  readonly localAddress?: string;
  readonly routes?: readonly string[];
  readonly prepend?: boolean;
  readonly asReceived?: boolean;
  readonly nextHop?: readonly string[];
  readonly sign?: string;
  readonly generateKeys?: boolean;
  readonly keysOut?: string;
  readonly jobs?: number;
  readonly count?: number;
  readonly hops?: number;
  readonly seed?: number;
  readonly play?: string;
  readonly write?: string;
  readonly format?: MessageFormat;
  readonly rate?: number;
  readonly strict?: boolean;
  readonly for?: number;
  readonly json?: boolean;
  readonly text?: boolean;
}

/** Declares them. */
export function addInjectOptions(command: Command, io: Io): Command {
  return addOpenOptions(command)
    .argument('[peer]', 'HOST:PORT of the peer; none with --write')
    .option('--local-address <address>', 'the address to connect from')
    .option('--routes <files...>', 'MRT, BMP or text, also packed; - is stdin')
    .option('--prepend', 'the own AS in front of the path, for external peers: the default')
    .option('--as-received', 'the path as it stands, and the OTC attribute too')
    .option('--next-hop <address>', 'of IPv4 or IPv6; repeat; default: the own address', collect)
    .option('--sign <keys>', 'signed routes (RFC 8205): a folder of AS64496.pem …, or JSON {asn: file}')
    .option('--generate-keys', 'signed routes; an AS without a key gets one, made of --seed')
    .option('--keys-out <file>', 'the public keys of those that signed, as --rpki reads them')
    .option(
      '--jobs <number>',
      'threads that sign with keys of files, or routes of files (default: 1)',
      parseJobs,
    )
    .option('--count <number>', 'so many made and signed routes in place of --routes', parseMade)
    .option(
      '--hops <number>',
      'with --count: ASes on each path, the own one included (default: 3)',
      parseHops,
    )
    .option('--seed <number>', 'of made routes and keys, and of the tables; random when absent', (text) => {
      if (!/^[0-9]{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number of at most 15 digits.');
      io.seed = Number(text);
      return io.seed;
    })
    .option('--play <file>', 'the UPDATEs of a file of BGP messages, as they stand')
    .option(
      '--write <file>',
      'write the UPDATEs into a file, in place of a session; --peer-as is the receiver',
    )
    .addOption(new Option('--format <format>', 'of --write (default: raw, BGP messages)').choices(FORMATS))
    .option('--rate <number>', 'UPDATEs a second; default: as fast as the peer takes them', parseRate)
    .option('--strict', 'any fault in the routes is exit code 2')
    .option('--for <seconds>', 'end after so many seconds', parseNumberOption)
    .option('-j, --json', 'one JSON object a line: the default where stdout is no terminal')
    .option('--text', 'text for people, also where stdout is no terminal');
}

/** Whether routes are signed. */
export function signs({ sign, generateKeys, count }: InjectOptions): boolean {
  return sign !== undefined || generateKeys === true || count !== undefined;
}

/** Names of options with what they are for, where that is not there. */
type Needless = readonly (readonly [name: string, given: unknown])[];

/**
 * The own AS.
 *
 * @throws {CliError} for options that say nothing, or two things.
 */
export function checkInjectOptions(peer: string | undefined, options: InjectOptions): Asn {
  const { localAs, routes = [], play, count, write, sign, peerAs, keysOut, generateKeys } = options;
  if (localAs === undefined) throw new CliError('which AS is ours? give --local-as ASN');
  if (options.prepend && options.asReceived) throw new CliError('--prepend or --as-received, not both');
  const sources = [routes.length > 0, play !== undefined, count !== undefined].filter(Boolean).length;
  if (sources !== 1)
    throw new CliError('which routes? give --routes FILE, --play FILE or --count N, one of them');
  if ((peer === undefined) === (write === undefined)) {
    throw new CliError('whereto? give HOST:PORT of the peer, or --write FILE, one of them');
  }
  if (signs(options) && write !== undefined && peerAs === undefined) {
    throw new CliError('whom are they signed to? give --peer-as ASN');
  }
  if (routes.length === 0)
    refuse('--routes', [
      ['--as-received', options.asReceived],
      ['--strict', options.strict],
    ]);
  if (count === undefined) refuse('--count', [['--hops', options.hops]]);
  if (!signs(options)) refuse('--sign, --generate-keys or --count', [['--keys-out', keysOut]]);
  // Counted nonces have an order (docs/decisions/bgpsec.md D-bgpsec-counted-nonces).
  if (!signs(options) || (count !== undefined && sign === undefined))
    refuse('--sign, or --generate-keys with --routes', [['--jobs', options.jobs]]);
  if (play !== undefined)
    refuse('--routes or --count', [
      ['--sign', sign],
      ['--generate-keys', generateKeys],
      ['--write', write],
    ]);
  if (write === undefined) refuse('--write', [['--format', options.format]]);
  else {
    const { rate, role, strictRole, hold, localAddress, routerId, families } = options;
    refuse('a session', [
      ...([
        ['--rate', rate],
        ['--for', options.for],
        ['--role', role],
        ['--strict-role', strictRole],
      ] as const),
      ...([
        ['--hold', hold],
        ['--local-address', localAddress],
        ['--router-id', routerId],
      ] as const),
      ['--families', families],
    ]);
  }
  checkStdin(...routes, play, sign);
  return localAs;
}

function refuse(purpose: string, needless: Needless): void {
  const [name] = needless.find(([, given]) => given !== undefined) ?? [];
  if (name !== undefined) throw new CliError(`${name} is for ${purpose}`);
}

function parseRate(text: string): number {
  const rate = parseNumberOption(text);
  if (rate > 0) return rate;
  throw new InvalidArgumentError('A number above 0.');
}

function parseJobs(text: string): number {
  const jobs = parseCount(text);
  if (jobs <= 256) return jobs;
  throw new InvalidArgumentError('At most 256.');
}

function parseMade(text: string): number {
  const count = parseCount(text);
  if (count <= MOST_MADE) return count;
  throw new InvalidArgumentError(`At most ${MOST_MADE}.`);
}

/** A message of 65535 octets has room for some 640 signatures. */
function parseHops(text: string): number {
  const hops = parseCount(text);
  if (hops <= 500) return hops;
  throw new InvalidArgumentError('At most 500.');
}
