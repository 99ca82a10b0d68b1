import { type Command, Option } from 'commander';
import { BgpError, decodeUpdate, type PeerKind, type Update } from '../../bgp/index.js';
import {
  type BgpsecSession,
  decoderOptions,
  forwardUpdate,
  originOf,
  type Peer,
  type Speaker,
} from '../../bgpsec/index.js';
import { fromHex } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { Context } from '../shared/command.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { type AddPathOptions, addAddPathOptions, addPathOf } from './add-path-option.js';
import { arrivalOf } from './arrival.js';
import { addAttributeTypeOption } from './attribute-type.js';
import { readMessageText } from './message-text.js';
import {
  addSendingOptions,
  nextHopOf,
  PEER_KINDS,
  type SendingOptions,
  speakerAndPeer,
  writeUpdate,
} from './sending.js';

/** The options of `forward` besides those of `sign`. */
export interface ForwardOptions extends SendingOptions, AddPathOptions {
  readonly fromAs?: Asn;
  readonly fromKind?: PeerKind;
  readonly arrivedAs?: Asn;
  readonly allowPcountZero?: boolean;
  readonly attributeType: 33 | 30;
}

/**
 * `pathsec bgpsec forward`: what a received signed route looks like for one neighbour (RFC 8205 §4.2 to §4.4, RFC 8206),
 * after the checks of §5.2.
 */
export function define(command: Command, { io, exit }: Context): void {
  addAddPathOptions(addAttributeTypeOption(addSendingOptions(command)))
    .argument('<message>', 'the received UPDATE: hexadecimal text or a file')
    .option(
      '--from-as <asn>',
      'the AS of the neighbour it came from; default: the one that the path names',
      parseAsnOption,
    )
    .addOption(
      new Option('--from-kind <kind>', 'what that neighbour is; default: by its AS').choices(PEER_KINDS),
    )
    .option(
      '--arrived-as <asn>',
      'the AS this side sent to the neighbour it came from (AS migration)',
      parseAsnOption,
    )
    .option('--allow-pcount-zero', 'that neighbour may use pCount 0 (route server)')
    .action(async (argument: string, options: ForwardOptions) => {
      const octets = fromHex(await readMessageText(argument, io), 'message');
      const { speaker, peer } = await speakerAndPeer(options, io);
      const message = await forwarded(octets, options, speaker, peer, io);
      if (message === undefined) exit(EXIT.invalid);
      else await writeUpdate(message, options, io);
    });
}

/** The message that goes out; undefined when it is refused, with the reason on stderr. */
async function forwarded(
  octets: Uint8Array,
  options: ForwardOptions,
  speaker: Speaker,
  peer: Peer,
  io: Io,
): Promise<Uint8Array | undefined> {
  const read = readUpdate(octets, options, speaker);
  if ('reason' in read) return refuse(read.reason, read.detail, io);
  const { update, session } = read;
  for (const { code, treatment, message } of update.faults) {
    if (treatment === 'attribute-discard')
      await io.stderr.write(`pathsec: note: ${code} (discarded): ${message}\n`);
  }
  const prefix = update.values.mpReach?.nlri?.[0]?.prefix ?? update.nlri[0]?.prefix;
  const sent = forwardUpdate(update, session, speaker, peer, {
    extendedMessages: options.extendedMessages,
    ...(options.pathId !== undefined && { pathId: options.pathId }),
    ...(prefix && isNextHopNew(options, peer) && { nextHop: nextHopOf(options, prefix) }),
  });
  switch (sent.form) {
    case 'refused':
      if (sent.result.verdict === 'unsigned') throw new CliError('the message announces no route');
      return refuse(sent.result.reason, sent.result.detail, io);
    case 'unsigned':
      return refuse(sent.why, 'the route does not go out signed', io);
    default:
      return sent.message;
  }
}

/**
 * Across an AS border the next hop is the sender's, except from a route server (RFC 7947 §2.2.1); inside an AS or a
 * confederation it stays (RFC 4271 §5.1.3, RFC 5065 §5.1). docs/decisions/bgpsec.md D-forward-next-hop.
 */
function isNextHopNew({ nextHop }: ForwardOptions, { kind, routeServer }: Peer): boolean {
  return nextHop !== undefined || (kind === 'external' && routeServer !== true);
}

type Read =
  | { readonly update: Update; readonly session: BgpsecSession }
  | { readonly reason: string; readonly detail: string };

/** The UPDATE, read twice where the neighbour has to be taken from its path; a fault that resets the session is a reason. */
function readUpdate(octets: Uint8Array, options: ForwardOptions, speaker: Speaker): Read {
  const { attributeType } = options;
  const addPath = addPathOf(options);
  try {
    const loose = { bgpsecReceived: true, printedBgpsecType: attributeType === 30, ...addPath };
    const newest = decodeUpdate(octets, loose).values.bgpsecPath?.segments[0];
    const session = { ...arrivalOf(options, speaker, newest), ...addPath };
    return { update: decodeUpdate(octets, decoderOptions(session, attributeType)), session };
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return { reason: error.code, detail: error.message };
  }
}

/** What is refused, and what is a fault of the call: docs/decisions/bgpsec.md D-forward-refused. */
async function refuse(reason: string, detail: string | undefined, io: Io): Promise<undefined> {
  const { source } = originOf(reason);
  await io.stderr.write(`pathsec: refused: ${reason} (${source})${detail ? `: ${detail}` : ''}\n`);
}
