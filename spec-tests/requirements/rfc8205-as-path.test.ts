import { AS_CONFED_SEQUENCE, AS_SEQUENCE, formatAsPath } from 'pathsec/bgp';
import { asPathFor, pathLength, reconstructAsPath } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';

/** Segments from the text `3 2:0 1c`: newest first, pCount behind a colon, c for Confed_Segment. */
const segmentsOf = (text: string) =>
  text.split(' ').map((entry) => {
    const [asn, pCount = '1'] = entry.replace('c', '').split(':');
    return { asn: Number(asn), pCount: Number(pCount), flags: entry.endsWith('c') ? 0x80 : 0 };
  });
const rebuilt = (text: string): string => formatAsPath(reconstructAsPath(segmentsOf(text)));

describe('RFC 8205 4.4: reconstructing the AS_PATH', () => {
  it.each([
    [
      'step 1: pCount 0 adds nothing, flagged',
      '3c 2:0c 1',
      '(3) 1',
      requirement('rfc8205:4.4:step-1-pcount-zero'),
    ],
    ['step 1: pCount 0 alone gives an empty path', '1:0', '', requirement('!rfc8205:4.4:step-1-pcount-zero')],
    [
      'step 2: a flagged segment opens an AS_CONFED_SEQUENCE before an AS_SEQUENCE',
      '2:2c 1',
      '(2 2) 1',
      requirement('rfc8205:4.4:step-2-open-confed-sequence', '!rfc8205:4.4:step-2-extend-confed-sequence'),
    ],
    [
      'step 2: a flagged segment goes on in an AS_CONFED_SEQUENCE',
      '3:2c 2c 1',
      '(3 3 2) 1',
      requirement('!rfc8205:4.4:step-2-open-confed-sequence', 'rfc8205:4.4:step-2-extend-confed-sequence'),
    ],
    [
      'step 3: a plain segment opens an AS_SEQUENCE on a blank path',
      '1:3',
      '1 1 1',
      requirement('rfc8205:4.4:step-3-open-sequence'),
    ],
    [
      'step 3: a plain segment opens an AS_SEQUENCE before an AS_CONFED_SEQUENCE',
      '2:2 1c',
      '2 2 (1)',
      requirement('rfc8205:4.4:step-3-open-sequence', '!rfc8205:4.4:step-3-extend-sequence'),
    ],
    [
      'step 3: a plain segment goes on in an AS_SEQUENCE',
      '3:2 2 1',
      '3 3 2 1',
      requirement('!rfc8205:4.4:step-3-open-sequence', 'rfc8205:4.4:step-3-extend-sequence'),
    ],
    [
      'a segment with pCount 0 does not end a sequence',
      '3 2:0c 1',
      '3 1',
      requirement('!rfc8205:4.4:step-1-pcount-zero'),
    ],
  ])('%s: %s', (_step, segments, path) => {
    expect(rebuilt(segments)).toBe(path);
  });

  it('types and order: the segment added last stands first', () => {
    requirement('rfc8205:4.4:order', '!rfc8205:4.4:order');
    expect(reconstructAsPath(segmentsOf('3c 2c 1'))).toEqual([
      { type: AS_CONFED_SEQUENCE, asns: [3, 2] },
      { type: AS_SEQUENCE, asns: [1] },
    ]);
  });

  it.each([AS_SEQUENCE, AS_CONFED_SEQUENCE])('a full segment of type %i is followed by another', (type) => {
    requirement('rfc8205:4.4:segment-limit');
    const flag = type === AS_SEQUENCE ? '' : 'c';
    const sizes = (text: string) =>
      reconstructAsPath(segmentsOf(text)).map((one) => [one.type, one.asns.length]);
    expect(sizes(`2:5${flag} 1:250${flag}`)).toEqual([[type, 255]]);
    expect(sizes(`2:6${flag} 1:250${flag}`)).toEqual([
      [type, 1],
      [type, 255],
    ]);
    expect(sizes(`3:255${flag} 2:255${flag} 1:1${flag}`)).toEqual([
      [type, 1],
      [type, 255],
      [type, 255],
    ]);
  });

  it('the length is that of the rebuilt path without confederation segments', () => {
    requirement('rfc8205:3.1:pcount-length', 'rfc8205:5:use-secure-path');
    expect([pathLength(segmentsOf('3:2 2:0 1')), pathLength(segmentsOf('3:9c 2:0c 1:4'))]).toEqual([3, 4]);
  });

  it('what leaves for a peer without BGPsec begins with the own AS, in the segment that is there', () => {
    requirement('rfc8205:4.1:rebuild-towards-plain-ibgp');
    const path = reconstructAsPath(segmentsOf('3c 2:0c 1'));
    expect(formatAsPath(asPathFor(path, 'external', 9))).toBe('9 1');
    expect(formatAsPath(asPathFor(path, 'confed-external', 4))).toBe('(4 3) 1');
    expect(asPathFor(path, 'internal', 4)).toBe(path);
  });
});
