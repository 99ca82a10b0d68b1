import { decodeUpdate } from 'pathsec/bgp';
import {
  createBmpPeers,
  createBmpSplitter,
  createOpenBmpSplitter,
  decodeBmp,
  decodeOpenBmp,
  describePeerDown,
  describeTermination,
  encodeBmp,
  encodeOpenBmp,
  looksLikeBmp,
  looksLikeOpenBmp,
  openBmpRouterAddress,
  readMirrored,
  readStatistic,
} from 'pathsec/bmp';
import { DecodeError, equalOctets } from 'pathsec/bytes';
import { createRouteReader } from 'pathsec/routes';
import { framed, OCTETS } from '../../bmp/samples.js';
import { join, put } from '../lib/mutate.js';
import type { Mutation } from '../lib/target.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { changeOctets } from './bgp-frames.js';

/** Makes the length of one message fit, and its version and type known. */
function repair(octets: Uint8Array): Uint8Array {
  if (octets.length < 6) return octets;
  octets[0] = 3;
  put(octets, 1, 4, octets.length);
  octets[5] = (octets[5] as number) % 8;
  return octets;
}

const message: Target = {
  name: 'bmp-message',
  covers: [
    ...['decodeBmp', 'looksLikeBmp', 'describePeerDown', 'describeTermination', 'readMirrored'].map(
      (name) => `bmp:${name}`,
    ),
    'bmp:readStatistic',
  ],
  roundTrip: 'octets: encoded again they are the same; what a message says is in bounds',
  growth: 60, // an empty TLV of 4 octets is an object
  codes: [
    ...[
      'bmp-version',
      'bmp-length',
      'bmp-statistics-count',
      'bmp-peer-up-open',
      'truncated',
      'trailing-octets',
    ],
    ...['marker', 'message-length', 'message-type'],
  ],
  seeds: () => OCTETS,
  repair,
  run(octets) {
    looksLikeBmp(octets);
    const decoded = decodeBmp(octets);
    must(equalOctets(encodeBmp(decoded), octets), 'other octets when encoded again');
    if (decoded.kind === 'peer-down') describePeerDown(decoded);
    if (decoded.kind === 'termination') describeTermination(decoded);
    if (decoded.kind === 'route-mirroring') readMirrored(decoded);
    if (decoded.kind === 'statistics') decoded.statistics.map(readStatistic);
    return decoded;
  },
};

/** What a station makes of a stream in chunks. */
function play(octets: Uint8Array, chunk: number) {
  const splitter = createBmpSplitter(4096);
  const peers = createBmpPeers(3);
  const told: unknown[] = [];
  try {
    for (let at = 0; at < octets.length; at += chunk) {
      splitter.push(octets.slice(at, at + chunk));
      for (let next = splitter.next(); next; next = splitter.next()) told.push(take(next, peers));
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    told.push(`${error.code} ${error.offset}`);
  }
  must(peers.size <= 3, 'more peers than allowed');
  return told;
}

function take(octets: Uint8Array, peers: ReturnType<typeof createBmpPeers>): unknown {
  try {
    const decoded = decodeBmp(octets);
    if (decoded.kind === 'peer-up') peers.up(decoded);
    if (decoded.kind === 'peer-down') peers.down(decoded);
    if (decoded.kind !== 'route-monitoring') return decoded.kind;
    const { nlri, withdrawn } = decodeUpdate(decoded.update, peers.sessionOf(decoded.peer));
    return [nlri.length, withdrawn.length];
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return error.code;
  }
}

/** Changes one message of a stream, or their order. */
const streamMutation: Mutation = (octets, random, other) => {
  const list = messagesOf(octets);
  if (list.length === 0) return octets;
  const at = random(list.length);
  const one = list[at] as Uint8Array;
  const donors = messagesOf(other);
  const choice = random(6);
  if (choice === 0) list.splice(at, 1);
  else if (choice === 1) list.splice(random(list.length), 0, one);
  else if (choice === 2) list.splice(at, 0, donors[random(donors.length)] ?? one);
  else list[at] = repair(changeOctets(one, random).slice());
  return join(...list);
};

function messagesOf(octets: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let at = 0; at + 6 <= octets.length; ) {
    const length = Math.max(6, (octets[at + 3] as number) * 256 + (octets[at + 4] as number));
    list.push(octets.subarray(at, at + length));
    at += length;
  }
  return list;
}

const stream: Target = {
  name: 'bmp-stream',
  covers: ['bmp:createBmpSplitter', 'bytes:createFrameSplitter', 'routes:createRouteReader'],
  roundTrip: 'none: chunks (every second input) change nothing; the reader of routes counts what it delivers',
  growth: 40,
  codes: [],
  seeds: () => [join(...OCTETS), join(...OCTETS.slice(0, 5)), join(...FRAMES), ...OCTETS],
  mutate: streamMutation,
  run(octets) {
    const whole = play(octets, octets.length || 1);
    if (octets.length % 2 === 0) must(sameValue(whole, play(octets, 7)), 'chunks change what comes out');
    let delivered = 0;
    const reader = createRouteReader(() => delivered++, { maxRecordLength: 4096 });
    reader.push(octets);
    reader.end();
    const { routes, withdrawals, states, paths } = reader.summary;
    must(routes + withdrawals + states + paths === delivered, 'the summary counts other elements');
    return whole;
  },
};

const FRAMES = OCTETS.map((octets, i) => encodeOpenBmp(framed(octets, i % 3)));

const frame: Target = {
  name: 'openbmp-frame',
  covers: ['decodeOpenBmp', 'looksLikeOpenBmp', 'createOpenBmpSplitter'].map((name) => `bmp:${name}`),
  roundTrip: 'octets: encoded again they are the same; the splitter cuts where the frame ends',
  growth: 10,
  codes: ['openbmp-magic', 'openbmp-version', 'openbmp-length', 'truncated', 'trailing-octets'],
  seeds: () => FRAMES,
  repair(octets) {
    if (octets.length < 12) return octets;
    octets.set([0x4f, 0x42, 0x4d, 0x50, 1]);
    const header = Math.min(octets.length, 44 + ((octets[7] as number) % 80));
    put(octets, 6, 2, header);
    put(octets, 8, 4, octets.length - header);
    return octets;
  },
  run(octets) {
    looksLikeOpenBmp(octets);
    const decoded = decodeOpenBmp(octets);
    must(equalOctets(encodeOpenBmp(decoded), octets), 'other octets when encoded again');
    openBmpRouterAddress(decoded);
    const splitter = createOpenBmpSplitter();
    splitter.push(octets);
    must(splitter.next()?.length === octets.length, 'the splitter cuts elsewhere');
    return decoded;
  },
};

export const BMP: readonly Target[] = [message, stream, frame];
