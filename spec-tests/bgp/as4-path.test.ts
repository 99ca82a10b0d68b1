import fc from 'fast-check';
import {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  BgpError,
  countAsns,
  decodeAs4Path,
  encodeAsPath,
  formatAsPath,
  mergeAs4Path,
  parseAsPath,
  toOldSpeakerPath,
} from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { AS_TRANS } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';

const merge = (
  asPath: string,
  as4Path: string,
  ...rest: Parameters<typeof mergeAs4Path> extends [unknown, unknown, ...infer R] ? R : never
) => formatAsPath(mergeAs4Path(parseAsPath(asPath), parseAsPath(as4Path), ...rest));

describe('merging AS_PATH and AS4_PATH (RFC 6793 §4.2.3)', () => {
  it.each([
    // equal counts: AS4_PATH takes the place of all of it
    ['23456 23456', '65551 65550', '65551 65550'],
    // the leading surplus of AS_PATH stays
    ['64496 64497 23456 23456', '65551 65550', '64496 64497 65551 65550'],
    // AS_PATH shorter: AS4_PATH is ignored
    ['23456', '65551 65550', '23456'],
    // an AS_SET counts 1, whichever side
    ['64496 {64497,64498} 23456', '65551', '64496 {64497,64498} 65551'],
    ['64496 23456 {23456,64498}', '65551 {65550,64498}', '64496 65551 {65550,64498}'],
    ['64496 {23456,64497}', '{65551,64497}', '64496 {65551,64497}'],
    // a set in the surplus is kept whole
    ['{64496,64497} 23456', '65551', '{64496,64497} 65551'],
    // confederation segments count 0; the leading one and those adjacent to prepended segments stay
    ['(64512 64513) 64496 23456', '65551', '(64512 64513) 64496 65551'],
    ['(64512) [64513] 23456', '65551', '(64512) [64513] 65551'],
    ['64496 (64512) 23456', '65551', '64496 (64512) 65551'],
    // not adjacent to a prepended segment: gone
    ['23456 (64512) 23456', '65551 65550', '65551 65550'],
    // nothing in AS4_PATH
    ['64496 23456', '', '64496 23456'],
  ])('%s with %s', (asPath, as4Path, expected) => {
    expect(merge(asPath, as4Path)).toBe(expected);
  });

  it('an AGGREGATOR that is not AS_TRANS, beside AS4_AGGREGATOR, has both AS4 attributes ignored', () => {
    expect(merge('64496 23456', '65551', { aggregatorAs: 64499, as4AggregatorAs: 65551 })).toBe(
      '64496 23456',
    );
    expect(merge('64496 23456', '65551', { aggregatorAs: AS_TRANS, as4AggregatorAs: 65551 })).toBe(
      '64496 65551',
    );
    expect(merge('64496 23456', '65551', { aggregatorAs: 64499 })).toBe('64496 65551');
    expect(merge('64496 23456', '65551', { as4AggregatorAs: 65551 })).toBe('64496 65551');
  });

  it('a cut sequence goes on in AS4_PATH as one segment, unless that gets too long (D-as4-path-join)', () => {
    const sequence = (asns: number[]): AsPath => [{ type: AS_SEQUENCE, asns }];
    expect(mergeAs4Path(sequence([1, AS_TRANS]), sequence([65551]))).toEqual(sequence([1, 65551]));
    const long = mergeAs4Path(
      [...sequence(new Array(255).fill(1)), ...sequence([AS_TRANS])],
      sequence(new Array(255).fill(65551)),
    );
    expect(long.map(({ asns }) => asns.length)).toEqual([1, 255]);
    expect(() => encodeAsPath(long, 4)).not.toThrow();
  });

  it('property: the merged path has as many AS numbers as AS_PATH, and ends in AS4_PATH where that is used', () => {
    const path = fc.array(
      fc.record({
        type: fc.constantFrom(AS_SET, AS_SEQUENCE, AS_CONFED_SEQUENCE, AS_CONFED_SET),
        asns: fc.array(arbitraryAsn, { minLength: 1, maxLength: 5 }),
      }),
      { maxLength: 5 },
    ) as fc.Arbitrary<AsPath>;
    fc.assert(
      fc.property(path, path, (asPath, mixed) => {
        const as4Path = mixed.filter(({ type }) => type === AS_SET || type === AS_SEQUENCE);
        const merged = mergeAs4Path(asPath, as4Path);
        expect(countAsns(merged)).toBe(countAsns(asPath));
        if (countAsns(asPath) < countAsns(as4Path)) expect(merged).toEqual(asPath);
        else {
          const tail = as4Path.flatMap(({ asns }) => asns);
          const all = merged.flatMap(({ asns }) => asns);
          expect(all.slice(all.length - tail.length)).toEqual(tail);
        }
      }),
    );
  });

  it('property: what an OLD speaker is sent merges back to the path (RFC 6793 §4.2.2)', () => {
    const path = fc.array(
      fc.record({
        type: fc.constantFrom(AS_SET, AS_SEQUENCE),
        asns: fc.array(arbitraryAsn, { minLength: 1, maxLength: 5 }),
      }),
      { maxLength: 5 },
    ) as fc.Arbitrary<AsPath>;
    fc.assert(
      fc.property(path, (original) => {
        const { asPath, as4Path } = toOldSpeakerPath(original);
        expect(asPath.every(({ asns }) => asns.every((asn) => asn <= 0xffff))).toBe(true);
        expect(as4Path === undefined ? asPath : mergeAs4Path(asPath, as4Path)).toEqual(original);
      }),
    );
  });

  it('AS4_PATH for an OLD speaker has no confederation segments', () => {
    expect(toOldSpeakerPath(parseAsPath('(64512) 65551'))).toEqual({
      asPath: parseAsPath('(64512) 23456'),
      as4Path: parseAsPath('65551'),
    });
  });
});

describe('AS4_PATH octets (RFC 6793 §6)', () => {
  it('leaves out confederation segments and counts them', () => {
    const octets = encodeAsPath(parseAsPath('(64512) 65551 [64513]'), 4);
    expect(decodeAs4Path(octets)).toEqual({ path: parseAsPath('65551'), discardedConfedSegments: 2 });
  });

  it.each([
    ['as4-path-length', '02010000'],
    ['as4-path-length', '020100010001ff'],
    ['as-path-segment-empty', '020100010001' + '0200'],
    ['as-path-overrun', '020200010001'],
    ['as-path-segment-type', '050100010001'],
    ['as-zero', '020100000000'],
  ])('%s is attribute-discard: %s', (code, hex) => {
    try {
      decodeAs4Path(fromHex(hex));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BgpError);
      expect(error).toMatchObject({ code, treatment: 'attribute-discard', fault: { attribute: 17 } });
    }
  });
});
