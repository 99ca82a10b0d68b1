import { mulAddUnsafe, normalizeZ } from '@noble/curves/abstract/curve.js';
import type { Fp2, Fp12 as Fp12Element } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { attempt } from './attempt.js';
import type { PairingEngine } from './engine.js';
import { createHashToG1 } from './hash-to-g1.js';
import { createLineCache } from './line-cache.js';
import { SIGNATURE_OCTETS } from './suite.js';

/** A point of G1 as `@noble/curves` holds it. */
export type NoblePoint = WeierstrassPoint<bigint>;
/** A validated element of G2; the object is the key of the line cache. */
export interface NobleKey {
  readonly point: WeierstrassPoint<Fp2>;
}
/** An element of GT, or a Miller value. */
export type NobleGt = Fp12Element;
/** The default engine's type. */
export type NobleEngine = PairingEngine<NoblePoint, NobleKey, NobleGt>;

const { G1, G2, fields, utils } = bls12_381;
const { Fp, Fp12 } = fields;
/** g2 divided by h_eff, with which hashing ends (RFC 9380 §8.8.1). */
const MAPPED_GENERATOR = G2.Point.BASE.multiply(fields.Fr.inv(0xd201000000010001n));
const HALF_P = (Fp.ORDER - 1n) / 2n;

/**
 * The engine over `@noble/curves`, the only one the package depends on. Not constant time.
 *
 * `cachedKeys` bounds how many keys keep their Miller lines (about 50 kB each); 0 computes them at every use.
 */
export function createNobleEngine({ cachedKeys = 1024 }: { readonly cachedKeys?: number } = {}): NobleEngine {
  type Lines = ReturnType<typeof utils.calcPairingPrecomputes>;
  const cache = createLineCache<NobleKey, Lines>(cachedKeys);
  const linesOf = (key: NobleKey): Lines => cache.get(key, () => utils.calcPairingPrecomputes(key.point));
  let hash: ReturnType<typeof createHashToG1> | undefined;
  const mapToG1 = (octets: Uint8Array, dst: string): NoblePoint => {
    // Setting up the map takes some ten milliseconds, which an engine for pairings alone need not pay.
    hash ??= createHashToG1();
    return hash(octets, dst);
  };
  return {
    name: 'noble',
    hashToG1: (octets, dst) => mapToG1(octets, dst).clearCofactor(),
    mapToG1,
    decodeG1: (octets) => attempt(() => G1.Point.fromBytes(octets)),
    encodeG1,
    identity: G1.Point.ZERO,
    isIdentity: (point) => point.is0(),
    equal: (a, b) => a.equals(b),
    add: (a, b) => a.add(b),
    negate: (point) => point.negate(),
    multiply: (point, scalar) => point.multiply(scalar),
    // Interleaved wNAF with one shared doubling chain, as long as the longest scalar.
    combine: (points, scalars) => mulAddUnsafe(G1.Point, [...points], [...scalars]),
    decodeG2: (octets) => attempt(() => ({ point: G2.Point.fromBytes(octets) })),
    generator: { point: G2.Point.BASE },
    mappedGenerator: { point: MAPPED_GENERATOR },
    publicKey: (scalar) => G2.Point.BASE.multiply(scalar).toBytes(),
    miller: (terms) => {
      const used = terms.filter(({ point }) => !point.is0());
      // One inversion for all points; millerLoopBatch wants affine coordinates and checks nothing.
      const affine = normalizeZ(
        G1.Point,
        used.map(({ point }) => point),
      );
      return bls12_381.millerLoopBatch(
        affine.map((point, i) => [linesOf((used[i] as { key: NobleKey }).key), point.X, point.Y]),
      );
    },
    finalExponentiation: (value) => Fp12.finalExponentiate(value),
    one: Fp12.ONE,
    multiplyGt: (a, b) => Fp12.mul(a, b),
    conjugate: (value) => Fp12.conjugate(value),
    powGt: (value, scalar) => Fp12.pow(value, scalar),
    equalGt: (a, b) => Fp12.eql(a, b),
    encodeGt: (value) => Fp12.toBytes(value),
  };
}

/** `toBytes` of the library repeats the subgroup check for every computed point; here the group is known. */
function encodeG1(point: NoblePoint): Uint8Array {
  if (point.is0()) {
    const identity = new Uint8Array(SIGNATURE_OCTETS);
    identity[0] = 0xc0;
    return identity;
  }
  const { x, y } = point.toAffine();
  const octets = Fp.toBytes(x);
  octets[0] = (octets[0] as number) | 0x80 | (y > HALF_P ? 0x20 : 0);
  return octets;
}
