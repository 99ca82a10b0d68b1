import fc from 'fast-check';
import { Asn, IPv4CidrRange, IPv6, IPv6CidrRange } from 'ip-num';
import {
  comparePrefix,
  coversPrefix,
  formatAddress,
  formatPrefix,
  makePrefix,
  parseAddress,
  parseAsn,
  parsePrefix,
  parsePrefixMasked,
} from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const sparse16 = fc
  .array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 })
  .map((a) => Uint8Array.from(a));
const prefix = fc.oneof(
  fc.tuple(octets(4), fc.integer({ min: 0, max: 32 })).map(([o, l]) => makePrefix(1, o, l)),
  fc
    .tuple(fc.oneof(octets(16), sparse16), fc.integer({ min: 0, max: 128 }))
    .map(([o, l]) => makePrefix(2, o, l)),
);

describe('ASN text (RFC 5396)', () => {
  it('reads asplain, AS-prefixed and asdot over the full range, as ip-num does', () => {
    fc.assert(
      fc.property(arbitraryAsn, (asn) => {
        expect(parseAsn(asn)).toBe(asn);
        expect(parseAsn(String(asn))).toBe(asn);
        expect(parseAsn(`as${asn}`)).toBe(asn);
        expect(parseAsn(`${Math.floor(asn / 65536)}.${asn % 65536}`)).toBe(asn);
        expect(Number(Asn.fromString(`AS${asn}`).getValue())).toBe(asn);
      }),
    );
  });
  it.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '64496.0.1',
    '1.65536',
    '65536.1',
    '4294967296',
    '01',
    'AS',
    '1,2',
  ])('refuses %j', (text) =>
    expect(() => parseAsn(text)).toThrowError(
      expect.objectContaining({ code: expect.stringMatching(/^asn-/) }),
    ),
  );
  it.each([Number.NaN, 1.5, -1, 2 ** 32, null, [1], {}])('refuses %j', (value) =>
    expect(() => parseAsn(value, 'customer')).toThrowError(expect.objectContaining({ field: 'customer' })),
  );
});

describe('addresses', () => {
  it('agree with ip-num and round-trip', () => {
    fc.assert(
      fc.property(fc.oneof(octets(16), sparse16), (address) => {
        const text = formatAddress(address);
        expect(parseAddress(text)).toEqual(address);
        const value = address.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
        if (!text.includes('.')) expect(IPv6.fromString(text).getValue()).toBe(value);
      }),
    );
  });
  it.each([
    ['2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // RFC 5952 §4.2.3, the first of equal runs
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // §4.2.2, a single zero group
    ['::FFFF:192.0.2.1', '::ffff:192.0.2.1'], // §5
    ['::', '::'],
    ['1::', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('%s is written %s', (text, canonical) => expect(formatAddress(parseAddress(text))).toBe(canonical));
  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7::8:9',
    'fe80::1%eth0',
    '12345::',
    '1.2.3.4::',
    '::1.2.3.4:5',
  ])('refuses %j', (text) =>
    expect(() => parseAddress(text)).toThrowError(expect.objectContaining({ code: 'address-syntax' })),
  );
});

describe('prefixes', () => {
  it('round-trip through text and agree with ip-num', () => {
    fc.assert(
      fc.property(prefix, (p) => {
        const text = formatPrefix(p);
        expect(parsePrefix(text)).toEqual(p);
        const peer =
          p.afi === 1
            ? IPv4CidrRange.fromCidr(text)
            : text.includes('.')
              ? undefined
              : IPv6CidrRange.fromCidr(text);
        const value = p.octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
        if (peer) expect(peer.getFirst().getValue()).toBe(value);
      }),
    );
  });
  it('cover as ip-num says, and the order is total', () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        expect(Math.sign(comparePrefix(a, b))).toBe(-Math.sign(comparePrefix(b, a)) + 0);
        if (a.afi === 1 && b.afi === 1) {
          const inside = IPv4CidrRange.fromCidr(formatPrefix(a)).contains(
            IPv4CidrRange.fromCidr(formatPrefix(b)),
          );
          expect(coversPrefix(a, b)).toBe(inside || comparePrefix(a, b) === 0);
        }
        const shorter = makePrefix(a.afi, a.octets, Math.floor(a.length / 2));
        expect(coversPrefix(shorter, a)).toBe(true);
      }),
    );
  });
  it.each([
    ['192.0.2.1/24', 'prefix-host-bits'],
    ['192.0.2.0/33', 'prefix-length'],
    ['192.0.2.0/024', 'prefix-syntax'],
    ['192.0.2.0', 'prefix-syntax'],
    ['2001:db8::/129', 'prefix-length'],
    ['fe80::1%eth0/64', 'prefix-syntax'],
    [' 192.0.2.0/24', 'prefix-syntax'],
    ['/24', 'prefix-syntax'],
  ])('refuses %s with %s', (text, code) =>
    expect(() => parsePrefix(text)).toThrowError(expect.objectContaining({ code })),
  );
  it('clears host bits only when asked', () => {
    expect(formatPrefix(parsePrefixMasked('192.0.2.129/25'))).toBe('192.0.2.128/25');
    expect(formatPrefix(parsePrefixMasked('2001:db8::ffff/112'))).toBe('2001:db8::/112');
  });
});
