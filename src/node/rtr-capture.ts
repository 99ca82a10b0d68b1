import { DecodeError } from '../bytes/index.js';
import { formatAddress } from '../inet/index.js';
import { createPayloadSet, type PayloadSet, unitePayloads } from '../payload/index.js';
import {
  createRtrTranscript,
  type RtrSpeaker,
  type RtrTranscript,
  rtrSpeakerOf,
  type TranscriptEvent,
  type TranscriptOptions,
} from '../rtr/index.js';
import {
  createCaptureReader,
  createTcpStreams,
  type Endpoint,
  type PacketPlace,
  type TcpSide,
  type TcpSink,
  type TcpStart,
  tcpSegmentOf,
} from '../unpack/captures.js';

/** A session of RTR in a capture. */
export interface CapturedRtr {
  /** Its ends, `192.0.2.1:8282`. */
  readonly cache: string;
  readonly router: string;
  readonly transcript: RtrTranscript;
}

/** Something in a session of a capture, with the packet that showed it. */
export type CapturedRtrEvent = TranscriptEvent & Pick<PacketPlace, 'number' | 'seconds' | 'microseconds'>;

/** How captures are listened to. */
export interface CaptureRtrOptions extends TranscriptOptions {
  readonly onEvent?: (session: CapturedRtr, event: CapturedRtrEvent) => void;
}

/** NON-SPEC: sessions of one capture that are followed. */
const MAX_SESSIONS = 1_024;

/** NON-SPEC: packets of a connection of which one has to begin with a PDU. */
const MAX_LOOKS = 64;

/**
 * The sessions of RTR in a capture of packets (pcap, pcapng), found by their first PDUs on any port, without TLS and SSH. They are
 * heard to the end of the capture: each then has the payloads of its last complete response.
 *
 * @param chunks the octets of the capture, unpacked.
 * @throws {DecodeError} for what is no capture or ends within a packet, after all sessions were heard so far;
 * `rtr-sessions` above 1,024 of them.
 */
export async function readRtrCapture(
  chunks: AsyncIterable<Uint8Array>,
  { onEvent, ...options }: CaptureRtrOptions = {},
): Promise<CapturedRtr[]> {
  const sessions: CapturedRtr[] = [];
  const add = (cache: Endpoint, router: Endpoint): CapturedRtr => {
    if (sessions.length >= MAX_SESSIONS) {
      throw new DecodeError('rtr-sessions', `more than ${MAX_SESSIONS} sessions of RTR`, {
        field: 'capture',
      });
    }
    const session = {
      cache: nameOf(cache),
      router: nameOf(router),
      transcript: createRtrTranscript(options),
    };
    sessions.push(session);
    return session;
  };
  const streams = createTcpStreams(
    (start) => listen(start, add, (session, event) => onEvent?.(session, event)),
    {},
    options,
  );
  const capture = createCaptureReader();
  let octets = 0;
  for await (const chunk of chunks) {
    octets += chunk.length;
    capture.push(chunk);
    for (let packet = capture.next(); packet !== undefined; packet = capture.next()) {
      const segment = tcpSegmentOf(packet);
      if (typeof segment !== 'string') streams.take(segment, packet);
    }
  }
  streams.end();
  const { pending } = capture;
  if (pending > 0) {
    const message = `the input ends within a packet, ${pending} octets of which are there`;
    throw new DecodeError('record-truncated', message, { field: 'capture', offset: octets - pending });
  }
  return sessions;
}

/** The payloads of all sessions that showed a whole database, united, as a router unites its caches (8210bis §10). */
export function payloadsOfSessions(sessions: readonly CapturedRtr[], seed?: number): PayloadSet {
  const union = createPayloadSet({}, { seed });
  for (const { transcript } of sessions) {
    if (transcript.complete) unitePayloads(union, createPayloadSet(transcript.payloads(), { seed }));
  }
  return union;
}

/** The sink of a connection: RTR where one end begins with a PDU. */
function listen(
  { ends, isKnown }: TcpStart,
  add: (cache: Endpoint, router: Endpoint) => CapturedRtr,
  tell: (session: CapturedRtr, event: CapturedRtrEvent) => void,
): TcpSink {
  let interest: TcpSink['interest'] = 'undecided';
  let session: CapturedRtr | undefined;
  let speakers: readonly [RtrSpeaker, RtrSpeaker] | undefined;
  let looks = 0;
  const begin = (side: TcpSide, octets: Uint8Array): void => {
    const speaker = rtrSpeakerOf(octets);
    // Within a session that began before, a packet may begin within a PDU.
    if (speaker === undefined && (isKnown(side) || ++looks === MAX_LOOKS)) interest = 'ignored';
    if (speaker === undefined) return;
    interest = 'wanted';
    const cacheSide = (speaker === 'cache') === (side === 0) ? 0 : 1;
    speakers = cacheSide === 0 ? ['cache', 'router'] : ['router', 'cache'];
    session = add(ends[cacheSide], ends[cacheSide === 0 ? 1 : 0]);
  };
  const pass = (events: readonly TranscriptEvent[], { number, seconds, microseconds }: PacketPlace): void => {
    for (const event of events) if (session) tell(session, { ...event, number, seconds, microseconds });
  };
  return {
    get interest() {
      return interest;
    },
    data(side, octets, _at, place) {
      if (interest === 'undecided') begin(side, octets);
      if (session && speakers) pass(session.transcript.heard(speakers[side], octets), place);
    },
    gap(side, _missing, _cut, place) {
      if (session && speakers) pass(session.transcript.missed(speakers[side]), place);
    },
    overlap() {}, // the first octets count, as the router had them
    end() {},
  };
}

function nameOf({ address, port }: Endpoint): string {
  const text = formatAddress(address);
  return address.length === 16 ? `[${text}]:${port}` : `${text}:${port}`;
}
