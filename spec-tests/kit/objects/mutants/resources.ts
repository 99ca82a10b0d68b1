import { integer, listOf, Members, must, only, TAG, type Value } from './der.js';

/** A range of ASes; `single`: written as one number. */
export interface AsRange {
  readonly min: number;
  readonly max: number;
  readonly single: boolean;
}

export type AsResources = 'inherit' | readonly AsRange[];

/** ASIdentifiers of RFC 3779 §3.2.3, as far as RFC 6487 §4.8.11 allows them: no routing domain identifiers. */
export function readAsResources(value: Value): AsResources {
  const members = new Members(value, 'ASIdentifiers');
  const choice = only(members.take(0xa0), 'asnum');
  members.end();
  if (choice.tag === TAG.null) return 'inherit';
  const ranges = listOf(choice, 'asIdsOrRanges').map(readRange);
  must(ranges.length > 0, 'RFC 6487 §4.8.11: a set that is not empty');
  const apart = ranges.every(({ min }, i) => i === 0 || (ranges[i - 1]?.max ?? min) + 1 < min);
  must(apart, 'RFC 3779 §3.2.3.4: sorted, contiguous ones combined');
  return ranges;
}

function readRange(value: Value): AsRange {
  if (value.tag === TAG.integer) return { min: readAsn(value), max: readAsn(value), single: true };
  const members = new Members(value, 'ASRange');
  const [min, max] = [readAsn(members.take()), readAsn(members.take())];
  members.end();
  must(min <= max, 'RFC 3779 §3.2.3.9: minimum and maximum');
  return { min, max, single: false };
}

/** An AS number, which has 32 bits (aspa-profile §3, RFC 3779 §3.2.3.10). */
export function readAsn(value: Value): number {
  const asn = integer(value, 'ASID');
  must(asn >= 0n && asn <= 0xffff_ffffn, 'aspa-profile §3: an AS number');
  return Number(asn);
}
