import {
  computeSki,
  encodeEcdsaSigValue,
  encodeSpki,
  fitSki,
  isStrictSignature,
  parseEcdsaSigValue,
  spkiFault,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { keyOf } from './world.js';

/** n, the order of the group, and its neighbours (SEC 2 §2.4.2). */
const N = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const BELOW_N = `${N.slice(0, -1)}0`;
const ABOVE_N = `${N.slice(0, -1)}2`;

/** A SEQUENCE of INTEGERs whose contents are given. */
function der(...integers: readonly string[]): string {
  const octet = (text: string) => (text.length / 2).toString(16).padStart(2, '0');
  const body = integers.map((content) => `02${octet(content)}${content}`).join('');
  return `30${octet(body)}${body}`;
}

describe('the limits of an Ecdsa-Sig-Value (RFC 8608 2.1; X.690 8.3, 10.1)', () => {
  const good: readonly [string, string][] = [
    ['the shortest, r = s = 1', der('01', '01')],
    ['the longest, r = s = n - 1', der(`00${BELOW_N}`, `00${BELOW_N}`)],
    ['127, the largest single octet', der('7f', '01')],
    ['128 needs an octet for the sign', der('0080', '0080')],
    ['32 octets that need no sign', der(`7f${'ff'.repeat(31)}`, '01')],
    ['shorter than n, with greater octets', der('00ffffffff01', '01')],
    ['smaller than n in an octet before a greater one', der('01', `00fffffffe${'ff'.repeat(28)}`)],
  ];
  it.each(good)('%s', (_name, value) => {
    expect(isStrictSignature(fromHex(value))).toBe(true);
    const { r, s } = parseEcdsaSigValue(fromHex(value)) ?? { r: fromHex(''), s: fromHex('') };
    expect(toHex(encodeEcdsaSigValue(r, s))).toBe(value);
  });

  const bad: readonly [string, string][] = [
    ['r = n', der(`00${N}`, '01')],
    ['s = n + 1', der('01', `00${ABOVE_N}`)],
    ['greater than n in an octet before a smaller one', der('01', `00ffffffff01${'00'.repeat(27)}`)],
    ['-128', der('80', '01')],
    ['a sign octet before 127', der('007f', '01')],
    ['an empty s', der('0101', '')],
    ['33 octets without a sign octet', der(`01${'00'.repeat(32)}`, '01')],
    ['one INTEGER', der('010203040506')],
    ['three INTEGERs', der('01', '01', '01')],
    ['s cut off', '300602010102'.padEnd(14, '05').concat('01')],
    ['a BIT STRING as r', der('01', '01').replace('020101', '030101')],
    ['a length that is one too small', '3005020101020101'],
    ['a length that is one too large', '3007020101020101'],
  ];
  it.each(bad)('not %s', (_name, value) => {
    expect(isStrictSignature(fromHex(value))).toBe(false);
    expect(parseEcdsaSigValue(fromHex(value))).toBeUndefined();
  });

  it('r and s come without the sign octet', () => {
    const value = parseEcdsaSigValue(fromHex(der('0080', '7f01')));
    expect([toHex(value?.r ?? fromHex('')), toHex(value?.s ?? fromHex(''))]).toEqual(['80', '7f01']);
  });

  it('encoding drops leading zeros, and leaves zero one octet', () => {
    const encoded = (r: string, s: string) => toHex(encodeEcdsaSigValue(fromHex(r), fromHex(s)));
    expect(encoded('0000', '000001')).toBe(der('00', '01'));
    expect(encoded('80', '0000ff00')).toBe(der('0080', '00ff00'));
  });
});

describe('the SubjectPublicKeyInfo of a router key (RFC 8608 3.1)', () => {
  const { spki, ski } = keyOf(64496);
  const point = spki.subarray(26);

  it('is made of an uncompressed point', () => {
    expect(toHex(encodeSpki(point))).toBe(toHex(spki));
    const compressed = Uint8Array.of(2, ...point.subarray(1, 33));
    const hybrid = Uint8Array.of(6, ...point.subarray(1));
    for (const wrong of [compressed, hybrid, Uint8Array.of(...point, 0), point.subarray(0, 64)]) {
      expect(() => encodeSpki(wrong)).toThrow(/uncompressed P-256 point has 65 octets and begins with 04/);
    }
  });

  it('is at fault by length, encoding or point, and says by which', () => {
    expect(spkiFault(spki.subarray(1))).toBe('length');
    expect(spkiFault(Uint8Array.of(...spki, 0))).toBe('length');
    for (let at = 0; at < 27; at++) {
      const changed = spki.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect([at, spkiFault(changed)]).toEqual([at, 'encoding']);
    }
    const off = spki.slice();
    off[90] = (off[90] as number) ^ 1;
    expect(spkiFault(off)).toBe('not-on-curve');
    expect(spkiFault(spki)).toBeUndefined();
  });

  it('has as SKI the SHA-1 of its point (RFC 6487 4.8.2)', () => {
    expect(toHex(computeSki(spki))).toBe(toHex(ski));
    expect(() => computeSki(spki.subarray(1))).toThrow(/not a P-256 SubjectPublicKeyInfo \(length\)/);
    const other = spki.slice();
    other[20] = 0;
    expect(() => computeSki(other)).toThrow(RangeError);
  });

  it('an SKI of another size is cut or filled on the right (RFC 8205 6.2)', () => {
    const long = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
    expect(fitSki(long)).toEqual(long.slice(0, 20));
    expect(fitSki(long.subarray(0, 3))).toEqual(Uint8Array.of(1, 2, 3, ...new Array(17).fill(0)));
  });
});
