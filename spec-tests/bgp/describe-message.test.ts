import fc from 'fast-check';
import { BgpError, describeMessage, encodeMessage, makeOpen } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTE_RULES } from '../../src/bgp/message/attribute-rules.js';
import {
  describedPaths,
  checkDescribed as expectTiling,
  describedLines as lines,
} from '../bytes/described.js';
import { AS_PATH, attribute, hex, MP_REACH, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

const SKI = '00'.repeat(20);

describe('describeMessage', () => {
  it('a BGPsec UPDATE', () => {
    const octets = updateOf([
      MP_REACH,
      attribute(0x80, 33, `000e 01 80 0000fde9 01 00 0000fbf0 0031 01 ${SKI} 0002 abcd ${SKI} 0000`),
    ]);
    const { tree, errors } = describeMessage(octets);
    expect(errors.map(({ code }) => code)).toEqual(['origin-missing']);
    const text = lines(tree);
    expect(text).toContain('0+105 message = UPDATE');
    expect(text).toContain('35+4 Prefix = 203.0.113.0/24');
    expect(text).toContain('42+63 Attribute Value');
    expect(text).toContain('42+14 Secure_Path');
    expect(text).toContain('44+6 Secure_Path Segment [0] = AS65001, pCount 1, Confed_Segment');
    expect(text).toContain('45+1 Flags = 0x80 (Confed_Segment)');
    expect(text).toContain('56+49 Signature_Block [0]');
    expect(text).toContain('58+1 Algorithm Suite Identifier = 1');
    expect(text).toContain('81+2 Signature = abcd');
    expect(text).toContain('83+22 Signature Segment [1]');
    expect(text).toContain('105+0 Signature = ');
    expect(expectTiling(tree)).toBe(text.length);
  });

  it('says where each part stands, and which section tells of it', () => {
    const { tree } = describeMessage(
      updateOf([MP_REACH, attribute(0x80, 33, `0008 01 80 0000fde9 0018 01`)]),
    );
    const body = 'message.body.path-attributes';
    const said = describedPaths(tree);
    for (const line of [
      'message (RFC 4271 §4.1) = UPDATE',
      'message.header.marker (RFC 4271 §4.1) = ffffffffffffffffffffffffffffffff',
      `${body} (RFC 4271 §4.3)`,
      `${body}.mp-reach-nlri.attribute-value.address-family-identifier (RFC 4760 §3) = 1`,
      `${body}.mp-reach-nlri.attribute-value.network-layer-reachability-information.prefix.length (RFC 4760 §5) = 24 bits`,
      `${body}.bgpsec-path.attribute-value.secure-path.secure-path-segment[0].pcount (RFC 8205 §3.1) = 1`,
      `${body}.bgpsec-path.attribute-value.signature-block[0].algorithm-suite-identifier (RFC 8205 §3.2) = 1`,
    ]) {
      expect(said).toContain(line);
    }
    const sources = new Set(said.map((line) => /\((.*?)\)/.exec(line)?.[1]));
    expect([...sources].filter((source) => !/^RFC [0-9]+ §[0-9.]+$/.test(source ?? ''))).toEqual([]);
  });

  it('every kind of attribute', () => {
    const octets = updateOf(
      [
        ORIGIN,
        attribute(0x40, 2, '0202 0000fbf0 0000fbf1 0101 0000fbf2'),
        NEXT_HOP,
        attribute(0x80, 4, '00000007'),
        attribute(0x40, 6, ''),
        attribute(0xc0, 7, '0000fbf1 c0000201'),
        attribute(0xc0, 8, 'fbf00064'),
        attribute(0x80, 15, '0002 01 2020010db8'),
        attribute(0xc0, 32, '0000fbf0 00000001 00000002'),
        attribute(0xc0, 35, '0000fbf0'),
        attribute(0xc0, 99, 'cafe'),
        attribute(0x80, 30, '0008 01 00 0000fbf0 0003 01'),
      ],
      { nlri: NLRI, withdrawn: '00' },
    );
    const { tree } = describeMessage(octets, { printedBgpsecType: true });
    const values = lines(tree).map((line) => line.replace(/^\S+ /, ''));
    for (const line of [
      'Prefix = 0.0.0.0/0',
      'Origin = IGP',
      'Path Segment = AS_SEQUENCE',
      'Path Segment = AS_SET',
      'AS Number = AS64498',
      'Next Hop = 192.0.2.1',
      'Metric = 7',
      'atomic-aggregate',
      'Address = 192.0.2.1',
      'Community = 64496:100',
      'Prefix = 2001:db8::/32',
      'Large Community = 64496:1:2',
      'OTC = AS64496',
      'attribute 99',
      'Octets = cafe',
      'bgpsec-path',
      'Attribute Flags = 0x80 (Optional)',
      'Prefix = 192.0.2.0/24',
    ]) {
      expect(values).toContain(line);
    }
    expectTiling(tree);
  });

  it('the value of every attribute that is decoded, not as bare octets', () => {
    // It has none, or only its length is looked at.
    const octetsAlone = [
      'atomic-aggregate',
      'originator-id',
      'cluster-list',
      'extended-communities',
      'ipv6-extended-communities',
    ];
    for (const [code, { name, flags }] of ATTRIBUTE_RULES) {
      const { tree } = describeMessage(updateOf([attribute(flags, code, '00'.repeat(24))]));
      const bare = lines(tree).some((line) => / Octets = 0{48}$/.test(line));
      expect([name, bare]).toEqual([name, octetsAlone.includes(name)]);
    }
  });

  it('OPEN, both forms of the parameters', () => {
    const open = makeOpen(4_200_000_000, 0xc0000201, [
      { name: 'bgpsec', version: 0, direction: 'send', afi: 1, unassigned: 0 },
      { name: 'role', value: 3 },
      { name: 'role', value: 77 },
      { name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] },
      { name: 'opaque', code: 73, value: hex('00') },
    ]);
    for (const form of [open, { ...open, nonExtOpLen: 255 }]) {
      const { tree, errors } = describeMessage(encodeMessage(form));
      expect(errors).toEqual([]);
      const values = lines(tree).map((line) => line.replace(/^\S+ /, ''));
      for (const line of [
        'My Autonomous System = AS23456',
        'BGP Identifier = 192.0.2.1',
        'Capability = 4-octet AS number, AS4200000000',
        'Capability = BGPsec, version 0, send, AFI 1',
        'Capability = BGP Role, customer',
        'Capability = BGP Role, 77',
        'Capability = ADD-PATH, 1/1 both',
        'Capability = code 73',
        'Capability Value = 080001',
      ]) {
        expect(values).toContain(line);
      }
      expectTiling(tree);
    }
  });

  it('NOTIFICATION, ROUTE-REFRESH, KEEPALIVE', () => {
    const of = (text: string): string[] => lines(describeMessage(hex(`${'ff'.repeat(16)} ${text}`)).tree);
    expect(of('0017 03 02 07 0702')).toContain('19+4 Body = OPEN Message Error / Unsupported Capability');
    expect(of('0017 05 0001 00 01')).toContain('22+1 Subsequent Address Family Identifier = 1');
    expect(of('0013 04')[0]).toBe('0+19 message = KEEPALIVE');
  });

  const cease = (text: string): string[] => {
    const body = hex(`06 ${text}`);
    const head = hex(`${'ff'.repeat(16)} ${(19 + body.length).toString(16).padStart(4, '0')} 03`);
    const { tree, errors } = describeMessage(Uint8Array.from([...head, ...body]));
    expect([expectTiling(tree) > 4, errors]).toEqual([true, []]);
    return lines(tree).slice(6);
  };

  it('a Shutdown Communication, escaped, or in hexadecimal where it is no UTF-8 (RFC 9003 2, 4, 6)', () => {
    expect(cease('02 03 e282ac').slice(2)).toEqual([
      '21+4 Data',
      '21+1 Length = 3',
      '22+3 Shutdown Communication = "€"',
    ]);
    // Newline, escape, quotation mark, a C1 control, right-to-left override, line separator.
    expect(cease('04 0b 0a1b22c285e280aee280a8').at(-1)).toBe(
      String.raw`22+11 Shutdown Communication = "\n\u001b\"\u0085\u202e\u2028"`,
    );
    expect(cease('02 02 ff6b').at(-1)).toBe('22+2 Shutdown Communication = not UTF-8: ff6b');
    expect(cease('02 02 c0af').at(-1)).toBe('22+2 Shutdown Communication = not UTF-8: c0af');
    expect(cease('02 00').slice(2)).toEqual(['21+1 Data', '21+1 Length = 0']);
    expect(cease('02 02 6f6b21').at(-1)).toBe('24+1 (left over) = 21');
    expect(cease('02 05 6f6b').at(-1)).toBe('22+2 Shutdown Communication = cut short: needs 5 octets, has 2');
    expect(cease('03 02 6f6b').at(-1)).toBe('21+3 Data = 026f6b');
  });

  it('what a Hard Reset encapsulates (RFC 8538 3.1), not deeper than once', () => {
    expect(cease('09 06 02 02 6f6b')).toEqual([
      '19+1 Error Code = 6',
      '20+1 Error Subcode = 9',
      '21+5 Data = Cease / Administrative Shutdown',
      '21+1 Encapsulated Error Code = 6',
      '22+1 Encapsulated Error Subcode = 2',
      '23+3 Data',
      '23+1 Length = 2',
      '24+2 Shutdown Communication = "ok"',
    ]);
    expect(cease('09 03 0b abcd').at(-1)).toBe('23+2 Data = abcd');
    expect(cease('09 06').at(-1)).toBe('21+1 Data = 06');
    const deep = '0609'.repeat(2_000);
    expect(cease(`09 ${deep}`).at(-1)).toBe(`23+3998 Data = ${deep.slice(4)}`);
    const { tree } = describeMessage(hex(`${'ff'.repeat(16)} 0017 03 06 09 0400`));
    expect(tree.children[1]?.value).toBe('Cease / Hard Reset (Hold Timer Expired)');
  });

  it('broken messages: described as far as they go, and the errors named', () => {
    const cut = updateOf([ORIGIN, AS_PATH, NEXT_HOP], { nlri: NLRI }).subarray(0, 30);
    expect(describeMessage(cut).errors.map(({ code }) => code)).toEqual(['truncated']);
    expect(lines(describeMessage(cut).tree)).toContain(
      '23+7 Path Attributes = cut short: needs 20 octets, has 7',
    );
    const long = hex(`${'ff'.repeat(16)} 0013 04 abcd`);
    expect(lines(describeMessage(long).tree)).toContain('19+2 (left over) = abcd');
    const update = describeMessage(updateOf([attribute(0x40, 1, '03'), AS_PATH, NEXT_HOP], { nlri: '21' }));
    expect(update.errors.map((error) => (error as BgpError).treatment)).toEqual([
      'session-reset',
      'treat-as-withdraw',
    ]);
    expect(update.errors.every((error) => error instanceof BgpError)).toBe(true);
    expect(describeMessage(hex('')).tree.length).toBe(0);
  });

  it('never throws, and shows every octet once', () => {
    const message = fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.uint8Array({ maxLength: 300 }))
      .map(([type, body]) => {
        const octets = new Uint8Array(19 + body.length).fill(0xff, 0, 16);
        octets.set([octets.length >> 8, octets.length & 255, type], 16);
        octets.set(body, 19);
        return octets;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), message), (octets) => {
        const { tree } = describeMessage(octets, { asnSize: 2, addPath: [{ afi: 1, safi: 1 }] });
        expect(tree.length).toBe(octets.length);
        expect(expectTiling(tree)).toBeLessThanOrEqual(10 + 4 * octets.length);
      }),
      { numRuns: 500 },
    );
  });
});
