import { createWriter, readU32, type Writer } from '../bytes/index.js';
import {
  type Afi,
  addressLength,
  type Prefix,
  requireIterable,
  requireObject,
  requirePrefix,
} from '../inet/index.js';
import { BgpError } from './fault.js';
import type { BgpFaultCode } from './fault-codes.js';

/** One entry of an NLRI field: a prefix, and its Path Identifier on an ADD-PATH session (RFC 7911 §3). */
export interface Nlri {
  readonly prefix: Prefix;
  readonly pathId?: number;
}

/**
 * A place in an NLRI field. `prefix` and `pathId` are those of the entry that {@link nextNlri} read last, and are
 * overwritten by the next call: copy what is to be kept.
 */
export interface NlriCursor {
  octets: Uint8Array;
  offset: number;
  end: number;
  addPath: boolean;
  readonly prefix: { readonly afi: Afi; readonly octets: Uint8Array; length: number };
  pathId: number | undefined;
  /** Whether the entry had bits set behind its length; they are cleared in `prefix` (RFC 4271 §4.3). */
  hostBits: boolean;
}

/**
 * A cursor for fields of one family; {@link NlriCursor.octets} and the window are set by {@link resetNlri}.
 * RFC 4271 §4.3, RFC 7911 §3.
 */
export function createNlriCursor(afi: Afi): NlriCursor {
  return {
    octets: new Uint8Array(0),
    offset: 0,
    end: 0,
    addPath: false,
    prefix: { afi, octets: new Uint8Array(addressLength(afi)), length: 0 },
    pathId: undefined,
    hostBits: false,
  };
}

/** Puts the cursor before the field `octets[start, end)`. RFC 4271 §4.3, RFC 7911 §3. */
export function resetNlri(
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  addPath: boolean,
): void {
  cursor.octets = octets;
  cursor.offset = start;
  cursor.end = end;
  cursor.addPath = addPath;
  cursor.pathId = undefined;
}

/**
 * Reads the next entry into the cursor; false at the end of the field. Allocates nothing.
 *
 * @throws {BgpError} `nlri-length` or `nlri-overrun` (RFC 7606 §5.3), offset at the entry; the cursor keeps its place,
 * so what was read before stays usable. The treatment is `session-reset` (§3 j): the field cannot be parsed in full.
 */
export function nextNlri(cursor: NlriCursor): boolean {
  if (cursor.offset >= cursor.end) return false;
  cursor.prefix.length = takeEntry(cursor, cursor.prefix.octets);
  return true;
}

/** Reads the entry at the cursor, which is not at its end: its address into `address`, with zeros behind its length, which it returns. */
function takeEntry(cursor: Omit<NlriCursor, 'prefix'>, address: Uint8Array): number {
  const { octets, end } = cursor;
  let at = cursor.offset;
  if (cursor.addPath) {
    if (end - at < 5)
      throw malformed('nlri-overrun', at, `${end - at} octets left for identifier and length`);
    cursor.pathId = readU32(octets, at);
    at += 4;
  }
  const length = octets[at++] as number;
  if (length > 8 * address.length) throw malformed('nlri-length', cursor.offset, `prefix length ${length}`);
  const size = (length + 7) >> 3;
  if (size > end - at) throw malformed('nlri-overrun', cursor.offset, `${length} bits in ${end - at} octets`);
  for (let i = 0; i < size; i++) address[i] = octets[at + i] as number;
  for (let i = size; i < address.length; i++) address[i] = 0;
  cursor.hostBits = false;
  if ((length & 7) !== 0) {
    const last = address[size - 1] as number;
    const kept = last & (0xff00 >> (length & 7));
    cursor.hostBits = kept !== last;
    address[size - 1] = kept;
  }
  cursor.offset = at + size;
  return length;
}

/**
 * The entries of the NLRI field `octets[start, end)`: RFC 4271 §4.3, RFC 4760 §5; with `addPath` RFC 7911 §3. Host
 * bits are cleared.
 *
 * @throws {BgpError} as {@link nextNlri}.
 */
export function decodeNlri(
  octets: Uint8Array,
  afi: Afi,
  addPath: boolean,
  start = 0,
  end = octets.length,
): Nlri[] {
  if (start >= end) return [];
  const cursor = { octets, offset: start, end, addPath, pathId: undefined, hostBits: false };
  const entries: Nlri[] = [];
  const size = addressLength(afi);
  while (cursor.offset < end) {
    const address = new Uint8Array(size);
    const prefix: Prefix = { afi, octets: address, length: takeEntry(cursor, address) };
    entries.push(cursor.pathId === undefined ? { prefix } : { prefix, pathId: cursor.pathId });
  }
  return entries;
}

/**
 * The NLRI field of `entries`. RFC 4271 §4.3, RFC 7911 §3.
 *
 * @throws {TypeError} for what is no NLRI. {@link RangeError} when, with `addPath`, an entry lacks its Path Identifier, or has one without.
 */
export function encodeNlri(entries: Iterable<Nlri>, addPath: boolean): Uint8Array {
  requireIterable(entries, 'the field', 'a list of NLRIs {prefix, pathId}');
  const writer = createWriter();
  for (const entry of entries) {
    requireObject(entry, 'an NLRI', '{prefix, pathId}');
    const { prefix, pathId } = entry;
    requirePrefix(prefix, 'the prefix of an NLRI');
    if (addPath !== (pathId !== undefined)) throw new RangeError('a Path Identifier if and only if ADD-PATH');
    if (pathId !== undefined) writer.u32(pathId, 'nlri.path-id');
    writePrefix(writer, prefix);
  }
  return writer.finish();
}

/** Appends length and significant octets of `prefix`. RFC 4271 §4.3. */
export function writePrefix(writer: Writer, prefix: Prefix): void {
  writer.u8(prefix.length, 'nlri.length').bytes(prefix.octets.subarray(0, (prefix.length + 7) >> 3));
}

/**
 * NON-SPEC: whether the field `octets[start, end)` can be meant as entries of this form, with Path Identifiers or
 * without: it reads to its end, without host bits and with at most one prefix of length zero. What is read in the wrong
 * form rarely does (docs/decisions/routes.md D-add-path-detection). `cut`: the field goes on behind `end`, so that its
 * last entry may be cut off. Allocates nothing.
 */
export function nlriIsPlausible(
  octets: Uint8Array,
  afi: Afi,
  addPath: boolean,
  start: number,
  end: number,
  cut = false,
): boolean {
  const bits = 8 * addressLength(afi);
  let defaults = 0;
  for (let at = start; at < end; ) {
    if (addPath) at += 4;
    if (at >= end) return cut;
    const length = octets[at++] as number;
    if (length > bits || (length === 0 && ++defaults > 1)) return false;
    const next = at + ((length + 7) >> 3);
    if (next > end) return cut;
    if ((length & 7) !== 0 && ((octets[next - 1] as number) & (0xff >> (length & 7))) !== 0) return false;
    at = next;
  }
  return true;
}

function malformed(code: BgpFaultCode, offset: number, message: string): BgpError {
  return new BgpError({
    code,
    treatment: 'session-reset',
    message,
    field: 'nlri',
    offset,
    notification: { code: 3, subcode: 10 },
  });
}
