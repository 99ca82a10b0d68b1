import { p256 } from '@noble/curves/nist.js';
import {
  encodePkcs8,
  generateRouterKey,
  routerPrivateKey,
  routerPrivateKeyOf,
  spkiFault,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';

const N = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const scalar = (hex: string) => fromHex(hex.padStart(64, '0'));

describe('private keys of routers (RFC 8608 3.2)', () => {
  it('have a scalar in 1..n-1 of 32 octets', () => {
    expect(toHex(routerPrivateKey(scalar('1')).scalar())).toBe('1'.padStart(64, '0'));
    expect(routerPrivateKey(scalar(`${N.slice(0, -1)}0`)).spki).toHaveLength(91);
    for (const wrong of [scalar('0'), scalar(N), scalar('ff'.repeat(32)), fromHex('01'), fromHex(`00${N}`)]) {
      expect(() => routerPrivateKey(wrong)).toThrow(/has 32 octets and lies in 1\.\.n-1/);
    }
  });

  it('keep their octets and their ASNs to themselves', () => {
    const given = scalar('2');
    const asns = [64496];
    const key = routerPrivateKey(given, asns);
    given.fill(0);
    key.scalar().fill(0);
    asns.push(1);
    expect(toHex(key.scalar())).toBe('2'.padStart(64, '0'));
    expect(key.asns).toEqual([64496]);
    expect('asns' in routerPrivateKey(scalar('2'))).toBe(false);
  });

  it('from a file: the public point beside the scalar is the one that belongs to it', () => {
    const { spki } = routerPrivateKey(scalar('2'));
    const parts = { scalar: () => scalar('2'), point: spki.subarray(26) };
    expect(routerPrivateKeyOf(parts, [1])).toMatchObject({ spki, asns: [1] });
    expect(routerPrivateKeyOf({ scalar: parts.scalar }).spki).toEqual(spki);
    const refused = (words: RegExp) =>
      expect.objectContaining({
        name: 'DecodeError',
        code: 'private-key',
        field: 'private-key',
        message: expect.stringMatching(words),
      });
    const other = routerPrivateKey(scalar('3')).spki.subarray(26);
    expect(() => routerPrivateKeyOf({ ...parts, point: other })).toThrow(refused(/public key .* another/));
    expect(() => routerPrivateKeyOf({ scalar: () => scalar('0') })).toThrow(refused(/out of range/));
  });

  it('are generated from 40 to 64 octets, by reduction to 1..n-1 (FIPS 186-5 A.2.1)', () => {
    const seed = (length: number) => Uint8Array.from({ length }, (_, i) => 7 * i + 1);
    for (let length = 40; length <= 64; length++) {
      const key = generateRouterKey(seed(length), [1]);
      expect([key.asns, spkiFault(key.spki)]).toEqual([[1], undefined]);
    }
    expect(generateRouterKey(seed(48)).scalar()).toEqual(p256.utils.randomSecretKey(seed(48)));
    const small = (last: number) => toHex(generateRouterKey(fromHex(`${'00'.repeat(39)}0${last}`)).scalar());
    expect([small(0), small(6)]).toEqual(['1'.padStart(64, '0'), '7'.padStart(64, '0')]);
    for (const length of [39, 65]) {
      expect(() => generateRouterKey(seed(length))).toThrow(/seed has 40 to 64 octets/);
    }
  });

  it('as PKCS#8 hold scalar and point (RFC 5958, RFC 5915)', () => {
    const key = routerPrivateKey(scalar('2'));
    const octets = toHex(encodePkcs8(key));
    expect(octets).toHaveLength(2 * 138);
    expect(octets.slice(72, 136)).toBe(toHex(key.scalar()));
    expect(octets.slice(-130)).toBe(toHex(key.spki.subarray(26)));
  });
});
