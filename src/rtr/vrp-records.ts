import { AFI_IPV4, AFI_IPV6, requireAsn, requirePrefix } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import { SeededHash } from '../tables/index.js';
import { ascending } from './record-order.js';
import { RecordSet } from './record-set.js';
import { afiOfWords, IPV4_WORDS, IPV6_WORDS, recordOfVrp, vrpOfRecord } from './vrp-record.js';

/** The packed VRPs of both families. */
export interface VrpRecords {
  readonly ipv4: RecordSet;
  readonly ipv6: RecordSet;
}

/** The names of both families, in the order of their PDU types. */
export const FAMILIES = ['ipv4', 'ipv6'] as const;

/** An empty pair of sets. */
export function createVrpRecords(hash: SeededHash): VrpRecords {
  return { ipv4: new RecordSet(IPV4_WORDS, hash), ipv6: new RecordSet(IPV6_WORDS, hash) };
}

/** The VRPs of packed sets, made one at a time; in no particular order. 8210bis §5.9, §5.10. */
export function* vrpsOf(records: VrpRecords): Generator<Vrp> {
  for (const set of [records.ipv4, records.ipv6]) {
    const { records, words } = set;
    const afi = afiOfWords(words);
    for (let at = 0; at < records.length; at += words) yield vrpOfRecord(afi, records, at);
  }
}

/**
 * The VRPs as packed records, each once. 8210bis §5.9, §5.10.
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
    const { prefix, maxLength, asn } = vrp;
    requirePrefix(prefix, 'the prefix of a VRP');
    requireAsn(asn, 'the ASN of a VRP');
    if (!Number.isInteger(maxLength) || maxLength < prefix.length || maxLength > 8 * prefix.octets.length) {
      throw new RangeError(`max length ${maxLength} of a prefix of length ${prefix.length}`);
    }
    recordOfVrp(vrp, record);
    (prefix.afi === AFI_IPV4 ? packed.ipv4 : packed.ipv6).add(record);
  }
  return packed;
}

/**
 * The VRPs of `from` that `other` lacks, made one at a time: IPv4 first, then by address, maximum length, prefix length
 * and ASN, the order of 8210bis §11.2.1. Neither may change meanwhile.
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
