import { BgpError, decodeHeader, HEADER_LENGTH } from '../../bgp/index.js';
import { readU16 } from '../../bytes/index.js';
import { createOctetQueue, type OctetQueue } from './octet-queue.js';

/** Takes what is found in one direction of a TCP connection. */
export interface BgpStreamSink {
  /** The direction is one of BGP, after so many octets that were passed over. */
  found(passedOver: number): void;
  /** A message, `queue.octets[start, end)`; it is longer by its header where octets are missing. */
  message(queue: OctetQueue, start: number, end: number): void;
  /** A message of a type that is not known. */
  unknown(): void;
  /** A header that cannot be right stands at the beginning of the queue: the messages are lost, and looked for anew. */
  lost(error: BgpError, queue: OctetQueue): void;
  /** What the queue begins with is not BGP: whoever takes it and all that follows, if anybody. */
  foreign(queue: OctetQueue): ForeignStream | undefined;
}

/** Takes one direction that is not BGP. */
export interface ForeignStream {
  /** Octets came; it drops those that it has read. */
  data(queue: OctetQueue): void;
  /** Octets are missing behind those of the queue, or nothing more comes. */
  gap(queue: OctetQueue, missing: number | undefined): void;
}

/** One direction of a TCP connection, cut into BGP messages where it has any. */
export interface BgpStream {
  /** Whether messages were found; undefined while nothing is known. */
  readonly isBgp: boolean | undefined;
  /** Whether somebody reads what comes: messages of BGP were found, or what it is was taken. */
  readonly isRead: boolean;
  /** The first octets of what is not BGP. */
  readonly head: Uint8Array;
  data(octets: Uint8Array, at: number): void;
  /** So many octets are missing here; undefined where nobody knows how many, or nothing more comes. */
  gap(missing: number | undefined): void;
}

const MARKER = 16;
/** NON-SPEC: octets without a message after which a direction counts as something else: two of the longest messages. */
const HOPELESS = 2 * 65_535;
/** Octets by which something else is known. */
const HEAD = 64;

/**
 * A {@link BgpStream} (docs/decisions/routes.md D-capture-marker). Where the first octet is known (`fromStart`) a message
 * has to begin there; else messages begin at the first marker (RFC 4271 §4.1) with a header that can be right and, as far
 * as that is there, another marker behind its message.
 */
export function createBgpStream(sink: BgpStreamSink, fromStart: () => boolean): BgpStream {
  const queue = createOctetQueue();
  let state: 'new' | 'searching' | 'framed' | 'foreign' = 'new';
  let isBgp: boolean | undefined;
  let passedOver = 0;
  let toSkip = 0; // octets of a message that is done with
  let head: Uint8Array = new Uint8Array(0);
  let taker: ForeignStream | undefined;

  const giveUp = (): void => {
    const whole = state === 'new';
    state = 'foreign';
    isBgp ??= false;
    head = queue.octets.slice(queue.start, Math.min(queue.end, queue.start + HEAD));
    taker = whole ? sink.foreign(queue) : undefined;
    if (taker === undefined) queue.drop(queue.length);
    else taker.data(queue);
  };
  const found = (): void => {
    state = 'framed';
    isBgp = true;
    sink.found(passedOver);
    passedOver = 0;
  };
  const pass = (count: number): void => {
    passedOver += count;
    queue.drop(count);
  };
  /** Looks for a message; false when more octets are needed. */
  const search = (): boolean => {
    for (;;) {
      const { octets, start, end } = queue;
      const at = octets.subarray(0, end).indexOf(0xff, start);
      pass((at < 0 ? end : at) - start);
      if (isBgp === undefined && passedOver > HOPELESS) {
        giveUp();
        return false;
      }
      if (at < 0) return false;
      const marked = countMarker(octets, at, end);
      if (marked < MARKER && at + marked < end) pass(marked);
      else if (end - at < HEADER_LENGTH) return false;
      else {
        const length = lengthAt(octets, at);
        if (length !== undefined && at + length > end) return false; // it is told when it is whole
        // More octets of the value 255 than a marker has: it begins behind the first of them.
        if (length === undefined || !markerFollows(octets, at + length, end)) pass(1);
        else {
          found();
          return true;
        }
      }
    }
  };
  /** Gives the next message; false when more octets are needed. */
  const frame = (): boolean => {
    const skipped = Math.min(toSkip, queue.length);
    toSkip -= skipped;
    queue.drop(skipped);
    const { octets, start } = queue;
    if (toSkip > 0 || queue.length < HEADER_LENGTH) return false;
    try {
      const { length } = decodeHeader(octets, start, true);
      if (queue.length < length) return false;
      sink.message(queue, start, start + length);
      queue.drop(length);
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      if (error.code === 'message-type') {
        toSkip = readU16(octets, start + 16);
        sink.unknown();
      } else {
        sink.lost(error, queue);
        state = 'searching';
        pass(1);
      }
    }
    return true;
  };
  const begin = (): boolean => {
    if (queue.length === 0) return false;
    if (!fromStart()) {
      state = 'searching';
      return true;
    }
    const { octets, start, end } = queue;
    const marked = countMarker(octets, start, end);
    if (marked < MARKER && marked < queue.length) {
      if (queue.length < HEAD) return false; // enough to tell what else it is
      giveUp();
      return false;
    }
    if (queue.length < HEADER_LENGTH) return false;
    if (lengthAt(octets, start) === undefined) giveUp();
    else found();
    return isBgp === true;
  };
  const proceed = (): void => {
    for (;;) {
      if (state === 'foreign') return;
      const more = state === 'new' ? begin() : state === 'searching' ? search() : frame();
      if (!more) return;
    }
  };
  return {
    get isBgp() {
      return isBgp;
    },
    get isRead() {
      return isBgp === true || taker !== undefined;
    },
    get head() {
      return head;
    },
    data(octets, at) {
      if (state === 'foreign' && taker === undefined) return;
      queue.push(octets, at);
      taker?.data(queue);
      proceed();
    },
    gap(missing) {
      const { octets, start, end, length: have } = queue;
      if (state === 'new' && countMarker(octets, start, end) < Math.min(MARKER, have)) giveUp();
      if (state === 'foreign') {
        taker?.gap(queue, missing);
        return;
      }
      // A message that was only waited for is one.
      if (state === 'searching' && have >= HEADER_LENGTH && lengthAt(octets, start) !== undefined) found();
      if (state !== 'framed') {
        pass(have);
        if (missing !== undefined) state = 'searching';
        return;
      }
      let rest = toSkip;
      if (have > 0) {
        if (have >= HEADER_LENGTH) rest = readU16(octets, start + 16) - have;
        sink.message(queue, start, end);
        queue.drop(have);
      }
      // Where the hole ends within the message, the next one begins where its length says.
      if (missing !== undefined && rest >= missing) toSkip = rest - missing;
      else {
        toSkip = 0;
        state = 'searching';
      }
    },
  };
}

/** Octets of the value 255 at `at`, at most as many as a marker has. */
function countMarker(octets: Uint8Array, at: number, end: number): number {
  let count = 0;
  while (count < MARKER && at + count < end && octets[at + count] === 0xff) count++;
  return count;
}

/** The length of the message whose header stands at `at`; undefined where none does. No error is made for what is none. */
function lengthAt(octets: Uint8Array, at: number): number | undefined {
  const type = octets[at + 18] as number;
  if (countMarker(octets, at, at + MARKER) < MARKER || type < 1 || type > 5) return undefined;
  try {
    return decodeHeader(octets, at, true).length;
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return undefined;
  }
}

/** Whether what is there behind a message begins like another one. */
function markerFollows(octets: Uint8Array, at: number, end: number): boolean {
  return countMarker(octets, at, end) === Math.min(MARKER, end - at);
}
