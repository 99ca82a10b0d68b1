import type { AsPath } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import {
  affectedPrefixes,
  createRovTable,
  explainOrigin,
  literalOrigin,
  originAs,
  validateOrigin,
} from 'pathsec/rov';
import { describe, expect, it } from 'vitest';

const prefix = parsePrefix('192.0.2.0/24');
const vrp = { prefix, maxLength: 24, asn: 64496 };

describe('misuse names the value and what was expected', () => {
  it.each([
    [
      '64496',
      TypeError,
      /^asPath is "64496", not a list of segments \(parseAsPath of pathsec\/bgp reads text\)$/,
    ],
    [[null], TypeError, /^asPath holds null, not a segment \{type, asns\}$/],
    [[64496], TypeError, /^asPath holds 64496, not a segment/],
    [[{ type: 2, asns: '64496' }], TypeError, /^asPath holds an object, not a segment/],
    [[Object.assign(() => 0, { type: 2, asns: [] })], TypeError, /^asPath holds a function, not a segment/],
    [[{ type: '2', asns: [] }], TypeError, /^segment type "2" is not a number \(AS_SEQUENCE is 2\)$/],
    [[{ type: 2, asns: [-1] }], RangeError, /^in the AS_PATH: -1 is not an ASN/],
  ])('of the path %j', (path, kind, sentence) => {
    expect(() => originAs(path as AsPath)).toThrow(kind);
    expect(() => originAs(path as AsPath)).toThrow(sentence);
  });

  it('of the own AS', () => {
    expect(() => originAs([], 2 ** 32)).toThrow(/^ownAs 4294967296 is not an ASN/);
  });

  it('of VRPs, prefixes and origins', () => {
    const text = '192.0.2.0/24' as never;
    expect(() => literalOrigin(7 as never, prefix, 1)).toThrow(
      /^vrps is 7, not a list of VRPs \{prefix, maxLength, asn\}$/,
    );
    expect(() => literalOrigin([], text, 1)).toThrow(
      /^the prefix of the route is "192.0.2.0\/24", not a Prefix/,
    );
    expect(() => literalOrigin([], prefix, -1)).toThrow(/^the origin -1 is not an ASN/);
    expect(() => literalOrigin([{ ...vrp, prefix: text }], prefix, 1)).toThrow(
      /^the prefix of a VRP is "192/,
    );
    expect(() => literalOrigin([null as never], prefix, 1)).toThrow(/^the prefix of a VRP is undefined/);
    expect(() => affectedPrefixes([vrp], 7 as never)).toThrow(/^prefixes is 7, not a list of prefixes$/);
    expect(() => affectedPrefixes([vrp], [text])).toThrow(/^the prefix of a route is "192/);
  });

  it('of the table, prefix and origin, in both readings alike', () => {
    const table = createRovTable([vrp]);
    for (const ask of [validateOrigin, explainOrigin]) {
      expect(() => ask(table, '192.0.2.0/24' as never, 1)).toThrow(
        /^the prefix of the route is "192.0.2.0\/24", not a Prefix/,
      );
      expect(() => ask(table, prefix, 2 ** 32)).toThrow(/^the origin 4294967296 is not an ASN/);
      expect(() => ask(table, prefix, undefined)).not.toThrow();
      expect(() => ask({} as never, prefix, 1)).toThrow(
        /^the table is an object, not one that createRovTable made$/,
      );
      expect(() => ask(undefined as never, prefix, 1)).toThrow(/^the table is undefined/);
    }
  });
});
