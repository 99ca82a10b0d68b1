import { readU16, readU32 } from '../bytes/index.js';
import { DEFAULT_MAX_RECORD_LENGTH } from './mrt/mrt-reader.js';
import { BGP4MP, BGP4MP_ET, TABLE_DUMP, TABLE_DUMP_V2 } from './mrt/mrt-types.js';
import { RECORD_HEADER } from './mrt/record-splitter.js';
import { isBgpdumpLine } from './text/bgpdump.js';

const TYPES: ReadonlySet<number> = new Set([TABLE_DUMP, TABLE_DUMP_V2, BGP4MP, BGP4MP_ET]);

/**
 * What kind of routes the octets begin like, in words for a message, or undefined; plain paths have nothing to know
 * them by. For a reader of something else that wants to say what it got instead.
 */
export function routesByBeginning(head: Uint8Array): string | undefined {
  if (isMrtHeader(head)) return 'routes (MRT)';
  const [line = ''] = new TextDecoder()
    .decode(head.subarray(0, 1 << 12))
    .trimStart()
    .split('\n', 1);
  if (line.startsWith('{') && /"(?:ris_message|peer_asn)"/.test(line)) return 'routes (RIS Live JSON)';
  const columns = line.split('|');
  if (isBgpdumpLine(columns)) return 'routes (bgpdump -m)';
  return columns.length === 3 && (columns[0] ?? '').includes('/') ? 'routes (prefix|path|peerAs)' : undefined;
}

/** RFC 6396 §2: time, type, subtype, length. */
function isMrtHeader(head: Uint8Array): boolean {
  if (head.length < RECORD_HEADER) return false;
  return (
    TYPES.has(readU16(head, 4)) && readU16(head, 6) < 16 && readU32(head, 8) <= DEFAULT_MAX_RECORD_LENGTH
  );
}
