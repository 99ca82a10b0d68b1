import { createDescriber, type DescribedOctets, type Describer } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { checkDescribed, describedLines, describedPaths } from './described.js';

const takeOne = (one: Describer): undefined => {
  one.uint('a', 1);
};
const octets = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

describe('a describer', () => {
  it('names parts by where they stand, and takes the section over', () => {
    const whole = createDescriber(octets);
    whole.group(
      'Message',
      8,
      (message) => {
        message.uint('Some Type.', 2);
        message.group('Secure_Path Segment [0]', 2, (one) => {
          one.uint('a', 1);
          one.cite('RFC 2 §2');
          one.uint('a', 1);
          return 'pair';
        });
        message.group('Secure_Path Segment [1]', 1, takeOne, 'RFC 3');
        message.bytes('a', 1);
        message.cite(undefined);
        message.bytes('a', 1);
        return undefined;
      },
      'RFC 1 §1',
    );
    const [tree] = whole.nodes as [DescribedOctets];
    expect(describedPaths(tree)).toEqual([
      'message (RFC 1 §1)',
      'message.some-type (RFC 1 §1) = 258',
      'message.secure-path-segment[0] (RFC 1 §1) = pair',
      'message.secure-path-segment[0].a (RFC 1 §1) = 3',
      'message.secure-path-segment[0].a[1] (RFC 2 §2) = 4',
      'message.secure-path-segment[1] (RFC 3)',
      'message.secure-path-segment[1].a (RFC 3) = 5',
      'message.a (RFC 1 §1) = 06',
      'message.a[1] (undefined) = 07',
      'message.left-over (undefined) = 08',
    ]);
    expect(checkDescribed(tree)).toBe(10);
    expect(Object.hasOwn(tree.children[4] ?? {}, 'source')).toBe(false);
  });

  it('says what is cut short, and goes on behind a group that is', () => {
    const whole = createDescriber(octets, 2, 6);
    whole.group('part', 3, (part) => {
      part.uint('long', 4);
      part.uint('behind', 2);
      return 'never seen';
    });
    whole.group('rest', 5, () => 'rest');
    expect(whole.nodes.flatMap(describedLines)).toEqual([
      '2+3 part = never seen',
      '2+3 long = cut short: needs 4 octets, has 3',
      '5+0 behind = cut short: needs 2 octets, has 0',
      '5+1 rest = cut short: needs 5 octets, has 1',
      '5+1 (left over) = 06',
    ]);
    expect([whole.offset, whole.remaining, whole.peek()]).toEqual([6, 0, undefined]);
  });
});
