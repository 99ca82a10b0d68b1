import { AFI_IPV4, AFI_IPV6 } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import { SeededHash } from '../tables/index.js';
import { createVrpRecords, type VrpRecords } from './changes.js';
import { recordsFor } from './payload-store.js';
import { ascending } from './record-order.js';
import { recordOfVrp, vrpOfRecord } from './vrp-record.js';

/**
 * The VRPs as packed records, each once. 8210bis-26 §5.6, §5.7.
 *
 * @param hash of the store that they belong to; default one of the fixed seed (docs/decisions/tables.md
 *   D-seeded-tables).
 *
 * @throws {RangeError} for a VRP that no PDU can carry (docs/decisions/rtr.md D-rtr-cache-refuses).
 */
export function packVrps(vrps: Iterable<Vrp>, hash = new SeededHash()): VrpRecords {
  const packed = createVrpRecords(hash);
  const record = new Uint32Array(6);
  for (const vrp of vrps) {
    const { prefix, maxLength } = vrp;
    if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length) {
      throw new RangeError(`max length ${maxLength} of a prefix of length ${prefix.length}`);
    }
    recordOfVrp(vrp, record);
    recordsFor(packed, vrp).add(record);
  }
  return packed;
}

/**
 * The VRPs of `from` that `other` lacks, made one at a time: IPv4 first, then by address, maximum length, prefix length
 * and ASN, the order of 8210bis-26 §11.2.1. Neither may change meanwhile.
 */
export function* vrpsNotIn(from: VrpRecords, other: VrpRecords): Generator<Vrp> {
  for (const [family, afi] of [
    ['ipv4', AFI_IPV4],
    ['ipv6', AFI_IPV6],
  ] as const) {
    const { records, words } = from[family];
    for (const index of ascending(from[family])) {
      if (!other[family].has(records, index * words)) yield vrpOfRecord(afi, records, index * words);
    }
  }
}
