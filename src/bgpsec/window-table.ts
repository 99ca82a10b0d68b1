import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { p256 } from '@noble/curves/nist.js';

const { Point } = p256;
const BITS = 256;

/** Multiples of one point: for window w of `width` bits, 1..2^(width-1) times 2^(w * width) * P. */
export interface WindowTable {
  readonly width: number;
  readonly points: readonly WeierstrassPoint<bigint>[];
}

/**
 * The table of `point` for signed windows of `width` bits: (ceil(256 / width) + 1) * 2^(width - 1) points.
 *
 * NON-SPEC: the tables of the curve library serve secret scalars too, and read every entry of a window for each
 * addition. Signatures, digests and public keys are no secrets; without that care and with one common accumulator the
 * verification takes about a fifth of the additions and doublings of the table-less way.
 */
export function windowTable(point: WeierstrassPoint<bigint>, width: number): WindowTable {
  const half = 2 ** (width - 1);
  const points: WeierstrassPoint<bigint>[] = [];
  let base = point;
  for (let w = 0; w < Math.ceil(BITS / width) + 1; w++) {
    let multiple = base;
    for (let i = 0; i < half; i++) {
      points.push(multiple);
      multiple = multiple.add(base);
    }
    base = (points[points.length - 1] as WeierstrassPoint<bigint>).double();
  }
  return { width, points };
}

/** a * A + b * B from the tables of A and B; additions only. Variable time: public values only. */
export function sumOfProducts(
  tableA: WindowTable,
  a: bigint,
  tableB: WindowTable,
  b: bigint,
): WeierstrassPoint<bigint> {
  return addProduct(addProduct(Point.ZERO, tableA, a), tableB, b);
}

/** sum + scalar * P, with signed digits in -2^(width-1) .. 2^(width-1). */
function addProduct(
  sum: WeierstrassPoint<bigint>,
  { width, points }: WindowTable,
  scalar: bigint,
): WeierstrassPoint<bigint> {
  const half = 2 ** (width - 1);
  const bits = scalar.toString(2);
  let result = sum;
  let carry = 0;
  for (let w = 0, end = bits.length; end > 0 || carry > 0; w++, end -= width) {
    let digit = carry + (end > 0 ? Number.parseInt(bits.slice(Math.max(0, end - width), end), 2) : 0);
    carry = digit > half ? 1 : 0;
    if (carry) digit -= 2 * half;
    if (digit === 0) continue;
    const entry = points[w * half + Math.abs(digit) - 1] as WeierstrassPoint<bigint>;
    result = result.add(digit > 0 ? entry : entry.negate());
  }
  return result;
}
