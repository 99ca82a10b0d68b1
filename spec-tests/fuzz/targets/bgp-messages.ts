import {
  BgpError,
  createMessageSplitter,
  createUpdateScan,
  decodeHeader,
  decodeMessage,
  decodeUpdate,
  decodeUpdateMessage,
  describeMessage,
  encodeMessage,
  encodeUpdateMessage,
  formatAsPath,
  inspectUpdate,
  negotiateBgpsec,
  notificationName,
  openAsn,
  openCapabilities,
  type SessionOptions,
  scanUpdate,
  sessionOfOpens,
  shutdownCommunication,
  strongestTreatment,
} from 'pathsec/bgp';
import { equalOctets } from 'pathsec/bytes';
import { checkDescribed } from '../../bytes/described.js';
import { join } from '../lib/mutate.js';
import { must, REFUSED, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { repairHeader, updateMutation } from './bgp-frames.js';
import { OPENS, OTHERS, UPDATES } from './bgp-seeds.js';

const HEADER = ['marker', 'message-length', 'message-type'];
export const FRAME = [...HEADER, 'truncated', 'trailing-octets'];
const OPEN = [
  'parameters-length',
  'parameter-overrun',
  'capability-overrun',
  'parameter-unsupported',
  'bgp-version',
  'peer-as-zero',
  'bgp-identifier-zero',
  'hold-time',
];
/** Faults of an UPDATE that reset the session. */
export const FATAL = [
  'update-length',
  'nlri-length',
  'nlri-overrun',
  'mp-reach-length',
  'mp-unreach-length',
  'next-hop-length',
  'attribute-repeated',
  'attribute-flags',
  'well-known-unrecognized',
  'reachable-nlri-missing',
];

const SESSIONS: readonly SessionOptions[] = [
  {},
  { asnSize: 2, peer: 'external', mpFault: 'afi-safi-disable' },
  {
    addPath: [
      { afi: 1, safi: 1 },
      { afi: 2, safi: 1 },
    ],
    peer: 'internal',
    bgpsecReceived: true,
  },
  { peer: 'confed-external', printedBgpsecType: true, extendedMessages: false },
];

const message: Target = {
  name: 'bgp-message',
  covers: ['bgp:decodeMessage', 'bgp:shutdownCommunication', 'bgp:notificationName'],
  roundTrip: 'octets (OPEN: value, since parameters have two forms)',
  growth: 12,
  codes: [...FRAME, ...OPEN, 'update-length', 'route-refresh-length'],
  seeds: () => [...OPENS, ...OTHERS, ...UPDATES],
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    const decoded = decodeMessage(octets);
    const again = encodeMessage(decoded);
    if (decoded.kind === 'open')
      must(sameValue(decodeMessage(again), decoded), 'another OPEN after encoding');
    else must(equalOctets(again, octets), `${decoded.kind}: other octets after encoding`);
    if (decoded.kind === 'notification') {
      must(notificationName(decoded).length > 0, 'no name');
      must((shutdownCommunication(decoded)?.length ?? 0) <= 255, 'a long communication');
    }
    return decoded;
  },
};

const open: Target = {
  name: 'bgp-open',
  covers: [
    'bgp:decodeMessage',
    'bgp:openAsn',
    'bgp:openCapabilities',
    'bgp:negotiateBgpsec',
    'bgp:sessionOfOpens',
  ],
  roundTrip: 'value; what two OPENs negotiate is symmetrical',
  growth: 12,
  codes: [...FRAME, ...OPEN, 'update-length', 'route-refresh-length'],
  seeds: () => OPENS,
  repair: (octets) => {
    repairHeader(octets);
    if (octets.length > 28) {
      octets[18] = 1;
      octets[19] = 4;
      if (octets[29] !== 255) octets[28] = octets.length - 29;
    }
    return octets;
  },
  run(octets) {
    const decoded = decodeMessage(octets);
    if (decoded.kind !== 'open') return REFUSED;
    must(sameValue(decodeMessage(encodeMessage(decoded)), decoded), 'another OPEN after encoding');
    const other = decodeMessage(OPENS[1] as Uint8Array);
    must(other.kind === 'open', 'the good OPEN');
    const [ours, theirs] = [negotiateBgpsec(decoded, other), negotiateBgpsec(other, decoded)];
    for (const family of ['ipv4', 'ipv6'] as const) {
      must(
        ours[family].send.negotiated === theirs[family].receive.negotiated,
        `${family} negotiated one way`,
      );
    }
    return [
      decoded,
      ours,
      sessionOfOpens(decoded, other),
      openAsn(decoded),
      openCapabilities(decoded).length,
    ];
  },
};

const update: Target = {
  name: 'bgp-update',
  covers: [
    'bgp:decodeUpdate',
    'bgp:inspectUpdate',
    'bgp:decodeUpdateMessage',
    'bgp:scanUpdate',
    'bgp:formatAsPath',
  ],
  roundTrip: 'octets of the message; inspectUpdate and decodeUpdate agree, on four kinds of session',
  growth: 96,
  codes: [...FRAME, ...FATAL, 'message-kind'],
  seeds: () => UPDATES,
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    // A fault that even the inspection throws is thrown for the plain session, whatever the others say.
    const results = SESSIONS.map((session) => readBoth(octets, session));
    const [plain] = results;
    if (plain instanceof Error) throw plain;
    const decoded = decodeUpdateMessage(octets);
    must(equalOctets(encodeUpdateMessage(decoded, true), octets), 'other octets after encoding');
    const scan = createUpdateScan();
    scanUpdate(octets, 19, octets.length, scan);
    must(scan.nlri.end - scan.nlri.start === decoded.nlriField.length, 'the scan found another NLRI field');
    return results.map((result) => (result instanceof Error ? result.message : result));
  },
};

function readBoth(octets: Uint8Array, session: SessionOptions): unknown {
  const inspected = attempt(() => inspectUpdate(octets, session));
  const decoded = attempt(() => decodeUpdate(octets, session));
  if (inspected instanceof Error) {
    must(
      decoded instanceof Error && sameText(decoded, inspected),
      'decodeUpdate takes what inspectUpdate refuses',
    );
    return inspected;
  }
  const fatal = inspected.faults.find(({ treatment }) => treatment === 'session-reset');
  must(strongestTreatment(inspected.faults) === inspected.treatment, 'not the strongest treatment');
  must(
    inspected.faults.every(({ offset }) => offset >= 0 && offset <= octets.length),
    'a fault outside the message',
  );
  must(formatAsPath(inspected.asPath ?? []).length <= 12 * octets.length + 8, 'a long path');
  if (fatal === undefined) {
    must(sameValue(decoded, inspected), 'decodeUpdate and inspectUpdate differ');
    return inspected;
  }
  must(
    decoded instanceof BgpError && decoded.code === fatal.code,
    `${fatal.code} is not what decodeUpdate throws`,
  );
  return decoded;
}

function attempt<T>(read: () => T): T | BgpError | Error {
  try {
    return read();
  } catch (error) {
    // Anything but what the decoder documents goes on to the judge.
    if (error instanceof Error && 'code' in error && 'field' in error) return error;
    throw error;
  }
}

const sameText = (a: Error, b: Error): boolean => a.message === b.message;

const description: Target = {
  name: 'bgp-describe-message',
  covers: ['bgp:describeMessage'],
  roundTrip: 'none: every octet stands in the tree, gaps and overlaps fail',
  growth: 1_500, // an octet can be a node, which has a path
  codes: [],
  seeds: () => [...OPENS, ...OTHERS, ...UPDATES],
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    const { tree, errors } = describeMessage(octets);
    must(tree.offset === 0 && tree.length === octets.length, 'the tree is not the message');
    checkDescribed(tree);
    return [tree, errors.map(({ message: text }) => text)];
  },
};

const splitter: Target = {
  name: 'bgp-message-splitter',
  covers: ['bgp:createMessageSplitter', 'bgp:decodeHeader'],
  roundTrip: 'octets: the messages and the rest, joined, are the stream, in chunks of any size',
  growth: 12,
  codes: HEADER,
  seeds: () => [
    ...OTHERS,
    join(...OTHERS, ...OPENS),
    join(...UPDATES.slice(0, 4), OTHERS[0] as Uint8Array, (UPDATES[0] as Uint8Array).subarray(0, 30)),
  ],
  repair: repairHeader,
  run(octets) {
    const [whole, pieces] = [split(octets, octets.length || 1), split(octets, 7)];
    must(sameValue(whole.messages, pieces.messages), 'chunks change the messages');
    must(String(whole.error) === String(pieces.error), 'chunks change the error');
    if (whole.error) throw whole.error;
    const rest = octets.subarray(octets.length - whole.pending);
    must(equalOctets(join(...whole.messages, rest), octets), 'octets are lost');
    for (const one of whole.messages) must(decodeHeader(one, 0, true).length === one.length, 'a cut message');
    return whole.messages;
  },
};

function split(
  octets: Uint8Array,
  chunk: number,
): { messages: Uint8Array[]; pending: number; error?: BgpError } {
  const stream = createMessageSplitter(true);
  const messages: Uint8Array[] = [];
  try {
    for (let at = 0; at < octets.length; at += chunk) {
      stream.push(octets.subarray(at, at + chunk));
      for (let one = stream.next(); one !== undefined; one = stream.next()) messages.push(one);
    }
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return { messages, pending: stream.pending, error };
  }
  return { messages, pending: stream.pending };
}

export const BGP_MESSAGES: readonly Target[] = [message, open, update, description, splitter];
