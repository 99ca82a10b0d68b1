import { type BmpPeers, createBmpPeers, createBmpSplitter, MAX_BMP_MESSAGE_LENGTH } from '../../bmp/index.js';
import { DecodeError, type FrameSplitter } from '../../bytes/index.js';
import { createBmpMessages } from '../bmp-messages.js';
import { type Emitter, type ReadOptions, reportDamage, settleMessages } from '../emitter.js';
import { type RouteReader, reportEnd } from '../reader.js';
import { count, elementsOf } from '../summary.js';

/** A message, and what is known of the peers of the router that it is of. */
interface Framed {
  readonly message: Uint8Array;
  readonly peers: BmpPeers;
}

/** How messages stand in a stream. */
export interface BmpFraming {
  readonly splitter: FrameSplitter;
  /** What a frame holds: a message, or the name of a type that is none. */
  open(frame: Uint8Array): Framed | string;
}

/** The reader of a stream of BMP (RFC 7854), message after message; see {@link framedReaderOf}. */
export function bmpReaderOf(emitter: Emitter, options: ReadOptions): RouteReader {
  const peers = createBmpPeers();
  const splitter = createBmpSplitter(options.maxRecordLength ?? MAX_BMP_MESSAGE_LENGTH);
  return framedReaderOf(emitter, { splitter, open: (message) => ({ message, peers }) });
}

/**
 * The reader of a stream of BMP (RFC 7854) over an emitter made elsewhere: the routes of Adj-RIB-In before the policy,
 * which are those that the peers sent; messages about other RIBs are counted as skipped (docs/decisions/bmp.md
 * D-bmp-pre-policy). Damage inside a message is a problem and the next one is read; after a header that cannot be right
 * nothing is.
 */
export function framedReaderOf(emitter: Emitter, { splitter, open }: BmpFraming): RouteReader {
  const { summary, source } = emitter;
  const messages = createBmpMessages(emitter);
  let lost = false;
  /** One frame, which begins at `position` of the input. */
  const take = (frame: Uint8Array, position: number): void => {
    source.number = ++summary.records;
    emitter.base = position;
    const before = elementsOf(summary);
    try {
      const framed = open(frame);
      if (typeof framed === 'string') {
        count(summary.recordTypes, framed);
        summary.skippedRecords++;
        return;
      }
      const { message: octets, peers } = framed;
      count(summary.recordTypes, `bmp/${octets[5]}`);
      emitter.base += frame.length - octets.length;
      const shift = (count: number): void => {
        emitter.base += count;
      };
      if (messages.take(octets, peers, shift)) summary.usable++;
      else summary.skippedRecords++;
    } catch (error) {
      reportDamage(emitter, error);
      if (elementsOf(summary) > before) summary.usable++;
    }
  };
  const takeAll = (): void => {
    try {
      for (;;) {
        const position = summary.octets - splitter.pending;
        const octets = splitter.next();
        if (octets === undefined) return;
        take(octets, position);
      }
    } catch (error) {
      if (emitter.calling || !(error instanceof DecodeError)) throw error;
      lost = true;
      source.number = summary.records + 1;
      reportEnd(emitter, error);
    }
  };
  return {
    summary,
    push(chunk) {
      emitter.calling = false;
      summary.octets += chunk.length;
      if (lost) return;
      splitter.push(chunk);
      takeAll();
      settleMessages(emitter);
    },
    end(cause) {
      if (cause) reportEnd(emitter, cause);
      else if (!lost && splitter.pending > 0) {
        const message = `the input ends within a message, ${splitter.pending} octets of which are there`;
        const offset = summary.octets - splitter.pending;
        source.number = summary.records + 1;
        reportEnd(emitter, new DecodeError('record-truncated', message, { field: 'bmp', offset }));
      }
      messages.end();
      settleMessages(emitter);
    },
  };
}
