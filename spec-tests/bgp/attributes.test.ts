import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  BgpError,
  decodeAggregator,
  decodeCommunities,
  decodeLargeCommunities,
  decodeLocalPref,
  decodeMpReach,
  decodeMpUnreach,
  decodeMultiExitDisc,
  decodeOnlyToCustomer,
  encodeAggregator,
  encodeCommunities,
  encodeLargeCommunities,
  encodeLocalPref,
  encodeMpReach,
  encodeMultiExitDisc,
  encodeNlri,
  encodeOnlyToCustomer,
  formatCommunity,
  pathAttribute,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { makePrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { at, CODECS } from './attribute-rows.js';
import { hex } from './wire-support.js';

describe.each(CODECS)('$name', ({ good, bad, unencodable, treatment, decode, encode }) => {
  it.each(good)('decodes and re-encodes %s', (text, value) => {
    requirement('rfc9234:5:attribute-format', '!rfc9234:5:malformed');
    const octets = hex(text);
    expect(decode(octets)).toEqual(value);
    expect(toHex(encode(decode(octets) as never))).toBe(toHex(octets));
  });
  it.each(bad)('refuses %s: %s', (text, code) => {
    requirement('!rfc9234:5:attribute-format', 'rfc9234:5:malformed');
    try {
      decode(hex(text));
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      expect(error).toMatchObject({ code, treatment });
      expect(error.fault.attribute).toBeTypeOf('number');
    }
  });
  it('the encoder refuses values that do not fit', () => {
    for (const value of unencodable) expect(() => encode(value as never)).toThrow(RangeError);
    expect.assertions(unencodable.length);
  });
});

describe('attributes', () => {
  it('ADD-PATH is asked for by family, RFC 7911 §5', () => {
    const value = hex('0001 01 04 c0000201 00 00000007 18c00002');
    expect(decodeMpReach(value, (afi, safi) => afi === 1 && safi === 1).nlri).toEqual([
      { prefix: parsePrefix('192.0.2.0/24'), pathId: 7 },
    ]);
    expect(decodeMpUnreach(hex('0001 02 18c00002'), (_afi, safi) => safi === 1).nlri).toHaveLength(1);
  });

  it('communities as text', () => {
    expect(formatCommunity(0xfbf0_0064)).toBe('64496:100');
    expect(formatCommunity(0xffff_ffff)).toBe('65535:65535');
  });

  it('pathAttribute takes the flags of the registry; Extended Length above 255 octets only', () => {
    requirement('rfc8205:3:optional-non-transitive');
    const flags = (code: number, size = 4): number => pathAttribute(code, new Uint8Array(size)).flags;
    expect([1, 2, 3, 5, 6].map((code) => flags(code))).toEqual(Array(5).fill(0x40));
    expect([4, 9, 10, 14, 15, 33].map((code) => flags(code))).toEqual(Array(6).fill(0x80));
    expect([7, 8, 16, 17, 18, 25, 32, 35, 99].map((code) => flags(code))).toEqual(Array(9).fill(0xc0));
    expect([flags(33, 255), flags(33, 256)]).toEqual([0x80, 0x90]);
  });

  it('random values survive encode and decode', () => {
    const word = fc.nat(0xffff_ffff);
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.array(word, { minLength: 1 }),
        fc.array(fc.tuple(word, word, word), { minLength: 1 }),
        (asn, words, triples) => {
          expect(decodeOnlyToCustomer(encodeOnlyToCustomer(asn))).toBe(asn);
          expect(decodeAggregator(encodeAggregator({ asn, ...at }, 4), 4)).toEqual({ asn, ...at });
          expect(decodeCommunities(encodeCommunities(words))).toEqual(words);
          expect(decodeLargeCommunities(encodeLargeCommunities(triples))).toEqual(triples);
          expect(decodeMultiExitDisc(encodeMultiExitDisc(words[0] as number))).toBe(words[0]);
          expect(decodeLocalPref(encodeLocalPref(words[0] as number))).toBe(words[0]);
        },
      ),
    );
  });

  it('random MP_REACH_NLRI survive encode and decode', () => {
    const nlri = fc.constantFrom(1 as const, 2 as const).chain((afi) =>
      fc.record({
        afi: fc.constant(afi),
        nlri: fc.array(
          fc
            .tuple(
              fc.uint8Array({ minLength: afi === 1 ? 4 : 16, maxLength: afi === 1 ? 4 : 16 }),
              fc.nat(afi === 1 ? 32 : 128),
              fc.nat(0xffff_ffff),
            )
            .map(([octets, bits, pathId]) => ({ prefix: makePrefix(afi, octets, bits), pathId })),
          { maxLength: 5 },
        ),
        addPath: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(nlri, ({ afi, nlri: entries, addPath }) => {
        const wanted = addPath ? entries : entries.map(({ prefix }) => ({ prefix }));
        const value = encodeMpReach({
          afi,
          safi: 1,
          nextHop: new Uint8Array(16),
          field: encodeNlri(wanted, addPath),
        });
        expect(decodeMpReach(value, () => addPath).nlri).toEqual(wanted);
      }),
    );
  });
});

describe('every attribute that is read', () => {
  const folder = new URL('../../src/bgp/attribute/', import.meta.url);
  const codecs = readdirSync(folder)
    .filter((name) => name.startsWith('attr-'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^export function ((?:de|en)code\w+)/gm)])
    .map(([, name = '']) => name);
  const tests = readdirSync(new URL('.', import.meta.url))
    .filter((name) => /\.test\.ts$|-rows\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));

  it.each(codecs)('%s stands in a test or a table of rows of this folder', (name) => {
    expect(tests.some((text) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true);
  });
});
