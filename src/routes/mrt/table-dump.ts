import { DecodeError, readU16, readU32 } from '../../bytes/index.js';
import { type Emitter, reportFault, setElementContext } from '../emitter.js';
import type { MrtRecord } from './record-splitter.js';
import { deliverRibEntry } from './rib-entry.js';

/**
 * Reads a TABLE_DUMP record (RFC 6396 §4.2): subtype 1 IPv4, 2 IPv6. NON-SPEC: subtypes 3 and 4 are the same with
 * 4-octet ASNs, as bgpdump knows them. False for any other subtype.
 *
 * @throws {DecodeError} `truncated` (an entry whose path stands before the cut was delivered) or `table-dump-prefix-length`.
 */
export function readTableDump(
  emitter: Emitter,
  record: MrtRecord,
  octets: Uint8Array,
  start: number,
  end: number,
): boolean {
  const { subtype } = record;
  if (subtype < 1 || subtype > 4) return false;
  const size = subtype % 2 === 1 ? 4 : 16;
  const asnSize = subtype <= 2 ? 2 : 4;
  // view 2, sequence 2, prefix, length 1, status 1, time 4, peer address, peer AS, attribute length 2
  const fixed = 12 + 2 * size + asnSize;
  if (end - start < fixed) throw truncated(start, fixed, end);
  const prefixAt = start + 4;
  const timeAt = prefixAt + size + 2;
  const peerAt = timeAt + 4;
  const asAt = peerAt + size;
  const attributesAt = start + fixed;
  const attributesEnd = attributesAt + readU16(octets, attributesAt - 2);

  const cursor = size === 4 ? emitter.ipv4 : emitter.ipv6;
  const length = octets[prefixAt + size] as number;
  if (length > 8 * size) {
    const place = { field: 'table-dump.prefix-length', offset: prefixAt + size };
    throw new DecodeError('table-dump-prefix-length', `length ${length}`, place);
  }
  setPrefix(cursor, octets, prefixAt, size, length);
  const peerAs = asnSize === 2 ? readU16(octets, asAt) : readU32(octets, asAt);
  setElementContext(
    emitter.route,
    record.time,
    undefined,
    emitter.internPeer(octets, peerAt, size, peerAs),
    false,
  );
  emitter.route.pathId = undefined;
  emitter.source.originated = readU32(octets, timeAt);
  deliverRibEntry(
    emitter,
    cursor,
    octets,
    attributesAt,
    attributesEnd,
    asnSize,
    Math.min(attributesEnd, end),
  );
  if (attributesEnd > end) throw truncated(attributesAt, attributesEnd - attributesAt, end);
  if (attributesEnd < end) {
    // Dumps of 2000 put several entries into one record; only the first is read (docs/decisions/routes.md
    // D-mrt-many-entries).
    const message = `${end - attributesEnd} octets behind the entry are ignored`;
    reportFault(emitter, {
      code: 'record-trailing-octets',
      message,
      field: 'table-dump',
      offset: attributesEnd,
    });
  }
  return true;
}

/** The fixed-size prefix, with its host bits cleared. */
function setPrefix(
  { prefix }: Emitter['ipv4'],
  octets: Uint8Array,
  at: number,
  size: 4 | 16,
  length: number,
): void {
  for (let i = 0; i < size; i++) {
    const kept = Math.min(8, Math.max(0, length - 8 * i));
    prefix.octets[i] = (octets[at + i] as number) & (0xff00 >> kept);
  }
  prefix.length = length;
}

function truncated(offset: number, needed: number, end: number): DecodeError {
  const message = `needs ${needed} octets, has ${end - offset}`;
  return new DecodeError('truncated', message, { field: 'table-dump', offset });
}
