import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import {
  createNobleEngine,
  encodeEcdsaSigValue,
  generateRouterKey,
  isStrictSignature,
  parseEcdsaSigValue,
  spkiFault,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { keyOf, native } from './world.js';

const cold = createNobleEngine({ maxTables: 0 });
const warm = createNobleEngine({ tableAfter: 0, maxTables: 2 });
const engines = [native, cold, warm];
const key = keyOf(64496);
const octets = fromHex('0001000001000000fbf00100010118c00002');
const signature = native.sign(key, octets);
const N = p256.Point.Fn.ORDER;
const scalar = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(66, '0'));
const big = (value: Uint8Array): bigint => BigInt(`0x${toHex(value)}`);

/** What all engines say, which must be one thing. */
function verdict(spki: Uint8Array, over: Uint8Array, value: Uint8Array): boolean {
  const [first, ...others] = engines.map((engine) => engine.verify(spki, over, value));
  expect(others).toEqual(others.map(() => first));
  return first === true;
}

describe('signature encodings (RFC 8608 2.1, D-bgpsec-high-s, D-bgpsec-strict-der)', () => {
  const { r, s } = parseEcdsaSigValue(signature) ?? { r: octets, s: octets };
  const low = big(s) > N / 2n ? N - big(s) : big(s);
  it('high and low s both verify', () => {
    requirement('rfc8608:4:update-signature');
    expect(verdict(key.spki, octets, encodeEcdsaSigValue(r, scalar(low)))).toBe(true);
    expect(verdict(key.spki, octets, encodeEcdsaSigValue(r, scalar(N - low)))).toBe(true);
  });
  const hex = toHex(signature);
  const body = hex.slice(4);
  const length = (octetCount: number) => octetCount.toString(16).padStart(2, '0');
  const bad: readonly [string, string][] = [
    ['r = 0', toHex(encodeEcdsaSigValue(scalar(0n), s))],
    ['s = 0', toHex(encodeEcdsaSigValue(r, scalar(0n)))],
    ['r = n', toHex(encodeEcdsaSigValue(scalar(N), s))],
    ['s = n', toHex(encodeEcdsaSigValue(r, scalar(N)))],
    ['r + n', toHex(encodeEcdsaSigValue(scalar(big(r) + N), s))],
    ['above 2^256', toHex(encodeEcdsaSigValue(fromHex(`01${'00'.repeat(32)}`), s))],
    ['a negative integer', `3006020181020101`],
    ['a padded integer', `300702020001020101`],
    ['an empty integer', `300502000201 01`.replace(' ', '')],
    ['long-form length', `3081${length(body.length / 2)}${body}`],
    ['indefinite length', `3080${body}0000`],
    ['octets behind', `${hex}00`],
    ['octets inside', `30${length(body.length / 2 + 1)}${body}00`],
    ['a SET', `31${hex.slice(2)}`],
    ['r || s', toHex(r).padStart(64, '0') + toHex(s).padStart(64, '0')],
    ['nothing', ''],
    ['one octet', '30'],
    ['72 x FF', 'ff'.repeat(72)],
    ['65535 octets', '30'.repeat(65535)],
  ];
  it.each(bad)('%s is refused', (_name, value) => {
    requirement('!rfc8608:4:update-signature');
    expect(isStrictSignature(fromHex(value))).toBe(false);
    expect(verdict(key.spki, octets, fromHex(value))).toBe(false);
  });

  it('parsing and encoding are inverse, and the engines agree on any change', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: signature.length - 1 }),
        fc.nat({ max: 255 }),
        fc.boolean(),
        (at, value, cut) => {
          const changed = cut ? signature.slice(0, at) : signature.slice();
          if (!cut) changed[at] = value;
          const parsed = parseEcdsaSigValue(changed);
          if (parsed) expect(encodeEcdsaSigValue(parsed.r, parsed.s)).toEqual(changed);
          expect(verdict(key.spki, octets, changed)).toBe(toHex(changed) === hex);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('engines agree on random integers in good DER', () => {
    const integer = fc.oneof(
      fc.bigInt({ min: 0n, max: 3n }),
      fc.bigInt({ min: N - 2n, max: N + 2n }),
      fc.bigInt({ min: 1n, max: N - 1n }),
    );
    fc.assert(
      fc.property(integer, integer, fc.uint8Array({ maxLength: 200 }), (a, b, over) => {
        verdict(key.spki, over, encodeEcdsaSigValue(scalar(a), scalar(b)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('public keys (RFC 8608 3.1, trap 6)', () => {
  const point = toHex(key.spki.subarray(26));
  const prefix = toHex(key.spki.subarray(0, 26));
  const bad: readonly [string, string][] = [
    ['nothing', ''],
    ['octets behind', `${toHex(key.spki)}00`],
    ['a hybrid point', `${prefix}06${point.slice(2)}`],
    [
      'a compressed point',
      `3039301306072a8648ce3d020106082a8648ce3d030107032200${`02${point.slice(2, 66)}`}`,
    ],
    ['the point at infinity', '3019301306072a8648ce3d020106082a8648ce3d03010703020000'],
    ['a point off the curve', `${prefix}${point.slice(0, -1)}${point.endsWith('0') ? '1' : '0'}`],
    ['x = p', `${prefix}04${p256.Point.Fp.ORDER.toString(16)}${point.slice(66)}`],
    ['secp256k1', `3056301006072a8648ce3d020106052b8104000a034200${point}`],
    ['91 octets of zero', '00'.repeat(91)],
  ];
  it.each(bad)('%s is unusable', (_name, value) => {
    requirement(
      '!rfc8608:2.2.1:ecdsa-p256',
      '!rfc8608:3.1:uncompressed',
      '!rfc8608:3.1.1:secp256r1',
      '!rfc8608:3.1.1:ecpoint',
    );
    const spki = fromHex(value);
    expect(spkiFault(spki)).toBeDefined();
    expect(engines.map((engine) => engine.usableKey(spki))).toEqual([false, false, false]);
    expect(verdict(spki, octets, signature)).toBe(false);
  });
  it('the good one is usable', () => {
    requirement('rfc8608:3.1:uncompressed', 'rfc8608:3.1.1:ecpoint');
    expect(spkiFault(key.spki)).toBeUndefined();
    expect(engines.map((engine) => engine.usableKey(key.spki))).toEqual([true, true, true]);
    expect(verdict(key.spki, octets, signature)).toBe(true);
  });
});

describe('engines', () => {
  it('what one signs the others verify; wrong key and wrong octets fail', () => {
    requirement('rfc8205:4.2:digest-and-sign', '!rfc8205:4.2:digest-and-sign', 'rfc8205:5.2:step-4-verify');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 4 }), (over, which) => {
        const own = keyOf(which + 1);
        for (const engine of [native, cold]) {
          const made = engine.sign(own, over);
          expect(verdict(own.spki, over, made)).toBe(true);
          expect(verdict(keyOf(which + 2).spki, over, made)).toBe(false);
          expect(verdict(own.spki, Uint8Array.of(...over, 0), made)).toBe(false);
        }
      }),
      { numRuns: 12 },
    );
  });
  it('noble signs deterministically (RFC 6979)', () => {
    requirement('rfc8205:7.4:deterministic-signatures-equal');
    expect(cold.sign(key, octets)).toEqual(warm.sign(key, octets));
    // RFC 6979 A.2.5: "sample" with SHA-256.
    const sample = {
      ...key,
      scalar: () => fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721'),
    };
    const value = parseEcdsaSigValue(cold.sign(sample, new TextEncoder().encode('sample')));
    expect(value && [toHex(value.r), toHex(value.s)]).toEqual([
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ]);
  });
  it('the native engine verifies off the thread too', async () => {
    expect(await native.verifyAsync?.(key.spki, octets, signature)).toBe(true);
    expect(await native.verifyAsync?.(key.spki, octets.subarray(1), signature)).toBe(false);
    expect(await native.verifyAsync?.(key.spki, octets, Uint8Array.of(1))).toBe(false);
    expect(await native.verifyAsync?.(Uint8Array.of(1), octets, signature)).toBe(false);
  });
  it('digests agree', () => {
    requirement('rfc8608:2.2.1:sha-256');
    expect(native.digest(octets)).toEqual(Buffer.from(cold.digest(octets)));
  });
  it('tables have bounds', () => {
    expect(() => createNobleEngine({ maxTables: -1 })).toThrow(RangeError);
    expect(() => createNobleEngine({ tableAfter: 0.5 })).toThrow(RangeError);
  });
  it('keys are generated from a seed of 40 to 64 octets', () => {
    const seed = Uint8Array.from({ length: 48 }, (_, i) => i);
    expect(generateRouterKey(seed).ski).toEqual(generateRouterKey(seed).ski);
    expect(spkiFault(generateRouterKey(seed).spki)).toBeUndefined();
    for (const length of [0, 32, 39, 65]) {
      expect(() => generateRouterKey(new Uint8Array(length).fill(1))).toThrow(RangeError);
    }
  });
  it('printing a private key does not show it', () => {
    const text = JSON.stringify(key) + String(key);
    expect(text).not.toContain(toHex(key.scalar()));
    expect(text).not.toContain([...key.scalar()].join(','));
  });
});
