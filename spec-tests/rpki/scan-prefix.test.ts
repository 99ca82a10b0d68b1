import fc from 'fast-check';
import { IPv4CidrRange, IPv6CidrRange } from 'ip-num';
import { DecodeError } from 'pathsec/bytes';
import { formatPrefix, type Prefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { createPrefixScanner } from '../../src/rpki/scan-prefix.js';
import { arbitraryPrefix } from '../payload/arbitrary-payloads.js';

const attempt = (read: (text: string) => Prefix, text: string): unknown => {
  try {
    const { afi, octets, length } = read(text);
    return { afi, octets: [...octets], length };
  } catch (error) {
    if (error instanceof DecodeError) return [error.code, error.message];
    throw error;
  }
};

describe('the bulk reader of prefixes', () => {
  const scan = createPrefixScanner();

  it('equals parsePrefix, error for error', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0129af:./:G%'), maxLength: 24 });
    const damaged = fc
      .tuple(arbitraryPrefix, fc.nat(), fc.constantFrom('', '0', ':', '.', '/', 'f', '1'))
      .map(([prefix, at, insert]) => {
        const text = formatPrefix(prefix);
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + insert + text.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(arbitraryPrefix.map(formatPrefix), damaged, near), (text) => {
        expect(attempt(scan, text)).toEqual(attempt(parsePrefix, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('equals ip-num on every prefix', () => {
    fc.assert(
      fc.property(arbitraryPrefix, (prefix) => {
        const text = formatPrefix(prefix);
        const range =
          prefix.afi === 1 ? IPv4CidrRange.fromCidr(text) : (embedded(text) ?? IPv6CidrRange.fromCidr(text));
        const { octets, length } = scan(text);
        const value = octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
        expect(value).toBe(range.getFirst().getValue());
        expect(length).toBe(Number(range.getPrefix().getValue()));
      }),
    );
  });

  /** ip-num reads no embedded IPv4, which RFC 5952 §5 wants for ::ffff:0:0/96. */
  function embedded(text: string): IPv6CidrRange | undefined {
    const match = /^::ffff:(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
    if (!match) return undefined;
    const [a, b, c, d] = match.slice(1, 5).map(Number) as [number, number, number, number];
    return IPv6CidrRange.fromCidr(
      `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}/${match[5]}`,
    );
  }
});
