import fc from 'fast-check';
import { beginningOf, foreignKindOf } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';

const octets = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('the beginning of what nobody reads', () => {
  it.each([
    ['PK\x03\x04\x14\0\0\0\x08\0', '50 4b 03 04 14 00 00 00 … (a ZIP archive)'],
    ['\x04\x22\x4d\x18', '04 22 4d 18 (LZ4)'],
    [`${'\0'.repeat(257)}ustar`, '00 00 00 00 00 00 00 00 … (a tar archive)'],
    ['\xd4\xc3\xb2\xa1\x02\0', 'd4 c3 b2 a1 02 00 (a capture of packets (pcap))'],
    ['PAR1\x15\0', '50 41 52 31 15 00 (Parquet)'],
    ['<!DOCTYPE html>\n<p>', '"<!DOCTYPE html>" (an HTML page)'],
    ['-----BEGIN CERTIFICATE-----\nMII', '"-----BEGIN CERTIFICATE-----" (PEM)'],
    ['snoop\0\0\0\0\0\0\x02', '73 6e 6f 6f 70 00 00 00 … (a capture of packets (snoop))'],
    ['\x34\xcd\xb2\xa1\x02\0', '34 cd b2 a1 02 00 (a capture of packets (pcap as changed by Kuznetzov))'],
    [
      '{"index":{"_index":"packets-2026',
      '"{"index":{"_index":"packets-2026" (JSON of packets, as tshark prints them)',
    ],
    ['{"see_also":[],"data_call_name":"x"}', '"{"see_also":[],"data_call_name":"x"}" (JSON of RIPEstat)'],
    ['{"foo": 1}', '"{"foo": 1}" (JSON of no kind that is known)'],
    ['1|2|3|4\n', '"1|2|3|4" (text with columns apart by bars)'],
    ['x,y,z\r\n1,2,3', '"x,y,z" (CSV)'],
    ['Lorem ipsum', '"Lorem ipsum"'],
    ['\x01\x02', '01 02'],
    ['', 'nothing'],
  ])('%j', (text, expected) => {
    expect(beginningOf(octets(text))).toBe(expected);
  });

  it('says beyond doubt what octets have of their own, and nothing of text that could be anything', () => {
    expect(foreignKindOf(octets('PK\x03\x04'))).toBe('a ZIP archive');
    for (const text of ['{"foo":1}', '1|2|3', 'a,b,c', ''])
      expect(foreignKindOf(octets(text))).toBeUndefined();
  });

  it('property: one line that can be printed, whatever the octets are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (head) => {
        expect(beginningOf(head)).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,120}$/u);
      }),
    );
  });
});
