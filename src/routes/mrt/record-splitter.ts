import { readU16, readU32 } from '../../bytes/index.js';
import type { Problem } from '../problem.js';

/** The header of an MRT record (RFC 6396 §2) and where it stands. */
export interface MrtRecord {
  /** Number of the record in the input, from 1. */
  number: number;
  /** Octets from the start of the (decompressed) input to the record's header. */
  offset: number;
  /** Seconds since 1970. */
  time: number;
  type: number;
  subtype: number;
  /** Octets after the header. */
  length: number;
}

/** Receives a record: its message is `octets[start, end)`. Header and octets are valid during the call only. */
export type OnRecord = (record: MrtRecord, octets: Uint8Array, start: number, end: number) => void;

export interface RecordSplitter {
  push(chunk: Uint8Array): void;
  /** The input ends here; a record that is not complete is one problem, which is returned as well. */
  end(): Problem | undefined;
  readonly records: number;
  readonly octets: number;
}

export const RECORD_HEADER = 12;

/**
 * Cuts a stream of octets into MRT records, which may straddle chunks. Records inside one chunk are not copied; others
 * are collected in a buffer that grows with what has arrived, not with what a length field claims. A record of more
 * than `maxLength` octets is one problem and is skipped.
 */
export function createRecordSplitter(
  onRecord: OnRecord,
  onProblem: (problem: Problem) => void,
  maxLength: number,
  from: { readonly number: number; readonly offset: number } = { number: 0, offset: 0 },
): RecordSplitter {
  const record: MrtRecord = {
    number: from.number,
    offset: from.offset,
    time: 0,
    type: 0,
    subtype: 0,
    length: 0,
  };
  let pending = new Uint8Array(1 << 12);
  let held = 0; // octets of the open record in `pending`
  let skipping = 0; // octets of an over-long record still to come
  let position = from.offset; // octets consumed before the open record

  /** Reads the header at `at`; true when the record is one to collect. */
  const open = (octets: Uint8Array, at: number): boolean => {
    record.number++;
    record.offset = position;
    record.time = readU32(octets, at);
    record.type = readU16(octets, at + 4);
    record.subtype = readU16(octets, at + 6);
    record.length = readU32(octets, at + 8);
    return record.length <= maxLength;
  };
  const problem = (code: string, message: string): Problem => {
    const found = { code, message, number: record.number, offset: record.offset, field: 'record.length' };
    onProblem(found);
    return found;
  };
  const tooLong = (): void => {
    problem('record-too-long', `${record.length} octets, the limit is ${maxLength}`);
    skipping = RECORD_HEADER + record.length;
  };
  const skip = (chunk: Uint8Array, at: number): number => {
    const step = Math.min(skipping, chunk.length - at);
    skipping -= step;
    position += step;
    return at + step;
  };
  const hold = (chunk: Uint8Array, at: number, wanted: number): number => {
    const end = Math.min(chunk.length, at + wanted - held);
    if (held + end - at > pending.length) {
      const grown = new Uint8Array(Math.max(2 * pending.length, held + end - at));
      grown.set(pending.subarray(0, held));
      pending = grown;
    }
    pending.set(chunk.subarray(at, end), held);
    held += end - at;
    return end;
  };
  /** Completes the open record from the chunk; returns the place in the chunk after it. */
  const resume = (chunk: Uint8Array): number => {
    let at = 0;
    if (held < RECORD_HEADER) {
      at = hold(chunk, at, RECORD_HEADER);
      if (held < RECORD_HEADER) return at;
      if (!open(pending, 0)) {
        tooLong();
        skipping -= RECORD_HEADER;
        position += RECORD_HEADER;
        held = 0;
        return skip(chunk, at);
      }
    }
    const whole = RECORD_HEADER + record.length;
    at = hold(chunk, at, whole);
    if (held === whole) {
      held = 0;
      position += whole;
      onRecord(record, pending, RECORD_HEADER, whole);
    }
    return at;
  };

  return {
    get records() {
      return record.number;
    },
    get octets() {
      return position + held;
    },
    push: (chunk) => {
      let at = skipping > 0 ? skip(chunk, 0) : held > 0 ? resume(chunk) : 0;
      while (at < chunk.length) {
        if (chunk.length - at < RECORD_HEADER) {
          hold(chunk, at, RECORD_HEADER);
          return;
        }
        const collect = open(chunk, at);
        const end = at + RECORD_HEADER + record.length;
        if (!collect) {
          tooLong();
          at = skip(chunk, at);
        } else if (end > chunk.length) {
          hold(chunk, at, RECORD_HEADER + record.length);
          return;
        } else {
          position += end - at;
          onRecord(record, chunk, at + RECORD_HEADER, end);
          at = end;
        }
      }
    },
    end: () => {
      const inHeader = held > 0 && held < RECORD_HEADER;
      const inRecord = held > 0 || skipping > 0;
      held = 0;
      skipping = 0;
      if (inHeader) {
        record.number++;
        record.offset = position;
        return problem('record-truncated', `the input ends within a record header`);
      }
      return inRecord
        ? problem('record-truncated', `the input ends within a record of ${record.length} octets`)
        : undefined;
    },
  };
}
