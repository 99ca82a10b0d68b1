import { readU16, readU32 } from '../../bytes/index.js';
import { DEFAULT_MAX_RECORD_LENGTH } from '../reader.js';
import { BGP, BGP4MP, BGP4MP_ET, BGP4PLUS, BGP4PLUS_01, TABLE_DUMP, TABLE_DUMP_V2 } from './mrt-types.js';
import { RECORD_HEADER } from './record-splitter.js';

const TYPES: ReadonlySet<number> = new Set([
  BGP,
  BGP4PLUS,
  BGP4PLUS_01,
  TABLE_DUMP,
  TABLE_DUMP_V2,
  BGP4MP,
  BGP4MP_ET,
]);

/**
 * Whether an input of routes is read as MRT: its header (RFC 6396 §2) always has an octet of value 0, the high one of the
 * type, which no text has.
 */
export function mayBeMrt(head: Uint8Array): boolean {
  return head.subarray(0, RECORD_HEADER).includes(0);
}

/** Whether octets begin with the header of a record of routes: time, type, subtype, length. */
export function looksLikeMrt(head: Uint8Array): boolean {
  if (head.length < RECORD_HEADER) return false;
  return (
    TYPES.has(readU16(head, 4)) && readU16(head, 6) < 16 && readU32(head, 8) <= DEFAULT_MAX_RECORD_LENGTH
  );
}
