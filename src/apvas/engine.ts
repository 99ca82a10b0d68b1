/** One factor of a pairing product: a point of G1 and a prepared key, an element of G2. */
export interface PairingTerm<P, K> {
  readonly point: P;
  readonly key: K;
}

/**
 * The group arithmetic that PLAIN and CHAIN need, over BLS12-381 with signatures in G1 and keys in G2.
 *
 * `P` is the engine's point of G1, `K` its validated element of G2, `T` its element of GT. Points that an engine
 * returns are in the prime-order subgroup, those of `mapToG1` aside; it may assume the same of those it is given, but in
 * `miller` and `combine`.
 */
export interface PairingEngine<P, K, T> {
  readonly name: string;
  /** BLS12381G1_XMD:SHA-256_SSWU_RO_ (BLS draft §4.2) with the domain separation tag `dst`. */
  hashToG1(octets: Uint8Array, dst: string): P;
  /**
   * {@link hashToG1} without its last and costly step: a point of the curve, perhaps outside the subgroup. A pairing
   * with it, raised to a power that is the same for all points, is the one with `hashToG1`; {@link mappedGenerator} is g2
   * divided by that power (docs/decisions/apvas.md D-apvas-cofactor).
   */
  mapToG1(octets: Uint8Array, dst: string): P;
  /** The point of 48 octets in strict form (see `decodeSignature`), undefined off the curve or the subgroup. */
  decodeG1(octets: Uint8Array): P | undefined;
  /** 48 octets, compressed. */
  encodeG1(point: P): Uint8Array;
  readonly identity: P;
  isIdentity(point: P): boolean;
  equal(a: P, b: P): boolean;
  add(a: P, b: P): P;
  negate(point: P): P;
  /** `scalar * point` for a secret scalar, 1 <= scalar < r. */
  multiply(point: P, scalar: bigint): P;
  /** The sum of `scalars[i] * points[i]`, for public scalars, 0 <= scalar < r. Variable time. */
  combine(points: readonly P[], scalars: readonly bigint[]): P;
  /** The prepared key of 96 octets in strict form, undefined off the curve or the subgroup. */
  decodeG2(octets: Uint8Array): K | undefined;
  readonly generator: K;
  /** What a signature is paired with where its statements are points of {@link mapToG1}. */
  readonly mappedGenerator: K;
  /** `scalar * g2`, 96 octets, compressed. */
  publicKey(scalar: bigint): Uint8Array;
  /** Product of the Miller values, *before* the final exponentiation. Terms with the identity count as one. */
  miller(terms: readonly PairingTerm<P, K>[]): T;
  /** Cube of the textbook final exponentiation, as all known libraries have it (docs/decisions/apvas.md D-apvas-gt). */
  finalExponentiation(value: T): T;
  readonly one: T;
  multiplyGt(a: T, b: T): T;
  /** The inverse of an element of GT. */
  conjugate(value: T): T;
  powGt(value: T, scalar: bigint): T;
  equalGt(a: T, b: T): boolean;
  /** 576 octets in the order of docs/decisions/apvas.md D-apvas-gt. */
  encodeGt(value: T): Uint8Array;
}
