import fc from 'fast-check';
import {
  decodeFcPath,
  encodeFcPath,
  FC_PATH_FLAGS,
  type FcPath,
  type FcSegment,
  fcOctets,
  fcPathAttribute,
} from 'pathsec/apvas';
import { BgpError } from 'pathsec/bgp';
import { concatOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { fcRoute, prefix } from './fcbgp-world.js';

const octet = fc.nat({ max: 255 });
const asn = arbitraryAsn.filter((number) => number > 0);
const segment: fc.Arbitrary<FcSegment> = fc.record({
  previousAs: arbitraryAsn,
  asn,
  nextAs: asn,
  ski: fc.uint8Array({ minLength: 20, maxLength: 20 }),
  algorithm: octet,
  flags: octet,
  signature: fc.uint8Array({ minLength: 1, maxLength: 90 }),
});
const arbitraryPath: fc.Arbitrary<FcPath> = fc.record({
  segments: fc.array(segment, { minLength: 1, maxLength: 10 }),
});

describe('the FC path attribute', () => {
  it('survives encode, decode, encode', () => {
    fc.assert(
      fc.property(arbitraryPath, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (path, before, after) => {
        const value = encodeFcPath(path);
        expect(decodeFcPath(value)).toEqual(path);
        const window = concatOctets([new Uint8Array(before), value, new Uint8Array(after)]);
        expect(decodeFcPath(window, before, before + value.length)).toEqual(path);
      }),
    );
  });

  it('gives a fault at a place, or what encodes to the same octets, for any octets', () => {
    fc.assert(
      fc.property(arbitraryPath, fc.nat(), octet, fc.nat(), (path, at, value, cut) => {
        const good = encodeFcPath(path);
        const octets = good.slice(0, good.length - (cut % 3));
        octets[at % octets.length] = value;
        try {
          expect(encodeFcPath(decodeFcPath(octets))).toEqual(octets);
        } catch (error) {
          if (!(error instanceof BgpError)) throw error;
          expect(error.treatment).toBe('treat-as-withdraw');
          expect(error.fault.offset).toBeLessThanOrEqual(octets.length);
          expect(error.fault.field).toMatch(/^fc-path\.fc-list/);
        }
      }),
    );
  });

  it('is written with the flags of section 3 and the type that the caller says', () => {
    const { path } = fcRoute([65536], 65537);
    expect(FC_PATH_FLAGS).toBe(0b11010000);
    expect(fcPathAttribute(path)).toEqual({ flags: 0xd0, code: 255, value: encodeFcPath(path) });
    expect(fcPathAttribute(path, 240).code).toBe(240);
  });

  it.each([
    ['no segment', []],
    ['an SKI of 19 octets', [{ ski: new Uint8Array(19) }]],
    ['no signature', [{ signature: new Uint8Array(0) }]],
    ['AS 0 that signs', [{ asn: 0 }]],
    ['AS 0 that is signed to', [{ nextAs: 0 }]],
    ['flags beyond an octet', [{ flags: 256 }]],
    ['more octets than a value has', [{ signature: new Uint8Array(65500) }]],
  ])('is not made with %s', (_, changes) => {
    const [good] = fcRoute([65536], 65537).path.segments;
    const segments = changes.map((change) => ({ ...(good as FcSegment), ...change }));
    expect(() => encodeFcPath({ segments })).toThrow(RangeError);
  });

  it('is refused a window outside its octets', () => {
    expect(() => decodeFcPath(new Uint8Array(40), 30, 41)).toThrow(RangeError);
  });
});

describe('what a segment signs', () => {
  it('has 41 octets for IPv4 and 53 for IPv6, at every hop', () => {
    const asns = [65536, 65537, 65538, 65539, 65540];
    for (const [announced, length] of [
      [prefix, 41],
      [parsePrefix('2001:db8::/32'), 53],
    ] as const) {
      const { path } = fcRoute(asns, 65541, new Set(), announced);
      const signed = path.segments.map((each) => fcOctets(each, announced));
      expect(signed.map((octets) => octets.length)).toEqual(asns.map(() => length));
      // The octets on the wire up to the length field, which is zero, and the prefix: the same by another way.
      const wire = encodeFcPath({ segments: path.segments.slice(0, 1) });
      const tail = Uint8Array.of(0, 0, ...announced.octets, announced.length);
      expect(signed[0]).toEqual(concatOctets([wire.subarray(0, 34), tail]));
    }
  });
});

/** Paths without a repeated AS, some of whose ASes make no segment and have no key. */
