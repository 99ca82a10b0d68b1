import { type Command, Option } from 'commander';
import type { PeerKind } from '../bgp/index.js';
import { createSigner, type Peer, type Speaker, suite1 } from '../bgpsec/index.js';
import { toHex } from '../bytes/index.js';
import { type Asn, type Prefix, parseAddress } from '../inet/index.js';
import { addBackendOption, type Backend, engineOf, loadPrivateKey, splitSource } from './bgpsec-keys.js';
import { CliError, type Io } from './io.js';
import { collect, parseAsnOption } from './parse-options.js';

/** The options by which `sign` and `forward` take speaker and neighbour. */
export interface SendingOptions {
  readonly key: readonly string[];
  readonly as: Asn;
  readonly peerAs: Asn;
  readonly pcount?: string;
  readonly routeServer?: boolean;
  readonly localAs?: Asn;
  readonly memberAs?: Asn;
  readonly peerKind: PeerKind;
  readonly nextHop?: string;
  readonly extendedMessages: boolean;
  readonly backend: Backend;
}

/** Declares the options of {@link SendingOptions}. */
export function addSendingOptions(command: Command): Command {
  return addBackendOption(command)
    .requiredOption(
      '--key <file>',
      'private key, or AS=FILE for a key of another AS (migration); repeat',
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
      new Option('--peer-kind <kind>', 'what the neighbour is')
        .choices(['external', 'confed-external', 'internal'])
        .default('external'),
    )
    .option('--next-hop <address>', 'next hop; default 192.0.2.1 or 2001:db8::1')
    .option('--no-extended-messages', 'refuse more than 4096 octets');
}

/** Speaker and neighbour of the options; private keys are read from the files named there. */
export async function speakerAndPeer(
  options: SendingOptions,
  io: Io,
): Promise<{ speaker: Speaker; peer: Peer }> {
  const keys = [];
  for (const source of options.key) {
    const { asn = options.as, file } = splitSource(source);
    keys.push({ asn, key: await loadPrivateKey(file, io) });
  }
  const { peerKind, memberAs, pcount, localAs, routeServer } = options;
  if (memberAs !== undefined && keys[0] && !keys.some(({ asn }) => asn === memberAs)) {
    keys.push({ asn: memberAs, key: keys[0].key });
  }
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
      kind: peerKind,
      bgpsec: true,
      ...(localAs === undefined ? {} : { localAs }),
      ...(pcount === undefined ? {} : { pCount: Number(pcount) }),
      ...(routeServer ? { routeServer } : {}),
    },
  };
}

/** The next hop of the options in octets; a documentation address stands in where none is given. */
export function nextHopOf({ nextHop }: SendingOptions, { afi }: Prefix): Uint8Array {
  const address = parseAddress(nextHop ?? (afi === 1 ? '192.0.2.1' : '2001:db8::1'), 'next-hop');
  if (address.length !== (afi === 1 ? 4 : 16))
    throw new CliError('the next hop is of the other address family');
  return address;
}

/** Writes the message as hexadecimal text on one line. */
export async function writeUpdate(message: Uint8Array, io: Io): Promise<void> {
  await io.stdout.write(`${toHex(message)}\n`);
}
