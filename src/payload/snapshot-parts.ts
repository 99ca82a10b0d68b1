import { DecodeError, type Reader, readU16, type Writer } from '../bytes/index.js';
import { type Asn, addressLength, maskedOctets, type Prefix } from '../inet/index.js';
import type { SeedOptions } from '../tables/index.js';
import type { KindStore } from './keyed-store.js';
import type { PayloadNotes } from './union-notes.js';

// The pieces that rows of a snapshot are made of (docs/decisions/payload.md D-payload-snapshot). NON-SPEC, all of it.

/** Where rows are written to, with the number of each trust anchor. */
export interface SnapshotOut {
  readonly writer: Writer;
  readonly numbers: ReadonlyMap<string, number>;
}

/** Where rows are read from, with the names of the trust anchors. */
export interface SnapshotIn {
  readonly reader: Reader;
  readonly names: readonly string[];
  /** 1 for each name that a row has named. */
  readonly used: Uint8Array;
}

/** How the values of one kind stand in a snapshot. */
export interface SnapshotKind<V> {
  /** Octets of the shortest row. */
  readonly least: number;
  write(out: SnapshotOut, value: V): void;
  /** @throws {DecodeError} for what is no value of the kind in the form in which its store keeps it. */
  read(from: SnapshotIn): V;
  /** The order of the store: below 0 when `a` stands first, 0 only for one identity. */
  compare(a: V, b: V): number;
  /** The count and all rows as a store, for a kind of which there are many. */
  readAll?(from: SnapshotIn, options: SeedOptions): KindStore<V, unknown>;
}

/** Flags of notes. */
export const EXPIRES = 1;
export const TA = 2;

/** A count of things that take at least `least` octets each: never more than the octets behind it can hold. */
export function readCount(reader: Reader, least: number, field: string): number {
  const { offset } = reader;
  const count = reader.u32(field);
  if (count * least > reader.remaining) {
    const message = `${count} need ${count * least} octets at least, ${reader.remaining} are left`;
    throw new DecodeError('snapshot-count', message, { field, offset });
  }
  return count;
}

/** The names, in their order: any text of JavaScript, as its code units. */
export function writeNames(writer: Writer, names: readonly string[]): void {
  writer.u32(names.length, 'names');
  for (const name of names) {
    writer.u32(name.length, 'name');
    for (let i = 0; i < name.length; i++) writer.u16(name.charCodeAt(i), 'name');
  }
}

/** What {@link writeNames} wrote: each name once, ascending. */
export function readNames(reader: Reader): string[] {
  const names: string[] = [];
  const count = readCount(reader, 4, 'names');
  for (let i = 0; i < count; i++) {
    const { offset } = reader;
    const name = textOf(reader.bytes(2 * readCount(reader, 2, 'name'), 'name'));
    const last = names[i - 1];
    if (last !== undefined && last >= name) {
      throw new DecodeError('snapshot-order', 'the names do not ascend', { field: 'name', offset });
    }
    names.push(name);
  }
  return names;
}

/** Code units that are made into text at once: few enough to be arguments of one call. */
const PIECE = 4_096;

function textOf(octets: Uint8Array): string {
  let text = '';
  for (let from = 0; from < octets.length; from += 2 * PIECE) {
    const units: number[] = [];
    const end = Math.min(octets.length, from + 2 * PIECE);
    for (let at = from; at < end; at += 2) units.push(readU16(octets, at));
    text += String.fromCharCode(...units);
  }
  return text;
}

const scratch = new DataView(new ArrayBuffer(8));

/** @throws {RangeError} for an expiry that is no number of seconds. */
export function writeNotes({ writer, numbers }: SnapshotOut, { expires, ta }: PayloadNotes): void {
  writer.u8((expires === undefined ? 0 : EXPIRES) | (ta === undefined ? 0 : TA), 'notes');
  if (expires !== undefined) {
    if (!Number.isFinite(expires)) throw new RangeError(`a payload expires at ${expires}, which is no time`);
    scratch.setFloat64(0, expires + 0); // of 0 and -0 one is written
    writer.u32(scratch.getUint32(0), 'expires').u32(scratch.getUint32(4), 'expires');
  }
  if (ta !== undefined) writer.u32(numbers.get(ta) as number, 'ta');
}

export function readNotes({ reader, names, used }: SnapshotIn): PayloadNotes {
  const { offset } = reader;
  const flags = reader.u8('notes');
  let expires: number | undefined;
  if (flags & EXPIRES) {
    scratch.setUint32(0, reader.u32('expires'));
    scratch.setUint32(4, reader.u32('expires'));
    expires = scratch.getFloat64(0);
  }
  const number = flags & TA ? reader.u32('ta') : undefined;
  const ta = number === undefined ? undefined : names[number];
  const wrongTime = expires !== undefined && (!Number.isFinite(expires) || Object.is(expires, -0));
  if (flags > (EXPIRES | TA) || wrongTime || (number !== undefined && ta === undefined)) {
    const message = `flags ${flags}, expiry ${expires}, trust anchor ${number} of ${names.length}`;
    throw new DecodeError('snapshot-notes', message, { field: 'notes', offset });
  }
  if (number !== undefined) used[number] = 1;
  if (expires === undefined) return ta === undefined ? NONE : { ta };
  return ta === undefined ? { expires } : { expires, ta };
}

const NONE: PayloadNotes = {};

/** Family, length, and the octets that hold bits of it. @throws {RangeError} for bits behind the length. */
export function writePrefix(writer: Writer, { afi, octets, length }: Prefix): void {
  if (maskedOctets(octets, length) !== octets)
    throw new RangeError('a prefix has bits set behind its length');
  writer.u8(afi, 'prefix').u8(length, 'prefix');
  for (let i = 0; i < octetsOf(length); i++) writer.u8(octets[i] as number, 'prefix');
}

export function readPrefix(reader: Reader): Prefix {
  const { offset } = reader;
  const afi = reader.u8('prefix');
  const length = reader.u8('prefix');
  if ((afi !== 1 && afi !== 2) || length > 8 * addressLength(afi)) {
    throw new DecodeError('snapshot-prefix', `family ${afi}, length ${length}`, { field: 'prefix', offset });
  }
  const octets = new Uint8Array(addressLength(afi));
  // Octet by octet: a view for each prefix takes longer.
  const at = reader.offset;
  reader.skip(octetsOf(length), 'prefix');
  for (let i = octetsOf(length) - 1; i >= 0; i--) octets[i] = reader.octets[at + i] as number;
  if (maskedOctets(octets, length) !== octets) {
    throw new DecodeError('snapshot-prefix', 'bits are set behind the length', { field: 'prefix', offset });
  }
  return { afi, octets, length };
}

const octetsOf = (length: number): number => (length + 7) >> 3;

/** An AS number that names an AS, which 0 does not. */
export function readOwner(reader: Reader, field: string): Asn {
  const { offset } = reader;
  const asn = reader.u32(field);
  if (asn === 0) throw new DecodeError('snapshot-asn', 'AS 0 stands where an AS is named', { field, offset });
  return asn;
}

export function writeAsns(writer: Writer, asns: readonly Asn[], field: string): void {
  writer.u32(asns.length, field);
  for (const asn of asns) writer.u32(asn, field);
}

/** A list in the form of a union of `owner`: ascending, once each, without the owner, 0 alone or not at all. */
export function readAsns(reader: Reader, owner: Asn, field: string): Asn[] {
  const { offset } = reader;
  const count = readCount(reader, 4, field);
  const asns: Asn[] = [];
  let last = count === 1 ? -1 : 0;
  for (let i = 0; i < count; i++) {
    const asn = reader.u32(field);
    if (asn <= last || asn === owner) {
      const message = `AS ${asn} stands behind ${last}, in the list of AS ${owner}`;
      throw new DecodeError('snapshot-list', message, { field, offset: reader.offset - 4 });
    }
    asns.push(asn);
    last = asn;
  }
  if (count === 0) throw new DecodeError('snapshot-list', `AS ${owner} lists nothing`, { field, offset });
  return asns;
}
