import type { Asn } from '../inet/index.js';
import type { AspaPayload, RouterKey, Vrp } from '../payload/index.js';
import type { SeededHash } from '../tables/index.js';
import { RecordSet } from './record-set.js';
import { afiOfWords, IPV4_WORDS, IPV6_WORDS, vrpOfRecord } from './vrp-record.js';

/** The packed VRPs of both families. */
export interface VrpRecords {
  readonly ipv4: RecordSet;
  readonly ipv6: RecordSet;
}

/** An empty pair of sets. */
export function createVrpRecords(hash: SeededHash): VrpRecords {
  return { ipv4: new RecordSet(IPV4_WORDS, hash), ipv6: new RecordSet(IPV6_WORDS, hash) };
}

/** The VRPs of packed sets, made one at a time; in no particular order. 8210bis-26 §5.6, §5.7. */
export function* vrpsOf(records: VrpRecords): Generator<Vrp> {
  for (const set of [records.ipv4, records.ipv6]) {
    const { records, words } = set;
    const afi = afiOfWords(words);
    for (let at = 0; at < records.length; at += words) yield vrpOfRecord(afi, records, at);
  }
}

/** How the ASPA payload of one customer changes; `after` is absent when the customer has none any more. */
export interface AspaChange {
  readonly customer: Asn;
  readonly before?: AspaPayload | undefined;
  readonly after?: AspaPayload | undefined;
}

/** The net difference between two complete states: what to do to live tables. */
export interface PayloadChanges {
  readonly announced: VrpRecords;
  readonly withdrawn: VrpRecords;
  readonly announcedKeys: readonly RouterKey[];
  readonly withdrawnKeys: readonly RouterKey[];
  /** One per customer, sorted by customer. */
  readonly aspas: readonly AspaChange[];
}

/** Records that come or go; the replacement of an ASPA counts once. NON-SPEC: for reports. */
export function countChanges(changes: PayloadChanges): number {
  const { announced, withdrawn, announcedKeys, withdrawnKeys, aspas } = changes;
  const vrps = announced.ipv4.size + announced.ipv6.size + withdrawn.ipv4.size + withdrawn.ipv6.size;
  return vrps + announcedKeys.length + withdrawnKeys.length + aspas.length;
}
