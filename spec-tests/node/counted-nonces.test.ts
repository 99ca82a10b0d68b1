import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { createNobleEngine, isStrictSignature } from 'pathsec/bgpsec';
import { createOpensslEngine } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { createCountedSigning, createNeighbours, REACH } from '../../src/node/counted-nonces.js';
import { keyOf } from '../bgpsec/world.js';

const { Fn, BASE } = p256.Point;
const { ORDER } = Fn;
const [FIRST, LAST] = [REACH + 1n, ORDER - REACH - 1n];

describe('neighbours of a centre', () => {
  const around = createNeighbours();

  it('are k·G, each k once, near 0, near n and between', () => {
    const centre = fc.oneof(
      fc.constantFrom(FIRST, FIRST + 1n, LAST - 1n, LAST),
      fc.bigInt({ min: FIRST, max: FIRST + 300n }),
      fc.bigInt({ min: LAST - 300n, max: LAST }),
      fc.bigInt({ min: FIRST, max: LAST }),
    );
    fc.assert(
      fc.property(centre, fc.nat(2 * Number(REACH) - 1), (c, picked) => {
        const nonces = around(c);
        const ks = nonces.map(({ inverse }) => Fn.inv(inverse));
        expect(new Set(ks).size).toBe(2 * Number(REACH));
        expect(ks.every((k) => k > 0n && k < ORDER && k !== c && k >= c - REACH && k <= c + REACH)).toBe(
          true,
        );
        const { x } = nonces[picked] as (typeof nonces)[number];
        expect(x).toBe(BASE.multiply(ks[picked] ?? 0n).toAffine().x);
      }),
      { numRuns: 60 },
    );
  });

  it.each([FIRST, LAST])('are k·G all around %s', (c) => {
    for (const { inverse, x } of around(c)) {
      expect(x).toBe(BASE.multiply(Fn.inv(inverse)).toAffine().x);
    }
  });
});

describe('signatures with counted nonces', () => {
  const [noble, native] = [createNobleEngine(), createOpensslEngine()];
  const requests = fc.array(
    fc.record({
      key: fc.constantFrom(...[64496, 64497, 64498].map((asn) => keyOf(asn))),
      octets: fc.uint8Array(),
    }),
    { minLength: 1, maxLength: 12 },
  );

  it('are strict and verify by both engines; the same in one call and in many', () => {
    fc.assert(
      fc.property(requests, fc.maxSafeNat(), (list, seed) => {
        const signatures = createCountedSigning(seed)(list);
        expect(signatures).toHaveLength(list.length);
        for (const [i, { key, octets }] of list.entries()) {
          const signature = signatures[i] as Uint8Array;
          expect(isStrictSignature(signature)).toBe(true);
          expect(noble.verify(key.spki, octets, signature)).toBe(true);
          expect(native.verify(key.spki, octets, signature)).toBe(true);
        }
        const signing = createCountedSigning(seed);
        expect(list.flatMap((request) => signing([request]))).toEqual(signatures);
        expect(createCountedSigning(seed + 1)(list)).not.toEqual(signatures);
      }),
      { numRuns: 12 },
    );
  });

  it('have no nonce twice, over the end of a run', () => {
    const request = { key: keyOf(64496), octets: Uint8Array.of(1) };
    const count = 5 * Number(REACH);
    const signatures = createCountedSigning(7)(Array.from({ length: count }, () => request));
    const rs = signatures.map((one) => p256.Signature.fromBytes(one, 'der').r);
    expect(new Set(rs).size).toBe(count);
    for (const one of signatures) {
      const { r, s } = p256.Signature.fromBytes(one, 'der');
      expect(r > 0n && r < ORDER && s > 0n && s < ORDER).toBe(true);
      expect(native.verify(request.key.spki, request.octets, one)).toBe(true);
    }
  });
});
