import { DecodeError, readU32 } from '../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, addressLength, comparePrefix } from '../inet/index.js';
import { SeededHash, type SeedOptions } from '../tables/index.js';
import type { Vrp } from './payload.js';
import {
  EXPIRES,
  readCount,
  readNotes,
  readPrefix,
  type SnapshotIn,
  type SnapshotKind,
  TA,
  writeNotes,
  writePrefix,
} from './snapshot-parts.js';
import { VrpNotes } from './vrp-notes.js';
import { VrpRows } from './vrp-rows.js';
import { adoptVrpStore, type VrpStore } from './vrp-store.js';

/** Octets of a row without address, expiry and trust anchor. */
const LEAST = 8;
const FAMILIES = [AFI_IPV4, AFI_IPV6] as const;

/**
 * VRPs in a snapshot (docs/decisions/payload.md D-payload-snapshot). There may be a million, so they have a second reading, of all rows into
 * the arrays of a store without a value for each. It takes nothing that `read` does not take, and leaves to that to say what is wrong.
 */
export const VRP_ROWS: SnapshotKind<Vrp> & { readAll(from: SnapshotIn, options: SeedOptions): VrpStore } = {
  least: LEAST,
  write(out, vrp) {
    writePrefix(out.writer, vrp.prefix);
    out.writer.u8(vrp.maxLength, 'maxLength').u32(vrp.asn, 'asn');
    writeNotes(out, vrp);
  },
  read(from) {
    const { reader } = from;
    const prefix = readPrefix(reader);
    const { offset } = reader;
    const maxLength = reader.u8('maxLength');
    if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length) {
      const message = `maxLength ${maxLength} of a prefix of length ${prefix.length}`;
      throw new DecodeError('snapshot-max-length', message, { field: 'maxLength', offset });
    }
    const asn = reader.u32('asn');
    const notes = readNotes(from);
    return { prefix, maxLength, asn, ...notes };
  },
  compare: (a, b) => comparePrefix(a.prefix, b.prefix) || a.maxLength - b.maxLength || a.asn - b.asn,
  readAll(from, { seed }) {
    const { reader, names } = from;
    const count = readCount(reader, LEAST, 'vrps');
    const hash = new SeededHash(seed);
    const there = countRows(from, count);
    let left = count;
    const families = FAMILIES.map((afi) => {
      const rows = new VrpRows(afi, there[afi]);
      const notes = new VrpNotes(names);
      left -= there[afi];
      if (fill(from, afi, there[afi], rows, notes) < there[afi]) refuse(from);
      return { notes, ...rows.pack(hash, unexpected, unexpected) };
    });
    if (left > 0) refuse(from);
    return adoptVrpStore(hash, families);
  },
};

/** Octets of expiry and trust anchor by the flags of a row. */
const octetsOfNotes = (flags: number): number =>
  ((flags & EXPIRES) === 0 ? 0 : 8) + ((flags & TA) === 0 ? 0 : 4);

/** How many rows there are of each family, as far as they are whole and their families in order. */
function countRows({ reader }: SnapshotIn, count: number): Record<Afi, number> {
  const { octets, end } = reader;
  const rows = { [AFI_IPV4]: 0, [AFI_IPV6]: 0 };
  let at = reader.offset;
  let left = count;
  for (const afi of FAMILIES) {
    const bits = 8 * addressLength(afi);
    for (; left > 0 && at + LEAST <= end && octets[at] === afi; left--) {
      const length = octets[at + 1] as number;
      const rest = at + 2 + ((length + 7) >> 3);
      if (length > bits || rest + 6 > end) return rows;
      at = rest + 6 + octetsOfNotes(octets[rest + 5] as number);
      if (at > end) return rows;
      rows[afi]++;
    }
  }
  return rows;
}

/** Takes up to `count` rows of a family, which are whole; leaves the reader at the first that is not as it has to be. */
function fill(
  { reader, names, used }: SnapshotIn,
  afi: Afi,
  count: number,
  rows: VrpRows,
  notes: VrpNotes,
): number {
  const { octets } = reader;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const bits = 8 * addressLength(afi);
  let at = reader.offset;
  let row = 0;
  for (; row < count; row++) {
    const length = octets[at + 1] as number;
    const address = at + 2;
    const rest = address + ((length + 7) >> 3);
    const maxLength = octets[rest] as number;
    const flags = octets[rest + 5] as number;
    if (maxLength < length || maxLength > bits || flags > (EXPIRES | TA)) break;
    // Bits behind the length, in the last octet of the address.
    if ((length & 7) !== 0 && ((octets[rest - 1] as number) & (0xff >> (length & 7))) !== 0) break;
    let next = rest + 6;
    let expires = Number.NaN;
    if ((flags & EXPIRES) !== 0) {
      expires = view.getFloat64(next);
      if (!Number.isFinite(expires) || Object.is(expires, -0)) break;
      next += 8;
    }
    let ta = -1;
    if ((flags & TA) !== 0) {
      ta = readU32(octets, next);
      if (ta >= names.length) break;
      next += 4;
    }
    const w0 = wordBefore(octets, address, rest);
    const w1 = length > 32 ? wordBefore(octets, address + 4, rest) : 0;
    const w2 = length > 64 ? wordBefore(octets, address + 8, rest) : 0;
    const w3 = length > 96 ? wordBefore(octets, address + 12, rest) : 0;
    rows.append(w0, w1, w2, w3, length, maxLength, view.getInt32(rest + 1));
    if (!rows.ascends) break;
    if (flags !== 0) notes.put(row, expires, ta + 1, count);
    if (ta >= 0) used[ta] = 1;
    at = next;
  }
  reader.skip(at - reader.offset, 'vrps');
  return row;
}

/** The four octets from `at` on as a signed word, those from `end` on as zeros. */
function wordBefore(octets: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let i = at, shift = 24; i < end && shift >= 0; i++, shift -= 8) word |= (octets[i] as number) << shift;
  return word;
}

/** Rows that ascend are each there once. */
function unexpected(): never {
  throw new Error('of rows that ascend two are the same');
}

/** Says what is wrong with the row at the reader, or with its place. */
function refuse(from: SnapshotIn): never {
  const { offset } = from.reader;
  VRP_ROWS.read(from);
  throw new DecodeError('snapshot-order', 'the vrps do not ascend', { field: 'vrps', offset });
}
