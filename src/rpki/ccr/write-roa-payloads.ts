import { AFI_IPV4, AFI_IPV6 } from '../../inet/index.js';
import type { VrpArena, VrpStore } from '../../payload/index.js';
import { TAG } from '../der/der-cursor.js';
import type { DerWriter } from '../der/der-writer.js';

/**
 * A SEQUENCE OF ROAPayloadSet, its members from the last to the first: by AS, then family, IPv4 first, then the canonical order of
 * RFC 9582 §4.3.3. Nothing is made for a VRP but its octets.
 */
export function writeRoaPayloads(writer: DerWriter, vrps: VrpStore): void {
  const families = ([AFI_IPV6, AFI_IPV4] as const).map((afi) => {
    const arena = vrps.family(afi);
    const entries = byAs(arena);
    return { arena, entries, left: entries.length };
  });
  for (;;) {
    // The largest AS that is left is written next, as everything is from its end.
    const asns = families.map(({ arena, entries, left }) =>
      left > 0 ? arena.asn(entries[left - 1] as number) : -1,
    );
    const asn = Math.max(...asns);
    if (asn < 0) return;
    const set = writer.length;
    for (const family of families) family.left = writeFamily(writer, family, asn);
    writer.wrap(TAG.sequence, set);
    writer.number(asn);
    writer.wrap(TAG.sequence, set);
  }
}

interface Family {
  readonly arena: VrpArena;
  readonly entries: Uint32Array;
  readonly left: number;
}

/** A ROAIPAddressFamily of the last entries of that AS, if there are any. Returns how many entries are left. */
function writeFamily(writer: DerWriter, { arena, entries, left }: Family, asn: number): number {
  const mark = writer.length;
  let i = left;
  for (; i > 0 && arena.asn(entries[i - 1] as number) === asn; i--)
    writeAddress(writer, arena, entries[i - 1] as number);
  if (i === left) return i;
  writer.wrap(TAG.sequence, mark);
  writer.value(TAG.octetString, Uint8Array.of(0, arena.afi));
  writer.wrap(TAG.sequence, mark);
  return i;
}

/** A ROAIPAddress, with a maxLength only where that is more than the prefix length (RFC 9582 §4.3.2.2). */
function writeAddress(writer: DerWriter, arena: VrpArena, entry: number): void {
  const mark = writer.length;
  const length = arena.length(entry);
  const maxLength = arena.maxLength(entry);
  if (maxLength > length) writer.number(maxLength);
  writer.bitString(arena.octets(entry), length);
  writer.wrap(TAG.sequence, mark);
}

/** The entries of a family by AS, address, length, maxLength. */
function byAs(arena: VrpArena): Uint32Array {
  const entries = new Uint32Array(arena.size);
  let count = 0;
  for (let entry = 0; entry < arena.end; entry++) if (arena.isUsed(entry)) entries[count++] = entry;
  const words = arena.afi === AFI_IPV4 ? 1 : 4;
  return entries.sort((a, b) => {
    const asns = arena.asn(a) - arena.asn(b);
    if (asns !== 0) return asns;
    for (let i = 0; i < words; i++) {
      const difference = arena.word(a, i) - arena.word(b, i);
      if (difference !== 0) return difference;
    }
    return arena.length(a) - arena.length(b) || arena.maxLength(a) - arena.maxLength(b);
  });
}
