import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { MAX_ASN } from '../../inet/index.js';
import { type Asn1, decodeAsn1, insideExplicit, isExplicit, sequence, smallInteger } from '../der/asn1.js';
import { areCanonical, type Range } from './ranges.js';

/** The ASNs a certificate holds: `inherit`, or ascending disjoint ranges (RFC 3779 §3). */
export type AsResources = 'inherit' | readonly Range[];

/** The value of the Autonomous System Identifier Delegation extension, 1.3.6.1.5.5.7.1.8. */
export interface AsIdentifiers {
  /** `[0] asnum`; absent when only routing domain identifiers stand there. */
  readonly asnum?: AsResources;
  /** Whether some entry is written as a range, even of one ASN; ASPA profile §4 allows only ids. */
  readonly hasRange: boolean;
  /** Whether `[1] rdi` is present, which RFC 6487 §4.8.11 forbids. */
  readonly hasRdi: boolean;
  /** Whether the ranges are sorted, disjoint and not adjacent (RFC 3779 §3.2.3.4). */
  readonly canonical: boolean;
}

/**
 * Decodes the extension's value (RFC 3779 §3.2.3).
 *
 * @throws {DecodeError} `asn1-syntax`.
 */
export function decodeAsIdentifiers(octets: Uint8Array): AsIdentifiers {
  const field = 'as-resources';
  let asnum: AsResources | undefined;
  let hasRdi = false;
  let hasRange = false;
  for (const choice of sequence(decodeAsn1(octets, field), field)) {
    if (isExplicit(choice, 0) && !asnum && !hasRdi)
      ({ asnum, hasRange } = decodeChoice(insideExplicit(choice, field)));
    else if (isExplicit(choice, 1) && !hasRdi) hasRdi = true;
    else throw new DecodeError('asn1-syntax', 'only [0] asnum and [1] rdi may stand here', { field });
  }
  return {
    ...(asnum ? { asnum } : {}),
    hasRange,
    hasRdi,
    canonical: asnum === undefined || asnum === 'inherit' || areCanonical(asnum),
  };
}

function decodeChoice(value: Asn1): { asnum: AsResources; hasRange: boolean } {
  if (value instanceof asn1js.Null) return { asnum: 'inherit', hasRange: false };
  let hasRange = false;
  const asnum = sequence(value, 'as-resources.asnum').map((item, i): Range => {
    const field = `as-resources.asnum[${i}]`;
    if (item instanceof asn1js.Integer) {
      const asn = BigInt(smallInteger(item, 0, MAX_ASN, field));
      return { min: asn, max: asn };
    }
    hasRange = true;
    const [min, max, ...rest] = sequence(item, field);
    const range = {
      min: BigInt(smallInteger(min, 0, MAX_ASN, field)),
      max: BigInt(smallInteger(max, 0, MAX_ASN, field)),
    };
    if (rest.length > 0 || range.min > range.max)
      throw new DecodeError('asn1-syntax', 'not a range', { field });
    return range;
  });
  return { asnum, hasRange };
}

/** Encodes the extension's value; single ASNs as `id`, others as `range`. */
export function encodeAsIdentifiers(resources: AsResources): Uint8Array {
  const choice =
    resources === 'inherit'
      ? new asn1js.Null()
      : new asn1js.Sequence({
          value: resources.map(({ min, max }) =>
            min === max
              ? asn1js.Integer.fromBigInt(min)
              : new asn1js.Sequence({
                  value: [asn1js.Integer.fromBigInt(min), asn1js.Integer.fromBigInt(max)],
                }),
          ),
        });
  const asnum = new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [choice] });
  return new Uint8Array(new asn1js.Sequence({ value: [asnum] }).toBER());
}
