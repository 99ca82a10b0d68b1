import { describeMessage } from 'pathsec/bgp';
import { encodeSignedUpdate, octetsToHash } from 'pathsec/bgpsec';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { hashedParts, isHashed, octetsOfPart, readHashed } from '../../src/site/octets/hashed.js';
import { announced, EXPERIMENTAL, messageOf, nextHop, origin, pathOf } from '../bgpsec/world.js';

const LOCAL_AS = 65_537;
const own = Uint8Array.of(0, 1, 0, 1);
const ASES = [64496, 64497, 4_200_000_000, 64499];

describe('the octets that a signature is over', () => {
  it('are, part by part, those of RFC 8205 §5.2 Figure 9, for each hop of each block', () => {
    for (let hops = 1; hops <= ASES.length; hops++) {
      const path = pathOf(ASES.slice(0, hops), LOCAL_AS, [1, EXPERIMENTAL]);
      const message = messageOf(path);
      const { tree } = describeMessage(message, {});
      for (const [block, one] of path.blocks.entries()) {
        for (let hop = 1; hop <= hops; hop++) {
          const parts = hashedParts(tree, { block, hop }) ?? [];
          const octets = parts.map(({ length, offset }) =>
            offset === undefined ? own : message.subarray(offset, offset + length),
          );
          const target = hop === hops ? LOCAL_AS : (ASES[hop] as number);
          expect(concatOctets(octets)).toEqual(octetsToHash(path, one, hop, target, announced));
          expect(parts.filter(({ offset }) => offset === undefined)).toHaveLength(hop === hops ? 1 : 0);
        }
      }
    }
  });

  it('have no Path Identifier among them', () => {
    const bgpsecPath = pathOf(ASES, LOCAL_AS);
    const message = encodeSignedUpdate(
      { announced, bgpsecPath, nextHop, attributes: [origin], pathId: 7 },
      true,
    );
    const { tree } = describeMessage(message, { addPath: [{ afi: 1, safi: 1 }] });
    const parts = hashedParts(tree, { block: 0, hop: 1 }) ?? [];
    // Target, Secure_Path Segment, suite, AFI, SAFI, and the /24 as one octet of length and three.
    expect(parts.map(({ length }) => length)).toEqual([4, 6, 1, 2, 1, 1, 3]);
    const last = parts.at(-1);
    expect(isHashed(parts, (last?.offset ?? 0) + 2)).toBe(true);
    expect(isHashed(parts, 0)).toBe(false);
  });

  it('are none of what is no such message, hop or block', () => {
    const { tree } = describeMessage(messageOf(pathOf(ASES, LOCAL_AS)), {});
    for (const signature of [
      { block: 1, hop: 1 },
      { block: 0, hop: 0 },
      { block: 0, hop: 5 },
    ]) {
      expect(hashedParts(tree, signature)).toBeUndefined();
    }
    const cut = describeMessage(messageOf(pathOf(ASES, LOCAL_AS)).subarray(0, 90), {});
    expect(hashedParts(cut.tree, { block: 0, hop: 1 })).toBeUndefined();
    expect(hashedParts(describeMessage(new Uint8Array(0), {}).tree, { block: 0, hop: 1 })).toBeUndefined();
  });

  it('are named in links by block and hop, and shown in hexadecimal', () => {
    expect(readHashed('1.12')).toEqual({ block: 1, hop: 12 });
    for (const text of [undefined, '', '1', '1.x', '-1.2']) expect(readHashed(text)).toBeUndefined();
    const message = Uint8Array.from({ length: 40 }, (_, i) => i);
    expect(octetsOfPart({ name: '', length: 4 }, message, LOCAL_AS)).toBe('00 01 00 01 (AS65537)');
    expect(octetsOfPart({ name: '', offset: 1, length: 2 }, message, 1)).toBe('01 02');
    expect(octetsOfPart({ name: '', offset: 0, length: 20 }, message, 1)).toMatch(/^00 01 .* 0b …$/);
  });
});
