import fc from 'fast-check';
import { numberHash, SeededHash } from 'pathsec/tables';
import { describe, expect, it } from 'vitest';

/** What two inputs may differ in that other hashes have cancelled: high bits, low bits, carries, all bits. */
const DIFFERENCES = [
  0x8000_0000, 1, 0x4000_0000, 0x8000, 0x1_0000, 0x2_0000, 0x4000, 3, 0xffff_ffff, 0x8000_8000,
];

/** FNV-1a over whole words from a secret start value, as tables had it. */
function fnv(start: number, words: Int32Array): number {
  let hash = start;
  for (const word of words) hash = Math.imul(hash ^ word, 0x0100_0193);
  return hash;
}

/** Calls back for inputs that differ in two places by two of the differences. */
function forEachPair(visit: (a: Int32Array, b: Int32Array) => void): void {
  const a = new Int32Array(6);
  const b = new Int32Array(6);
  for (const word of [0, 64500]) {
    for (let i = 0; i < 5; i++) {
      for (let j = i + 1; j < 6; j++) {
        for (const first of DIFFERENCES) {
          for (const second of DIFFERENCES) {
            a.fill(word);
            b.fill(word);
            b[i] = (b[i] as number) ^ first;
            b[j] = (b[j] as number) ^ second;
            visit(a, b);
          }
        }
      }
    }
  }
}

describe('the seeded hash', () => {
  it('no chosen difference cancels out: 1,200,000 pairs under 400 seeds, no collision', () => {
    let pairs = 0;
    let collisions = 0;
    for (let seed = 0; seed < 400; seed++) {
      const hash = new SeededHash(seed * 7_777_777_777);
      forEachPair((a, b) => {
        pairs++;
        if (hash.words(a, 0, 6) === hash.words(b, 0, 6)) collisions++;
      });
    }
    expect([pairs, collisions]).toEqual([1_200_000, 0]);
  });

  it('where FNV with a secret start value always collides: highest bits of two neighbours', () => {
    const a = Int32Array.of(1, 2, 3, 4);
    const b = Int32Array.of(1, 2 ^ 0x8000_0000, 3 ^ 0x8000_0000, 4);
    for (let start = 1; start < 2 ** 31; start += 21_474_837) expect(fnv(start, a)).toBe(fnv(start, b));
    for (let seed = 0; seed < 1000; seed++) {
      const hash = new SeededHash(seed);
      expect(hash.words(a, 0, 4)).not.toBe(hash.words(b, 0, 4));
    }
  });

  it('property: equal seed and input, equal hash; where the input lies does not count, how long it is does', () => {
    const words = fc.array(fc.integer(), { maxLength: 20 });
    fc.assert(
      fc.property(words, fc.maxSafeNat(), fc.nat(5), (list, seed, shift) => {
        const hash = new SeededHash(seed);
        const moved = new Int32Array(list.length + shift + 1);
        moved.set(list, shift);
        const value = hash.words(Int32Array.from(list), 0, list.length);
        expect(new SeededHash(seed).words(moved, shift, list.length)).toBe(value);
        expect(hash.words(Uint32Array.from(list), 0, list.length)).toBe(value);
        expect(hash.words(moved, shift, list.length + 1)).not.toBe(value);
        expect(value).toBe(value >>> 0);
      }),
    );
  });

  it('property: octets are told apart by content and number, wherever they lie', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), fc.maxSafeNat(), fc.nat(5), (octets, seed, shift) => {
        const hash = new SeededHash(seed);
        const moved = new Uint8Array(octets.length + shift + 1);
        moved.set(octets, shift);
        const value = hash.octets(octets, 0, octets.length);
        expect(hash.octets(moved, shift, shift + octets.length)).toBe(value);
        expect(hash.octets(moved, shift, shift + octets.length + 1)).not.toBe(value);
        if (octets.length === 0) return;
        moved[shift] = (moved[shift] as number) ^ 0x80;
        expect(hash.octets(moved, shift, shift + octets.length)).not.toBe(value);
      }),
    );
  });

  it('another seed is another hash, of every kind', () => {
    const input = Int32Array.of(5, 6, 7);
    const octets = Uint8Array.of(1, 2, 3, 4, 5);
    const seen = new Set<string>();
    for (let seed = 0; seed < 500; seed++) {
      const hash = new SeededHash(seed * 2 ** 20);
      for (const [kind, value] of [
        ['words', hash.words(input, 0, 3)],
        ['octets', hash.octets(octets, 0, 5)],
        ['two', hash.two(5, 6)],
        ['five', hash.five(5, 6, 7, 0, 0, 2)],
        ['number', hash.number(5)],
      ] as const) {
        seen.add(`${kind} ${value}`);
      }
      expect(hash.number(5)).toBe(numberHash(5, hash.multiplier) >>> 0);
      expect(hash.multiplier & 1).toBe(1);
    }
    expect(seen.size).toBe(2500);
  });

  it('reads no word behind the count', () => {
    const hash = new SeededHash(9);
    expect(hash.five(1, 2, 3, 4, 5, 2)).toBe(hash.five(1, 2, 3, 9, 9, 2));
    expect(hash.five(1, 2, 3, 4, 5, 4)).not.toBe(hash.five(1, 2, 3, 4, 6, 4));
    expect(hash.five(1, 2, 3, 4, 5, 3)).not.toBe(hash.five(1, 2, 3, 5, 5, 3));
  });

  it('a seed is a whole number that JavaScript holds exactly', () => {
    for (const wrong of [-1, 1.5, 2 ** 53, Number.NaN, '7' as unknown as number]) {
      expect(() => new SeededHash(wrong)).toThrow(/is not a whole number in 0\.\.9007199254740991/);
    }
    expect(new SeededHash().seed).toBe(0);
    expect(new SeededHash(Number.MAX_SAFE_INTEGER).two(1, 2)).not.toBe(new SeededHash(0).two(1, 2));
  });
});
