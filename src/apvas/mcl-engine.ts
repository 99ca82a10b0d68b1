import { attempt } from './attempt.js';
import type { PairingEngine } from './engine.js';
import { hashToField } from './hash-to-g1.js';
import { createLineCache } from './line-cache.js';
import { createNobleEngine } from './noble-engine.js';
import { GT_OCTETS, PUBLIC_KEY_OCTETS } from './suite.js';

/** What the elements of mcl-wasm have in common. */
export interface MclElement {
  deserialize(octets: Uint8Array): void;
  serialize(): Uint8Array;
}
/** A point of G1 in mcl-wasm. */
export interface MclPoint extends MclElement {
  isZero(): boolean;
  isEqual(other: MclPoint): boolean;
}
/** A scalar of mcl-wasm. */
export interface MclScalar extends MclElement {
  setStr(text: string, base?: number): void;
}
/** An element of the base field of mcl-wasm. */
export interface MclField extends MclScalar {
  mapToG1(): MclPoint;
}
/** An element of GT in mcl-wasm. */
export interface MclGt extends MclElement {
  setInt(value: number): void;
  isEqual(other: MclGt): boolean;
}
/** Lines of a key; their memory is outside the JavaScript heap until `destroy`. */
export interface MclLines {
  destroy(): void;
}
/** A key as the mcl engine holds it. */
export interface MclKey {
  readonly point: MclPoint;
}

/**
 * The part of the package `mcl-wasm` 2.4 that the engine uses. The package is not imported here: load it, `init` it
 * for BLS12_381, and pass it in.
 */
export interface MclModule {
  readonly G1: new () => MclPoint;
  readonly G2: new () => MclPoint;
  readonly Fr: new () => MclScalar;
  readonly Fp: new () => MclField;
  readonly GT: new () => MclGt;
  readonly PrecomputedG2: new (point: never) => MclLines;
  /** The mode in which `mapToG1` is that of RFC 9380. */
  readonly IRTF: number;
  setMapToMode(mode: number): void;
  setETHserialization(on: boolean): void;
  add(a: MclPoint, b: MclPoint): MclPoint;
  neg(a: MclPoint): MclPoint;
  inv(a: MclGt): MclGt;
  mul(a: MclPoint, b: MclScalar): MclPoint;
  mul(a: MclGt, b: MclGt): MclGt;
  mulVec(points: MclPoint[], scalars: MclScalar[]): MclPoint;
  pow(a: MclGt, b: MclScalar): MclGt;
  precomputedMillerLoop(point: MclPoint, lines: MclLines): MclGt;
  precomputedMillerLoop2(p1: MclPoint, l1: MclLines, p2: MclPoint, l2: MclLines): MclGt;
  finalExp(value: MclGt): MclGt;
}

/** The engine's type. */
export type MclEngine = PairingEngine<MclPoint, MclKey, MclGt>;

/**
 * An optional engine over mcl-wasm, two to three times as fast as noble, and a second opinion in tests. Its own hash has a fixed
 * domain separation tag, so it gets elements of the field and maps them.
 *
 * @throws {TypeError} for a module whose pairing of the generators is not the one this room pins (D-apvas-gt).
 */
export function createMclEngine(mcl: MclModule, { cachedKeys = 1024 } = {}): MclEngine {
  mcl.setETHserialization(true);
  mcl.setMapToMode(mcl.IRTF);
  const noble = createNobleEngine({ cachedKeys: 0 });
  const cache = createLineCache<MclKey, MclLines>(cachedKeys, (lines) => lines.destroy());
  const read = <E extends MclElement>(Element: new () => E, octets: Uint8Array): E => {
    const element = new Element();
    element.deserialize(octets);
    return element;
  };
  const scalarOf = (value: bigint): MclScalar => {
    const scalar = new mcl.Fr();
    scalar.setStr(value.toString(16), 16);
    return scalar;
  };
  const generator = { point: read(mcl.G2, noble.publicKey(1n)) };
  const fieldOf = (value: bigint): MclField => {
    const element = new mcl.Fp();
    element.setStr(value.toString(16), 16);
    return element;
  };
  const hashToG1 = (octets: Uint8Array, dst: string): MclPoint => {
    const [u0, u1] = hashToField(octets, dst);
    return mcl.add(fieldOf(u0).mapToG1(), fieldOf(u1).mapToG1());
  };
  const one = new mcl.GT();
  one.setInt(1);
  const engine: MclEngine = {
    name: 'mcl-wasm',
    hashToG1,
    mapToG1: hashToG1, // mcl-wasm clears the cofactor in every map
    decodeG1: (octets) => attempt(() => read(mcl.G1, octets)),
    encodeG1: (point) => point.serialize(),
    identity: new mcl.G1(),
    isIdentity: (point) => point.isZero(),
    equal: (a, b) => a.isEqual(b),
    add: (a, b) => mcl.add(a, b),
    negate: (point) => mcl.neg(point),
    multiply: (point, scalar) => mcl.mul(point, scalarOf(scalar)),
    combine: (points, scalars) =>
      points.length === 0 ? new mcl.G1() : mcl.mulVec([...points], scalars.map(scalarOf)),
    decodeG2: (octets) => attempt(() => ({ point: read(mcl.G2, octets) })),
    generator,
    mappedGenerator: generator,
    publicKey: (scalar) => noble.publicKey(scalar),
    miller: (terms) => {
      const used = terms.filter(({ point }) => !point.isZero());
      let product: MclGt = one;
      const lines = (key: MclKey): MclLines =>
        cache.get(key, () => new mcl.PrecomputedG2(key.point as never));
      for (let i = 0; i < used.length; i += 2) {
        const a = used[i] as { point: MclPoint; key: MclKey };
        const b = used[i + 1];
        const value =
          b === undefined
            ? mcl.precomputedMillerLoop(a.point, lines(a.key))
            : mcl.precomputedMillerLoop2(a.point, lines(a.key), b.point, lines(b.key));
        product = mcl.mul(product, value);
      }
      return product;
    },
    finalExponentiation: (value) => mcl.finalExp(value),
    one,
    multiplyGt: (a, b) => mcl.mul(a, b),
    conjugate: (value) => mcl.inv(value),
    powGt: (value, scalar) => mcl.pow(value, scalarOf(scalar)),
    equalGt: (a, b) => a.isEqual(b),
    encodeGt: (value) => swapPairs(value.serialize()),
  };
  if (!agreesOnGenerators(engine)) throw new TypeError('mcl-wasm: another pairing than BLS12-381 as pinned');
  return engine;
}

/** mcl-wasm writes in each pair of coordinates the part with u first. */
function swapPairs(octets: Uint8Array): Uint8Array {
  if (octets.length !== GT_OCTETS) throw new TypeError(`GT of ${octets.length} octets`);
  const swapped = new Uint8Array(GT_OCTETS);
  for (let at = 0; at < GT_OCTETS; at += PUBLIC_KEY_OCTETS) {
    swapped.set(octets.subarray(at + 48, at + 96), at);
    swapped.set(octets.subarray(at, at + 48), at + 48);
  }
  return swapped;
}

function agreesOnGenerators(engine: MclEngine): boolean {
  const noble = createNobleEngine({ cachedKeys: 0 });
  const base = noble.hashToG1(new Uint8Array(), 'pathsec-engine-check');
  const point = engine.decodeG1(noble.encodeG1(base));
  if (point === undefined) return false;
  const mine = engine.finalExponentiation(engine.miller([{ point, key: engine.generator }]));
  const theirs = noble.finalExponentiation(noble.miller([{ point: base, key: noble.generator }]));
  const expected = noble.encodeGt(theirs);
  return engine.encodeGt(mine).every((octet, i) => octet === expected[i]);
}
