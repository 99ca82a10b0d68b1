import { concatOctets } from 'pathsec/bytes';
import { formatAddress } from 'pathsec/inet';
import { type CapturedPacket, tcpSegmentOf } from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';
import { A, B, type End, ethernet, ip, number, packet, tcp } from './capture-files.js';

const DATA = Uint8Array.of(1, 2, 3);

const PARTS = { from: A, to: B, sequence: 7, payload: DATA };
const IPV4 = packet(PARTS);
const PARTS6 = { ...PARTS, from: '[2001:db8::1]:179' as End, to: '[2001:db8::2]:40000' as End };
const IPV6 = packet(PARTS6);
const tag = (type: number) => concatOctets([number(2, type), number(2, 5)]);
const MPLS = concatOctets([number(2, 0x8847), Uint8Array.of(0, 1, 0, 64, 0, 2, 1, 64)]);
/** An Ethernet frame that has labels, or PPPoE, in place of the type. */
const without = (frame: Uint8Array, packetOf: Uint8Array) =>
  concatOctets([new Uint8Array(12), frame, packetOf]);
const PPPOE = (protocol: number) =>
  concatOctets([number(2, 0x8864), Uint8Array.of(0x11, 0, 0, 1, 0, 47), number(2, protocol)]);
const sll = (type: number, content: Uint8Array) =>
  concatOctets([new Uint8Array(14), number(2, type), content]);
const sll2 = (type: number, content: Uint8Array) =>
  concatOctets([number(2, type), new Uint8Array(18), content]);

const captured = (linkType: number | undefined, octets: Uint8Array): CapturedPacket => ({
  number: 1,
  offset: 0,
  seconds: 0,
  microseconds: 0,
  linkType,
  octets,
});

/** The segment of a packet in words. */
function segment(linkType: number | undefined, octets: Uint8Array): string {
  const found = tcpSegmentOf(captured(linkType, octets));
  if (typeof found === 'string') return found;
  const { source, destination, sequence, syn, payload, payloadAt, cut } = found;
  expect(octets.subarray(payloadAt, payloadAt + payload.length)).toEqual(payload);
  const ends = [source, destination].map(({ address, port }) => `${formatAddress(address)} ${port}`);
  return `${ends.join(' > ')} ${sequence}${syn ? ' syn' : ''} ${payload.join()}${cut > 0 ? ` cut ${cut}` : ''}`;
}

const FOUND4 = '192.0.2.1 179 > 192.0.2.2 40000 7 1,2,3';
const FOUND6 = '2001:db8::1 179 > 2001:db8::2 40000 7 1,2,3';

describe('the link layer', () => {
  it.each<[string, number, Uint8Array, string]>([
    ['Ethernet', 1, ethernet(IPV4), FOUND4],
    ['Ethernet, IPv6', 1, ethernet(IPV6), FOUND6],
    ['a VLAN', 1, ethernet(IPV4, tag(0x8100)), FOUND4],
    ['VLANs in each other', 1, ethernet(IPV6, tag(0x88a8), tag(0x8100)), FOUND6],
    ['labels of MPLS', 1, without(MPLS, IPV4), FOUND4],
    ['labels in a VLAN', 1, without(concatOctets([tag(0x9100), MPLS]), IPV6), FOUND6],
    ['PPPoE', 1, without(PPPOE(0x21), IPV4), FOUND4],
    ['PPPoE, IPv6', 1, without(PPPOE(0x57), IPV6), FOUND6],
    ['PPPoE of something else', 1, without(PPPOE(0xc021), IPV4), 'other'],
    ['ARP', 1, without(number(2, 0x0806), new Uint8Array(46)), 'other'],
    ['Ethernet that is cut short', 1, ethernet(IPV4).subarray(0, 13), 'other'],
    ['loopback of the one byte order', 0, concatOctets([Uint8Array.of(2, 0, 0, 0), IPV4]), FOUND4],
    ['loopback of the other', 0, concatOctets([Uint8Array.of(0, 0, 0, 30), IPV6]), FOUND6],
    ['loopback of something else', 0, concatOctets([Uint8Array.of(7, 0, 0, 0), IPV4]), 'other'],
    ['loopback of OpenBSD', 108, concatOctets([Uint8Array.of(0, 0, 0, 24), IPV6]), FOUND6],
    ['raw IP', 101, IPV4, FOUND4],
    ['raw IP, IPv6', 101, IPV6, FOUND6],
    ['raw IP by the number of a system', 12, IPV4, FOUND4],
    ['IPv4 alone', 228, IPV4, FOUND4],
    ['IPv6 alone', 229, IPV6, FOUND6],
    ['Linux, all interfaces', 113, sll(0x0800, IPV4), FOUND4],
    [
      'Linux, all interfaces, a VLAN',
      113,
      sll(0x8100, concatOctets([number(2, 5), number(2, 0x86dd), IPV6])),
      FOUND6,
    ],
    ['Linux, all interfaces, version 2', 276, sll2(0x86dd, IPV6), FOUND6],
    [
      'Linux, version 2, a VLAN',
      276,
      sll2(0x8100, concatOctets([number(2, 5), number(2, 0x0800), IPV4])),
      FOUND4,
    ],
    ['Linux, version 2, labels', 276, sll2(0x8847, concatOctets([MPLS.subarray(2), IPV4])), FOUND4],
    ['Linux, version 2, of something else', 276, sll2(0x0806, IPV4), 'other'],
    ['Linux, version 2, cut short', 276, sll2(0x0800, IPV4).subarray(0, 19), 'other'],
    ['a link type that is not read', 147, IPV4, 'link-type'],
  ])('%s', (_name, linkType, octets, expected) => {
    expect(segment(linkType, octets)).toBe(expected);
  });

  it('that nothing describes is not read', () => {
    expect(segment(undefined, IPV4)).toBe('link-type');
  });
});

describe('IP', () => {
  const segmentOf = tcp(PARTS);
  const v6 = (headers: readonly Uint8Array[], first: number) =>
    ip(PARTS6, concatOctets([...headers, segmentOf]), { protocol: first });
  /** An extension header of eight octets. */
  const header = (next: number, second = 0, third = 0, fourth = 0) =>
    Uint8Array.of(next, second, third, fourth, 0, 0, 0, 0);

  it.each<[string, Uint8Array, string]>([
    ['what fills up a frame is not payload', ip(PARTS, segmentOf), FOUND4],
    ['a total length of 0 is all that is there', ip(PARTS, segmentOf, { length: 0 }), FOUND4],
    ['the first fragment', ip(PARTS, segmentOf, { fragment: 0x2000 }), 'fragment'],
    ['a later one', ip(PARTS, segmentOf, { fragment: 100 }), 'fragment'],
    ['Do not fragment is none', ip(PARTS, segmentOf, { fragment: 0x4000 }), FOUND4],
    ['another protocol', ip(PARTS, segmentOf, { protocol: 17 }), 'other'],
    ['a fragment of another protocol', ip(PARTS, segmentOf, { protocol: 17, fragment: 100 }), 'other'],
    ['IPv6 extension headers', v6([header(60), header(43), header(6)], 0), FOUND6],
    ['an authentication header', v6([Uint8Array.of(6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)], 51), FOUND6],
    ['the whole packet as one fragment', v6([header(6)], 44), FOUND6],
    ['the first fragment of IPv6', v6([header(6, 0, 0, 1)], 44), 'fragment'],
    ['a later one of IPv6', v6([header(6, 0, 1, 0)], 44), 'fragment'],
    ['IPv4 in IPv4', ip(PARTS, packet(PARTS), { protocol: 4 }), FOUND4],
    ['IPv6 in IPv4', ip(PARTS, IPV6, { protocol: 41 }), FOUND6],
    ['IPv4 in IPv6', ip(PARTS6, IPV4, { protocol: 4 }), FOUND4],
  ])('%s', (_name, octets, expected) => {
    const shown = expected === FOUND4 && octets[0] === 0x45 && (octets[2] || octets[3]) ? 1 : 101;
    expect(segment(shown, shown === 1 ? ethernet(octets) : octets)).toBe(expected);
  });

  it('that packs itself for ever is not opened for ever', () => {
    let octets = IPV4;
    for (let i = 0; i < 10; i++) octets = ip(PARTS, octets, { protocol: 4 });
    expect(segment(101, octets)).toBe('other');
  });

  it('of which too little was captured says so', () => {
    expect(segment(101, IPV4.subarray(0, 42))).toBe('192.0.2.1 179 > 192.0.2.2 40000 7 1,2 cut 1');
    expect(segment(101, IPV4.subarray(0, 40))).toBe('192.0.2.1 179 > 192.0.2.2 40000 7  cut 3');
    expect(segment(101, IPV4.subarray(0, 39))).toBe('cut');
    expect(segment(101, IPV4.subarray(0, 19))).toBe('other');
    expect(segment(101, IPV6.subarray(0, 39))).toBe('other');
    expect(segment(101, v6([header(6)], 0).subarray(0, 44))).toBe('other');
    expect(segment(101, new Uint8Array())).toBe('other');
  });

  it('with headers that cannot be right gives nothing', () => {
    const short = IPV4.slice();
    short[0] = 0x44;
    expect(segment(101, short)).toBe('other');
    const total = IPV4.slice();
    total.set([0, 19], 2);
    expect(segment(101, total)).toBe('other');
    const offset = IPV4.slice();
    offset[32] = 0x40;
    expect(segment(101, offset)).toBe('damaged');
    const long = IPV4.slice();
    long[32] = 0xf0;
    expect(segment(101, long)).toBe('damaged');
    expect(segment(101, ip(PARTS, segmentOf.subarray(0, 19)))).toBe('damaged');
  });

  it('may have options of TCP, and SYN', () => {
    const options = concatOctets([tcp({ ...PARTS, syn: true }).subarray(0, 20), new Uint8Array(12), DATA]);
    options[12] = 0x80;
    expect(segment(101, ip(PARTS, options))).toBe('192.0.2.1 179 > 192.0.2.2 40000 7 syn 1,2,3');
  });
});
