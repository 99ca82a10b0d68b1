import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PeerKind } from '../../bgp/index.js';
import { createSigner, type Peer, type Speaker, suite1 } from '../../bgpsec/index.js';
import { toHex } from '../../bytes/index.js';
import { type Asn, type Prefix, parseAddress } from '../../inet/index.js';
import { CliError, type Io } from '../shared/io.js';
import { loadPrivateKey } from '../shared/key-file.js';
import { collect, parseAsnOption } from '../shared/parse-options.js';
import { addBackendOption, type Backend, engineOf, splitSource } from './keys.js';

/** The options by which `sign` and `forward` take speaker and neighbour. */
export interface SendingOptions {
  readonly key?: readonly string[];
  readonly as: Asn;
  readonly peerAs: Asn;
  readonly pcount?: string;
  readonly routeServer?: boolean;
  readonly localAs?: Asn;
  readonly memberAs?: Asn;
  readonly peerKind?: PeerKind;
  readonly nextHop?: string;
  readonly pathId?: number;
  readonly extendedMessages: boolean;
  readonly json?: boolean;
  readonly backend: Backend;
}

export const PEER_KINDS: readonly PeerKind[] = ['external', 'confed-external', 'internal'];

/** Declares the options of {@link SendingOptions}. */
export function addSendingOptions(command: Command): Command {
  return addBackendOption(command)
    .option(
      '--key <file>',
      'private key, or AS=FILE for a key of another AS (migration); repeat; not for internal neighbours',
      collect,
    )
    .requiredOption('--as <asn>', 'own AS; in a confederation its identifier', parseAsnOption)
    .requiredOption('--peer-as <asn>', 'the AS the neighbour sent in its OPEN', parseAsnOption)
    .option('--pcount <n>', 'repetitions of the own AS; 0 with --route-server')
    .option('--route-server', 'this side is a transparent route server')
    .option(
      '--local-as <asn>',
      'the AS announced to this neighbour when it is another one (RFC 8206)',
      parseAsnOption,
    )
    .option('--member-as <asn>', 'own Member-AS of a confederation', parseAsnOption)
    .addOption(
      new Option(
        '--peer-kind <kind>',
        'what the neighbour is; default: internal in the own AS or Member-AS, else external',
      ).choices(PEER_KINDS),
    )
    .option('--next-hop <address>', 'next hop; an IPv6 one for IPv4 prefixes too (RFC 8950)')
    .option('--path-id <n>', 'Path Identifier for a neighbour that takes them (RFC 7911)', parsePathId)
    .option('--no-extended-messages', 'refuse more than 4096 octets')
    .option('-j, --json', 'the UPDATE as one JSON object: {"message": hexadecimal text}');
}

/** Speaker and neighbour of the options; private keys are read from the files named there. */
export async function speakerAndPeer(
  options: SendingOptions,
  io: Io,
): Promise<{ speaker: Speaker; peer: Peer }> {
  const keys = [];
  for (const source of options.key ?? []) {
    const { asn = options.as, file } = splitSource(source);
    keys.push({ asn, key: await loadPrivateKey(file, io) });
  }
  const { peerKind, memberAs, pcount, localAs, routeServer } = options;
  if (memberAs !== undefined && keys[0] && !keys.some(({ asn }) => asn === memberAs)) {
    keys.push({ asn: memberAs, key: keys[0].key });
  }
  const own = localAs ?? memberAs ?? options.as;
  if (pcount !== undefined && !/^(?:[01]?\d?\d|2[0-4]\d|25[0-5])$/.test(pcount))
    throw new CliError('--pcount is 0..255');
  return {
    speaker: {
      asn: options.as,
      signer: createSigner(suite1(engineOf(options.backend)), keys),
      ...(memberAs === undefined ? {} : { confederation: { identifier: options.as, memberAs } }),
    },
    peer: {
      peerAs: options.peerAs,
      kind: peerKind ?? (options.peerAs === own ? 'internal' : 'external'),
      bgpsec: true,
      ...(localAs === undefined ? {} : { localAs }),
      ...(pcount === undefined ? {} : { pCount: Number(pcount) }),
      ...(routeServer ? { routeServer } : {}),
    },
  };
}

/**
 * The next hop of the options in octets; a documentation address stands in where none is given. IPv4 prefixes may have
 * an IPv6 next hop (RFC 8950 §3), IPv6 prefixes have no other.
 */
export function nextHopOf({ nextHop }: Pick<SendingOptions, 'nextHop'>, { afi }: Prefix): Uint8Array {
  const address = parseAddress(nextHop ?? (afi === 1 ? '192.0.2.1' : '2001:db8::1'), 'next-hop');
  if (afi === 2 && address.length !== 16)
    throw new CliError('the next hop of an IPv6 prefix is an IPv6 address');
  return address;
}

function parsePathId(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (id <= 0xffff_ffff) return id;
  throw new InvalidArgumentError('0..4294967295.');
}

/** Writes the message as hexadecimal text on one line, or as JSON. */
export async function writeUpdate(message: Uint8Array, { json }: SendingOptions, io: Io): Promise<void> {
  const text = toHex(message);
  await io.stdout.write(`${json ? JSON.stringify({ message: text }) : text}\n`);
}
