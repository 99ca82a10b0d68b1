import * as asn1js from 'asn1js';
import { type Asn, MAX_ASN } from '../inet/index.js';

/** A range of ASNs, both ends included. */
export interface AsnRange {
  readonly min: Asn;
  readonly max: Asn;
}

/** The AS Resources extension (RFC 3779 §3.2.3). */
export interface AsResources {
  /** `inherit`, the entries of asnum in their order, or absent. */
  readonly asnum?: 'inherit' | readonly AsnRange[];
  /** Whether the rdi element is there; the RPKI does not use it (RFC 6487 §4.8.11). */
  readonly rdi: boolean;
}

/** Reads the value of the extension; `undefined` when it is not an ASIdentifiers. */
export function decodeAsResources(extensionValue: Uint8Array): AsResources | undefined {
  const { result, offset } = asn1js.fromBER(extensionValue);
  if (offset !== extensionValue.length || !(result instanceof asn1js.Sequence)) return undefined;
  let asnum: AsResources['asnum'];
  let rdi = false;
  for (const element of result.valueBlock.value) {
    if (!(element instanceof asn1js.Constructed) || element.idBlock.tagClass !== 3) return undefined;
    const choice = element.valueBlock.value[0];
    if (choice === undefined || element.valueBlock.value.length !== 1) return undefined;
    if (element.idBlock.tagNumber === 1) rdi = true;
    else if (element.idBlock.tagNumber === 0 && asnum === undefined && !rdi) {
      const decoded = choice instanceof asn1js.Null ? 'inherit' : decodeRanges(choice);
      if (decoded === undefined) return undefined;
      asnum = decoded;
    } else return undefined;
  }
  return asnum === undefined ? { rdi } : { asnum, rdi };
}

/** Whether the entries are in the canonical form of RFC 3779 §3.2.3.4: ascending, neither overlapping nor adjacent. */
export function isCanonical(ranges: readonly AsnRange[]): boolean {
  return ranges.every(({ min, max }, i) => {
    const before = ranges[i - 1];
    return min <= max && (before === undefined || before.max + 1 < min);
  });
}

function decodeRanges(choice: asn1js.AsnType): readonly AsnRange[] | undefined {
  if (!(choice instanceof asn1js.Sequence)) return undefined;
  const ranges: AsnRange[] = [];
  for (const entry of choice.valueBlock.value) {
    const bounds = entry instanceof asn1js.Sequence ? entry.valueBlock.value : [entry, entry];
    const [min, max] = bounds.map(asnOf);
    if (bounds.length !== 2 || min === undefined || max === undefined) return undefined;
    ranges.push({ min, max });
  }
  return ranges;
}

/** Through BigInt: the number that the library offers is 0 for integers of four octets. */
function asnOf(value: asn1js.AsnType): Asn | undefined {
  if (!(value instanceof asn1js.Integer)) return undefined;
  const asn = value.toBigInt();
  return asn >= 0n && asn <= BigInt(MAX_ASN) ? Number(asn) : undefined;
}
