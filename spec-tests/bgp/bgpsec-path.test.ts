import fc from 'fast-check';
import {
  BgpError,
  type BgpsecPath,
  decodeBgpsecPath,
  encodeBgpsecPath,
  type SignatureBlock,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { hex } from './wire-support.js';

const SKI = '000102030405060708090a0b0c0d0e0f10111213';
/** One hop: Secure_Path at 0, block at 8, suite at 10, Signature Segment at 11. */
const ONE_HOP = `0008 01 00 0000fbf0  001b 01 ${SKI} 0002 abcd`;
const TWO_BLOCKS = `${ONE_HOP} 0019 f7 ${SKI} 0000`;

function codeOf(run: () => unknown): { code: string; offset: number | undefined; field: string } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    expect(error.treatment).toBe('treat-as-withdraw');
    expect(error.fault.attribute).toBe(33);
    return { code: error.code, offset: error.offset, field: error.field };
  }
  throw new Error('nothing was thrown');
}

const block = (suite: number, count: number): SignatureBlock => ({
  suite,
  signatures: Array.from({ length: count }, () => ({ ski: hex(SKI), signature: hex('abcd') })),
});

describe('BGPsec_PATH, RFC 8205 §3', () => {
  it('decodes one hop and one block', () => {
    requirement(
      'rfc8205:3:one-or-two-blocks',
      'rfc8205:3.1:secure-path-length',
      'rfc8205:3.2:block-length',
      'rfc8205:3.2:signature-for-each-segment',
      'rfc8205:3.2:ski-20-octets',
      'rfc8205:3.2:signature-length',
    );
    expect(decodeBgpsecPath(hex(ONE_HOP))).toEqual({
      segments: [{ pCount: 1, flags: 0, asn: 64496 }],
      blocks: [{ suite: 1, signatures: [{ ski: hex(SKI), signature: hex('abcd') }] }],
    });
  });

  it('decodes two blocks, an unknown suite and an empty signature included', () => {
    requirement(
      'rfc8205:3:one-or-two-blocks',
      'rfc8205:3:different-suites',
      'rfc8205:5.2:check-1-syntax',
      'rfc8205:5.2:check-3-whole-blocks',
    );
    const path = decodeBgpsecPath(hex(TWO_BLOCKS));
    expect(path.blocks.map(({ suite }) => suite)).toEqual([1, 0xf7]);
    expect(path.blocks[1]?.signatures[0]?.signature).toHaveLength(0);
    expect(encodeBgpsecPath(path)).toEqual(hex(TWO_BLOCKS));
  });

  it('keeps every flag bit, since signatures cover them', () => {
    const octets = hex(ONE_HOP.replace('01 00 0000fbf0', '00 ff 0000fbf0'));
    const path = decodeBgpsecPath(octets);
    expect(path.segments).toEqual([{ pCount: 0, flags: 0xff, asn: 64496 }]);
    expect(encodeBgpsecPath(path)).toEqual(octets);
  });

  it('reads a window and counts offsets from the start of the array', () => {
    const octets = hex(`ffff ${ONE_HOP.replace(' 01 000102', ' 00 000102')} ffff`);
    expect(codeOf(() => decodeBgpsecPath(octets, 2, octets.length - 2))).toMatchObject({
      code: 'suite-reserved',
      offset: 12,
    });
    expect(() => decodeBgpsecPath(octets, 2, octets.length + 1)).toThrow(RangeError);
  });

  const malformed: readonly [reason: string, octets: string, offset: number, field: string][] = [
    ['secure-path-length', '', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-length', '00', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-length', '0000', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-length', '0001', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-length', '0007 01 00 0000fb 001901', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-length', '000e 01 00 0000fbf0', 0, 'bgpsec-path.secure-path.length'],
    ['secure-path-empty', '0002 001901', 0, 'bgpsec-path.secure-path'],
    ['block-missing', '0008 01 00 0000fbf0', 8, 'bgpsec-path.blocks'],
    ['block-excess', `${TWO_BLOCKS} 00`, 60, 'bgpsec-path.blocks'],
    ['block-excess', `${TWO_BLOCKS} 0019 02 ${SKI} 0000`, 60, 'bgpsec-path.blocks'],
    ['block-length', '0008 01 00 0000fbf0 0003', 8, 'bgpsec-path.block[0].length'],
    ['block-length', '0008 01 00 0000fbf0 000201', 8, 'bgpsec-path.block[0].length'],
    ['block-length', `0008 01 00 0000fbf0 001c 01 ${SKI} 0002 abcd`, 8, 'bgpsec-path.block[0].length'],
    ['block-length', `${ONE_HOP} 0002`, 35, 'bgpsec-path.block[1].length'],
    ['block-length', `${ONE_HOP} ffff 02`, 35, 'bgpsec-path.block[1].length'],
    ['signature-segment-overrun', '0008 01 00 0000fbf0 0004 01 00', 11, 'bgpsec-path.block[0].signature[0]'],
    [
      'signature-segment-overrun',
      `0008 01 00 0000fbf0 001a 01 ${SKI} 0002 ab`,
      11,
      'bgpsec-path.block[0].signature[0]',
    ],
    [
      'signature-segment-overrun',
      `0008 01 00 0000fbf0 001c 01 ${SKI} 0002 abcd 00`,
      35,
      'bgpsec-path.block[0].signature[1]',
    ],
    ['suite-reserved', ONE_HOP.replace('001b 01', '001b 00'), 10, 'bgpsec-path.block[0].suite'],
    ['suite-reserved', ONE_HOP.replace('001b 01', '001b ff'), 10, 'bgpsec-path.block[0].suite'],
    ['suite-reserved', TWO_BLOCKS.replace('f7', 'ff'), 37, 'bgpsec-path.block[1].suite'],
    ['suite-duplicate', TWO_BLOCKS.replace('f7', '01'), 37, 'bgpsec-path.block[1].suite'],
    ['as-zero', ONE_HOP.replace('0000fbf0', '00000000'), 4, 'bgpsec-path.secure-path[0].as-number'],
    ['signature-count', '0008 01 00 0000fbf0 0003 01', 8, 'bgpsec-path.block[0]'],
    ['signature-count', `${ONE_HOP} 0003 f7`, 35, 'bgpsec-path.block[1]'],
    ['signature-count', `0008 01 00 0000fbf0 002f 01 ${SKI} 0000 ${SKI} 0000`, 8, 'bgpsec-path.block[0]'],
  ];
  it.each(malformed)('%s: %s', (code, octets, offset, field) => {
    requirement(
      '!rfc8205:3:one-or-two-blocks',
      '!rfc8205:3.1:secure-path-length',
      '!rfc8205:3.2:block-length',
      '!rfc8205:3.2:signature-length',
      '!rfc8205:5.2:check-3-signature-count',
      '!rfc8205:5.2:treat-as-withdraw',
      '!rfc8608:2.1:reserved-malformed',
    );
    expect(codeOf(() => decodeBgpsecPath(hex(octets)))).toEqual({ code, offset, field });
  });

  it('names the first fault in the order of the tests', () => {
    // Reserved suite in block 0, overrun in block 1: framing and segments come before values.
    const octets = `${ONE_HOP.replace('001b 01', '001b 00')} 0004 02 00`;
    expect(codeOf(() => decodeBgpsecPath(hex(octets))).code).toBe('signature-segment-overrun');
    const zeroAndCount = '0008 01 00 00000000 0003 01';
    expect(codeOf(() => decodeBgpsecPath(hex(zeroAndCount))).code).toBe('as-zero');
  });

  const refused: readonly [reason: string, path: BgpsecPath][] = [
    ['secure-path-empty', { segments: [], blocks: [block(1, 0)] }],
    ['block-missing', { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [] }],
    [
      'block-excess',
      { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [block(1, 1), block(2, 1), block(3, 1)] },
    ],
    ['suite-reserved', { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [block(0, 1)] }],
    ['suite-duplicate', { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [block(2, 1), block(2, 1)] }],
    ['as-zero', { segments: [{ pCount: 1, flags: 0, asn: 0 }], blocks: [block(1, 1)] }],
    ['signature-count', { segments: [{ pCount: 1, flags: 0, asn: 1 }], blocks: [block(1, 2)] }],
  ];
  it.each(refused)('the encoder refuses what the decoder refuses: %s', (code, path) => {
    requirement(
      '!rfc8205:3:one-or-two-blocks',
      '!rfc8205:3:different-suites',
      '!rfc8205:3.2:signature-for-each-segment',
      '!rfc8205:4.3:egress-remove-signatures',
      '!rfc8608:2.1:reserved-not-used',
    );
    expect(codeOf(() => encodeBgpsecPath(path)).code).toBe(code);
  });

  it('the encoder refuses what does not fit', () => {
    requirement(
      '!rfc8205:3.2:ski-20-octets',
      '!rfc8205:4.2:signature-length-field',
      '!rfc8205:6.2:ski-longer',
      '!rfc8205:6.2:ski-shorter',
    );
    const segments = [{ pCount: 1, flags: 0, asn: 1 }];
    const one = (ski: Uint8Array, signature: Uint8Array): BgpsecPath => ({
      segments,
      blocks: [{ suite: 1, signatures: [{ ski, signature }] }],
    });
    expect(() => encodeBgpsecPath(one(new Uint8Array(19), new Uint8Array(0)))).toThrow(RangeError);
    expect(() => encodeBgpsecPath(one(new Uint8Array(20), new Uint8Array(65_536)))).toThrow(RangeError);
    expect(() => encodeBgpsecPath(one(new Uint8Array(20), new Uint8Array(65_530)))).toThrow(RangeError);
    for (const segment of [
      { pCount: 256, flags: 0, asn: 1 },
      { pCount: 1, flags: 256, asn: 1 },
      { pCount: 1, flags: 0, asn: 2 ** 32 },
    ]) {
      expect(() => encodeBgpsecPath({ segments: [segment], blocks: [block(1, 1)] })).toThrow(RangeError);
    }
  });
});

const octets = (length: { minLength: number; maxLength: number }) => fc.uint8Array(length);

const arbitraryBgpsecPath: fc.Arbitrary<BgpsecPath> = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 1, maxLength: 2 }),
  )
  .chain(([hops, suites]) =>
    fc.record({
      segments: fc.array(fc.record({ pCount: fc.nat(255), flags: fc.nat(255), asn: arbitraryAsn }), {
        minLength: hops,
        maxLength: hops,
      }),
      blocks: fc.tuple(
        ...suites.map((suite) =>
          fc.record({
            suite: fc.constant(suite),
            signatures: fc.array(
              fc.record({
                ski: octets({ minLength: 20, maxLength: 20 }),
                signature: octets({ minLength: 0, maxLength: 80 }),
              }),
              { minLength: hops, maxLength: hops },
            ),
          }),
        ),
      ),
    }),
  );

describe('BGPsec_PATH properties', () => {
  it('decode(encode(path)) is path, and encode(decode(octets)) is octets', () => {
    requirement('rfc8205:3.1:secure-path-length');
    fc.assert(
      fc.property(arbitraryBgpsecPath, (path) => {
        const encoded = encodeBgpsecPath(path);
        const decoded = decodeBgpsecPath(encoded);
        expect(decoded).toEqual(path);
        expect(toHex(encodeBgpsecPath(decoded))).toBe(toHex(encoded));
      }),
    );
  });

  it('random octets and damaged paths are either refused by name or re-encode to themselves', () => {
    requirement('!rfc8205:5.2:check-1-syntax');
    const damaged = fc
      .tuple(arbitraryBgpsecPath, fc.nat(), fc.nat(255), fc.nat(40))
      .map(([path, at, value, cut]) => {
        const encoded = encodeBgpsecPath(path);
        encoded[at % encoded.length] = value;
        return encoded.subarray(0, encoded.length - (cut > 20 ? cut - 20 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (input) => {
        let path: BgpsecPath;
        try {
          path = decodeBgpsecPath(input);
        } catch (error) {
          expect(error).toBeInstanceOf(BgpError);
          return;
        }
        expect(toHex(encodeBgpsecPath(path))).toBe(toHex(input));
      }),
      { numRuns: 500 },
    );
  });

  it('the largest attributes are read in one pass each', () => {
    // 2340 hops with empty signatures, and 10 900 segments before a block of none.
    const hops = 2340;
    const path: BgpsecPath = {
      segments: Array.from({ length: hops }, (_, i) => ({ pCount: 1, flags: 0, asn: i + 1 })),
      blocks: [
        { suite: 1, signatures: Array.from({ length: hops }, () => ({ ski: hex(SKI), signature: hex('') })) },
      ],
    };
    const encoded = encodeBgpsecPath(path);
    expect(encoded.length).toBeLessThan(65_536);
    expect(decodeBgpsecPath(encoded).segments).toHaveLength(hops);
    const many = new Uint8Array(2 + 6 * 10_900 + 3).fill(1);
    many.set([(2 + 6 * 10_900) >> 8, (2 + 6 * 10_900) & 255]);
    many.set([0, 3, 1], many.length - 3);
    expect(codeOf(() => decodeBgpsecPath(many)).code).toBe('signature-count');
  });
});
