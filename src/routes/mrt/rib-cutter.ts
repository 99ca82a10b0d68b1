import { readU16, readU32 } from '../../bytes/index.js';
import type { ReadFrom } from '../read-from.js';
import { PEER_INDEX_TABLE, TABLE_DUMP, TABLE_DUMP_V2 } from './mrt-types.js';
import { RECORD_HEADER } from './record-splitter.js';

/** Records of a RIB dump, to be read by a reader of its own. */
export interface RibPiece {
  /** In memory of its own. */
  readonly octets: Uint8Array<ArrayBuffer>;
  /** Where it stands. */
  readonly from: ReadFrom;
}

/** Cuts a dump; see {@link createRibCutter}. */
export interface RibCutter {
  /** Takes the next octets of the input, and gives the pieces that they complete: whole records. */
  push(chunk: Uint8Array): readonly RibPiece[];
  /** Whether a record came from which on nothing is cut: {@link RibCutter.rest} has it, and what follows goes behind it. */
  readonly stopped: boolean;
  /** What stands behind the pieces, perhaps half a record. */
  rest(): RibPiece;
}

/**
 * Cuts the octets of a RIB dump (TABLE_DUMP_V2, TABLE_DUMP) at borders of records (RFC 6396 §2) into pieces of at least
 * `size` octets, so that several readers, each `from` the place of its piece, read it together; their summaries, in the order
 * of the pieces, make that of one reader of it all (`joinSummaries`). Such a record says all there is to know of it, but for
 * the PEER_INDEX_TABLE, which goes with each piece. A record of another type, or longer than `maxRecordLength`, is the first
 * one of the rest.
 */
export function createRibCutter(size: number, maxRecordLength: number): RibCutter {
  let held = new Uint8Array(2 * size);
  let start = 0; // of the piece in work
  let scanned = 0; // behind its last whole record
  let used = 0;
  let records = 0;
  let from: ReadFrom = { number: 0, offset: 0 };
  let table: Uint8Array | undefined;
  let stopped = false;

  const hold = (chunk: Uint8Array): void => {
    held.copyWithin(0, start, used);
    used -= start;
    scanned -= start;
    start = 0;
    if (used + chunk.length > held.length) {
      const larger = new Uint8Array(Math.max(2 * held.length, used + chunk.length));
      larger.set(held.subarray(0, used));
      held = larger;
    }
    held.set(chunk, used);
    used += chunk.length;
  };
  /** The length of the record that is next; 0 where it is not there whole, -1 for one that is not cut off. */
  const next = (): number => {
    if (used - scanned < RECORD_HEADER) return 0;
    const type = readU16(held, scanned + 4);
    const length = readU32(held, scanned + 8);
    if ((type !== TABLE_DUMP_V2 && type !== TABLE_DUMP) || length > maxRecordLength) return -1;
    return used - scanned < RECORD_HEADER + length ? 0 : RECORD_HEADER + length;
  };
  const take = (): RibPiece => {
    const piece = { octets: held.slice(start, scanned), from };
    from = {
      number: from.number + records,
      offset: from.offset + scanned - start,
      ...(table && { peerIndexTable: table }),
    };
    start = scanned;
    records = 0;
    return piece;
  };
  return {
    get stopped() {
      return stopped;
    },
    push: (chunk) => {
      hold(chunk);
      const pieces: RibPiece[] = [];
      for (let length = next(); length > 0; length = next()) {
        const isTable =
          readU16(held, scanned + 4) === TABLE_DUMP_V2 && readU16(held, scanned + 6) === PEER_INDEX_TABLE;
        if (isTable) table = held.slice(scanned + RECORD_HEADER, scanned + length);
        scanned += length;
        records++;
        if (scanned - start >= size) pieces.push(take());
      }
      stopped = next() < 0;
      return pieces;
    },
    rest: () => ({ octets: held.slice(start, used), from }),
  };
}
