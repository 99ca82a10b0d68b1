import { type Capability, encodeMessage, makeOpen } from 'pathsec/bgp';
import { encodeBmp } from 'pathsec/bmp';
import { DecodeError } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { payloadsOfSessions, readRtrCapture } from 'pathsec/node';
import { createRouteReader } from 'pathsec/routes';
import { encodePdu, type Pdu } from 'pathsec/rtr';
import {
  type CapturedPacket,
  createCaptureReader,
  createTcpStreams,
  looksLikeCapture,
  tcpSegmentOf,
} from 'pathsec/unpack';
import { announce, announce6, INITIATION, monitor, peerUp, withdraw } from '../../bmp/samples.js';
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
const bmp = new Connection({ a: '192.0.2.9:40000', b: '192.0.2.2:11019' }).send(
  'a',
  ...[INITIATION, peerUp(), monitor(announce('64496 64497'))].map(encodeBmp),
);
const PACKETS = [...session.packets, ...middle.packets, ...bmp.packets];

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

const pdus = (...list: readonly Pdu[]): Uint8Array => join(...list.map((pdu) => encodePdu(pdu, 1)));
const vrp = (text: string, announce = true): Pdu => ({
  type: 'ipv4-prefix',
  announce,
  vrp: { prefix: parsePrefix(text), maxLength: 24, asn: 64496 },
});
const response: Pdu = { type: 'cache-response', sessionId: 5 };
const end = (serial: number): Pdu => ({
  type: 'end-of-data',
  sessionId: 5,
  serial,
  timing: { refresh: 3600, retry: 600, expire: 7200 },
});
const RTR_SESSION = new Connection()
  .send('b', pdus({ type: 'reset-query' }))
  .send('a', pdus(response, vrp('192.0.2.0/24'), vrp('198.51.100.0/24')), pdus(end(1)))
  .send('b', pdus({ type: 'serial-query', sessionId: 5, serial: 1 }))
  .send('a', pdus(response, vrp('192.0.2.0/24', false), end(2))).packets;

async function* inPieces(octets: Uint8Array, chunk: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += chunk) yield octets.subarray(at, at + chunk);
}

/** The payloads and events of the RTR sessions of a capture. */
async function heard(octets: Uint8Array, chunk: number) {
  const events: string[] = [];
  let complete = 0;
  const sessions = await readRtrCapture(inPieces(octets, chunk), {
    maxPayloads: 50,
    onEvent(session, event) {
      const { transcript } = session;
      if (event.kind === 'update') {
        complete++;
        must(transcript.complete && transcript.current, 'a complete response, and none is held');
      }
      events.push(
        `${event.number} ${event.kind === 'fault' ? event.code : `${event.sessionId} ${event.serial}`}`,
      );
    },
  });
  must(complete > 0 || sessions.every(({ transcript }) => !transcript.complete), 'payloads from nowhere');
  const { vrps, aspas, routerKeys } = payloadsOfSessions(sessions);
  must(
    vrps.size + aspas.size + routerKeys.size <= 50 * Math.max(1, sessions.length),
    'more than may be held',
  );
  return { events, sessions: sessions.length, vrps: vrps.size };
}

const rtr: Target = {
  name: 'capture-rtr',
  covers: ['node:readRtrCapture', 'rtr:createRtrTranscript', 'rtr:rtrSpeakerOf'],
  roundTrip:
    'none: chunks (every second input) change nothing; what is held came from whole responses, within the limit',
  growth: 40,
  codes: [
    'capture-format',
    'pcap-length',
    'pcapng-length',
    'pcapng-packet',
    'pcapng-interfaces',
    'record-truncated',
    'rtr-sessions',
  ],
  seeds: () => [pcap(RTR_SESSION), pcap([...RTR_SESSION, ...PACKETS])],
  mutate: packetMutation,
  async run(octets) {
    const whole = await heard(octets, octets.length || 1);
    if (octets.length % 2 === 0)
      must(sameValue(whole, await heard(octets, 13)), 'chunks change what comes out');
    return whole;
  },
};

export const CAPTURE: readonly Target[] = [
  rtr,
  capture('capture-pcap', [pcap(PACKETS), pcap([packet(parts)], { linkType: 101 })], packetMutation),
  capture('capture-pcapng', [
    pcapng(PACKETS),
    pcapng([ethernet(packet(parts))], true),
    pcapng(PACKETS, true),
  ]),
];
