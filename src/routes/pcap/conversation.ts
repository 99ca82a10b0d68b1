import {
  decodeMessage,
  MAX_MESSAGE_LENGTH,
  MSG_OPEN,
  MSG_UPDATE,
  type OpenMessage,
} from '../../bgp/index.js';
import { formatAddress } from '../../inet/index.js';
import type { Endpoint, PacketPlace, TcpSide, TcpSink, TcpStart } from '../../unpack/captures.js';
import { deliverMessage } from '../bgp-message.js';
import type { BmpMessages } from '../bmp-messages.js';
import { type Emitter, reportDamage, reportFault, setContext } from '../emitter.js';
import { type BgpStream, createBgpStream, type ForeignStream } from './bgp-stream.js';
import { createBmpStream } from './bmp-stream.js';
import type { OctetQueue } from './octet-queue.js';
import { agreedReading, guessedReading, type Reading } from './session.js';
import { type Evidence, gather } from './session-evidence.js';

/** One end of a connection as a speaker of BGP. */
interface Speaker {
  readonly end: Endpoint;
  readonly stream: BgpStream;
  readonly evidence: Evidence;
  open: OpenMessage | undefined;
  /** How its UPDATEs are to be read, once both OPENs were there. */
  agreed: Reading | undefined;
  /** Whether it was told that an OPEN is missing. */
  openMissed: boolean;
  /** What is missing before it was known that the direction is one of BGP. */
  missing: number;
}

/** What the connections of a capture have in common. */
export interface Conversations {
  readonly emitter: Emitter;
  /** Takes the messages of connections that are BMP. */
  readonly bmp: BmpMessages;
  /** A packet has said something of BGP, or of BMP. */
  spoken(): void;
  /** What a connection turned out to be; `head` are the first octets of what is not read. */
  known(isRead: boolean, head: Uint8Array): void;
}

/** Reads both directions of a TCP connection as BGP, or as BMP, where they are, and delivers what they say about routes. */
export function createConversation(
  { emitter, bmp, spoken, known }: Conversations,
  { ends, isKnown }: TcpStart,
): TcpSink {
  let interest: TcpSink['interest'] = 'undecided';
  let place: PacketPlace = { number: 0, offset: 0, seconds: 0, microseconds: undefined };

  const name = ({ address, port }: Endpoint): string =>
    address.length === 16 ? `[${formatAddress(address)}]:${port}` : `${formatAddress(address)}:${port}`;
  const direction = (side: TcpSide): string => `from ${name(ends[side])} to ${name(ends[otherOf(side)])}`;
  /** Reports what is wrong at a place of the capture. */
  const report = (code: string, message: string, field: string, offset: number): void => {
    emitter.source.number = place.number;
    emitter.locate = undefined;
    emitter.base = 0;
    reportFault(emitter, { code, message, field, offset });
  };
  const decide = (isRead: boolean, head: Uint8Array): void => {
    if (interest !== 'undecided') return;
    interest = isRead ? 'wanted' : 'ignored';
    known(isRead, head);
  };
  let isOver = false;
  const bmpStream = (side: TcpSide, queue: OctetQueue): ForeignStream | undefined => {
    const connection = {
      emitter,
      messages: bmp,
      begin() {
        emitter.source.number = place.number;
        emitter.source.originated = undefined;
      },
      spoken,
      unknown() {
        emitter.summary.skippedRecords++;
      },
      lost() {
        if (isOver) return;
        report(
          'bmp-lost',
          `nothing ${direction(side)} is read behind the octets that are missing`,
          'bmp',
          place.offset,
        );
      },
    };
    const stream = createBmpStream(connection, queue);
    if (stream !== undefined) decide(true, NOTHING);
    return stream;
  };
  const readingOf = (side: TcpSide, queue: OctetQueue, start: number, end: number): Reading => {
    const speaker = speakers[side];
    const receiver = speakers[otherOf(side)];
    if (speaker.open !== undefined && receiver.open !== undefined) {
      speaker.agreed ??= agreedReading(receiver.open, speaker.open);
      return speaker.agreed;
    }
    const { evidence, open } = speaker;
    if (queue.octets[start + 18] === MSG_UPDATE && end - start >= 23) {
      gather(evidence, emitter, queue.octets, start, end, open?.myAs);
      if (!speaker.openMissed) {
        speaker.openMissed = true;
        const which = (open ?? receiver.open) ? 'one of its OPENs is' : 'its OPENs are';
        const message = `${which} not in the capture: AS numbers and Path Identifiers ${direction(side)} are read as the messages show`;
        report('bgp-no-open', message, 'open', place.offset);
      }
    }
    return guessedReading(open ?? receiver.open, open, evidence);
  };
  const takeOpen = (side: TcpSide, octets: Uint8Array): void => {
    const speaker = speakers[side];
    speaker.open = undefined;
    for (const one of speakers) one.agreed = undefined;
    const message = decodeMessage(octets);
    if (message.kind === 'open') speaker.open = message;
  };
  const message = (side: TcpSide, queue: OctetQueue, start: number, end: number): void => {
    const { octets } = queue;
    const reading = readingOf(side, queue, start, end);
    const { address } = speakers[side].end;
    const peer = emitter.internPeer(address, 0, address.length, reading.peerAs);
    setContext(emitter, place.seconds, place.microseconds, peer, false);
    emitter.source.number = place.number;
    emitter.source.originated = undefined;
    emitter.locate = (index) => queue.placeOf(index);
    emitter.takesSigned = reading.takesSigned;
    spoken();
    try {
      const length = end - start;
      if (octets[start + 18] === MSG_OPEN && length > 18) takeOpen(side, octets.slice(start, end));
      if (length > MAX_MESSAGE_LENGTH && reading.extendedMessages === false) {
        const text = `${length} octets, without Extended Message of the receiver`;
        const offset = start + 16;
        reportFault(
          emitter,
          { code: 'message-length', message: text, field: 'header.length', offset },
          'session-reset',
        );
        if (emitter.strict) return;
      }
      deliverMessage(emitter, octets, start, end, reading.asnSize, reading.addPath);
    } catch (error) {
      reportDamage(emitter, error);
    } finally {
      emitter.locate = undefined;
      emitter.takesSigned = undefined;
    }
  };
  const speakerOf = (side: TcpSide): Speaker => ({
    end: ends[side],
    evidence: { asnSize: undefined, firstAs: undefined },
    open: undefined,
    agreed: undefined,
    openMissed: false,
    missing: 0,
    stream: createBgpStream(
      {
        found(passedOver) {
          decide(true, NOTHING);
          const { missing } = speakers[side];
          if (missing > 0) reportGap(side, missing, false);
          speakers[side].missing = 0;
          if (passedOver === 0) return;
          const text = `${passedOver} octets ${direction(side)} are passed over, up to the next message`;
          report('bgp-resynchronised', text, 'bgp', place.offset);
        },
        message: (queue, start, end) => message(side, queue, start, end),
        unknown() {
          emitter.summary.skippedRecords++;
        },
        foreign: (queue) => bmpStream(side, queue),
        lost(error, queue) {
          emitter.source.number = place.number;
          emitter.locate = (index) => queue.placeOf(index);
          reportFault(emitter, error.fault, error.treatment);
          emitter.locate = undefined;
        },
      },
      () => isKnown(side),
    ),
  });
  const reportGap = (side: TcpSide, missing: number | undefined, cut: boolean): void => {
    const what = missing === undefined ? 'octets' : `${missing} octets`;
    const code = cut ? 'packet-cut' : 'tcp-gap';
    const why = cut ? 'were left out when the packet was captured' : 'are in no packet of the capture';
    report(code, `${what} ${direction(side)} ${why}`, 'tcp', place.offset);
  };
  const speakers: readonly [Speaker, Speaker] = [speakerOf(0), speakerOf(1)];
  return {
    get interest() {
      return interest;
    },
    data(side, octets, at, from) {
      place = from;
      const { stream } = speakers[side];
      stream.data(octets, at);
      if (stream.isBgp === false) decide(false, stream.head);
    },
    gap(side, missing, cut, from) {
      place = from;
      const speaker = speakers[side];
      if (speaker.stream.isRead) reportGap(side, missing, cut);
      else speaker.missing += missing ?? 1;
      speaker.stream.gap(missing);
    },
    overlap(side, from) {
      place = from;
      if (interest !== 'wanted') return;
      const text = `the packet repeats octets ${direction(side)} as others than they were; the first ones count`;
      report('tcp-overlap', text, 'tcp', from.offset);
    },
    end(evicted) {
      isOver = true;
      for (const side of [0, 1] as const) speakers[side].stream.gap(undefined);
      if (!evicted || interest !== 'wanted') return;
      report('tcp-evicted', `too many connections to follow the one ${direction(0)}`, 'tcp', place.offset);
    },
  };
}

const NOTHING = new Uint8Array(0);

const otherOf = (side: TcpSide): TcpSide => (side === 0 ? 1 : 0);
