import { type Capability, encodeMessage, makeOpen } from 'pathsec/bgp';
import { DecodeError } from 'pathsec/bytes';
import { createRouteReader } from 'pathsec/routes';
import {
  type CapturedPacket,
  createCaptureReader,
  createTcpStreams,
  looksLikeCapture,
  tcpSegmentOf,
} from 'pathsec/unpack';
import { announce, announce6, withdraw } from '../../bmp/samples.js';
import { Connection, ethernet, packet, pcap, pcapng } from '../../unpack/capture-files.js';
import { join, put } from '../lib/mutate.js';
import { type Mutation, must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { changeOctets } from './bgp-frames.js';

const addPath: Capability = { name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] };
const open = (asn: number): Uint8Array => encodeMessage(makeOpen(asn, asn, [addPath]));
const session = new Connection()
  .send('b', open(64500))
  .send('a', open(64496), announce('64496 64497', true), announce6.subarray(0, 40), announce6.subarray(40))
  .send('b', withdraw);
const middle = new Connection({ syn: false, a: '[2001:db8::1]:179', b: '[2001:db8::2]:40000' })
  .send('a', announce('64496').subarray(30), announce('64496 64497', false, 2))
  .send('b', announce('64500'));
const PACKETS = [...session.packets, ...middle.packets];

/** Everything that a capture gives: packets, what TCP makes of them, and what ended it. */
function streamsOf(octets: Uint8Array, chunk: number) {
  const capture = createCaptureReader();
  const given: string[] = [];
  let held = 0;
  const streams = createTcpStreams(
    () => ({
      interest: 'wanted',
      data(side, payload, at, { number }) {
        held += payload.length;
        must(at + payload.length <= octets.length, 'octets from behind the input');
        must(octets[at] === payload[0], 'another place than the octets have');
        given.push(`${number} ${side} ${payload.join(' ')}`);
      },
      gap: (side, missing, cut) => given.push(`${side} ${missing} ${cut}`),
      overlap: (side) => given.push(`${side} overlap`),
      end: (evicted) => given.push(`end ${evicted}`),
    }),
    { wanted: 3, waiting: 2_000 },
  );
  const take = (one: CapturedPacket): void => {
    const segment = tcpSegmentOf(one);
    if (typeof segment === 'string') given.push(segment);
    else streams.take(segment, one);
    must(streams.size <= 4, 'more connections than may be followed');
  };
  try {
    for (let at = 0; at < octets.length; at += chunk) {
      capture.push(octets.subarray(at, at + chunk));
      for (let one = capture.next(); one; one = capture.next()) take(one);
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    given.push(`${error.code} ${error.offset}`);
  }
  streams.end();
  must(held <= octets.length, 'more octets than there are');
  return given;
}

/** What the reader of routes makes of a capture. */
function routesOf(octets: Uint8Array, chunk: number) {
  let delivered = 0;
  const reader = createRouteReader(() => delivered++, { keepProblems: 20 });
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.slice(at, at + chunk));
  reader.end();
  const { records, usable, routes, withdrawals, states, paths, problems } = reader.summary;
  must(routes + withdrawals + states + paths === delivered, 'the summary counts other elements');
  must(usable <= records, 'more packets said something than there are');
  must(
    problems.first.every(({ offset }) => offset >= 0 && offset <= octets.length),
    'a problem behind the input',
  );
  return { records, usable, routes, withdrawals, problems: problems.count };
}

const FILE_HEADER = 24;

/** The records of a pcap file of the byte order in which most numbers are written. */
function recordsOf(octets: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let at = FILE_HEADER; at + 16 <= octets.length; ) {
    const length = 16 + (octets[at + 10] as number) * 256 + (octets[at + 11] as number);
    list.push(octets.subarray(at, at + length));
    at += length;
  }
  return list;
}

/** Changes, repeats, drops or moves one packet, and writes its length anew. */
const packetMutation: Mutation = (octets, random, other) => {
  const list = recordsOf(octets);
  const donors = recordsOf(other);
  if (list.length === 0) return octets;
  const at = random(list.length);
  const one = list[at] as Uint8Array;
  const choice = random(6);
  if (choice === 0) list.splice(at, 1);
  else if (choice === 1) list.splice(random(list.length), 0, one);
  else if (choice === 2) list.splice(at, 0, donors[random(donors.length)] ?? one);
  else {
    const changed = join(one.subarray(0, 16), changeOctets(one.subarray(16), random));
    put(changed, 8, 4, changed.length - 16);
    list[at] = changed;
  }
  return join(octets.subarray(0, FILE_HEADER), ...list);
};

const capture = (name: string, seeds: readonly Uint8Array[], mutate?: Mutation): Target => ({
  name,
  covers: ['unpack:createCaptureReader', 'unpack:looksLikeCapture', 'routes:createRouteReader'],
  roundTrip:
    'none: chunks (every second input) change nothing; octets stand in the input where they are said to; limits hold',
  growth: 40,
  codes: [],
  seeds: () => seeds,
  ...(mutate && { mutate }),
  run(octets) {
    looksLikeCapture(octets);
    const streams = streamsOf(octets, octets.length || 1);
    const routes = routesOf(octets, octets.length || 1);
    if (octets.length % 2 === 0) {
      must(sameValue(streams, streamsOf(octets, 13)), 'chunks change what comes out');
      must(sameValue(routes, routesOf(octets, 13)), 'chunks change the routes');
    }
    return streams;
  },
});

const parts = { from: '192.0.2.1:179', to: '192.0.2.2:40000', sequence: 9, payload: withdraw };

export const CAPTURE: readonly Target[] = [
  capture('capture-pcap', [pcap(PACKETS), pcap([packet(parts)], { linkType: 101 })], packetMutation),
  capture('capture-pcapng', [
    pcapng(PACKETS),
    pcapng([ethernet(packet(parts))], true),
    pcapng(PACKETS, true),
  ]),
];
