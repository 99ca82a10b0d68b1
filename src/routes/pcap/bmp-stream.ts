import { createBmpPeers, createBmpSplitter, looksLikeBmp } from '../../bmp/index.js';
import { DecodeError } from '../../bytes/index.js';
import type { BmpMessages } from '../bmp-messages.js';
import { type Emitter, reportDamage } from '../emitter.js';
import type { ForeignStream } from './bgp-stream.js';
import type { OctetQueue } from './octet-queue.js';

/** What a connection of BMP has of its capture. */
export interface BmpConnection {
  readonly emitter: Emitter;
  readonly messages: BmpMessages;
  /** A message is about to be read. */
  begin(): void;
  /** A message said something. */
  spoken(): void;
  /** A message of a type that is not read. */
  unknown(): void;
  /** Nothing behind this is read: octets are missing, and nothing says where a message begins. */
  lost(): void;
}

/**
 * One direction of a TCP connection as a stream of BMP (RFC 7854 §3.2), where its octets begin so. BMP has no marker: behind octets
 * that are missing, or a header that cannot be right, nothing is read (docs/decisions/routes.md D-capture-bmp).
 */
export function createBmpStream(connection: BmpConnection, queue: OctetQueue): ForeignStream | undefined {
  if (!looksLikeBmp(queue.octets.subarray(queue.start, queue.end))) return undefined;
  const { emitter, messages } = connection;
  const peers = createBmpPeers();
  const splitter = createBmpSplitter();
  /** Octets of the messages that were read. */
  let taken = 0;
  let ended = false;

  /** Reads a message, the first of the queue; places of faults are those of its octets in the capture. */
  const take = (from: OctetQueue, message: Uint8Array): void => {
    const { start } = from;
    let shifted = 0;
    emitter.locate = (index) => from.placeOf(start + shifted + index);
    connection.begin();
    try {
      const shift = (count: number): void => {
        shifted = count;
      };
      if (messages.take(message, peers, shift)) connection.spoken();
      else connection.unknown();
    } catch (error) {
      reportDamage(emitter, error);
    } finally {
      emitter.locate = undefined;
    }
  };
  /** The next message; undefined where it is not there whole, or nothing more is read. */
  const next = (from: OctetQueue): Uint8Array | undefined => {
    try {
      return splitter.next();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      connection.begin();
      emitter.locate = (index) => from.placeOf(from.start + index - taken);
      reportDamage(emitter, error);
      emitter.locate = undefined;
      ended = true;
      return undefined;
    }
  };
  return {
    data: (from) => {
      if (!ended) {
        splitter.push(from.octets.subarray(from.start + splitter.pending, from.end));
        for (let message = next(from); message !== undefined; message = next(from)) {
          take(from, message);
          from.drop(message.length);
          taken += message.length;
        }
      }
      if (ended) from.drop(from.length);
    },
    gap: (from, missing) => {
      if (ended || (missing === undefined && from.length === 0)) return;
      ended = true;
      from.drop(from.length);
      connection.lost();
    },
  };
}
