import { decodeUpdate, encodeUpdateMessage, formatAsPath, makeOpen, sessionOfOpens } from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { AS_PATH, attribute, hex, MP_REACH, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

const SKI = '00'.repeat(20);
const BGPSEC = attribute(0x80, 33, `0008 01 00 0000fbf0 0019 01 ${SKI} 0000`);
const BGPSEC_30 = { ...BGPSEC, code: 30 };
const BASE = [ORIGIN, AS_PATH, NEXT_HOP];

describe('a well-formed UPDATE', () => {
  it('decodes every attribute, and re-encodes byte for byte', () => {
    const octets = updateOf(
      [
        ORIGIN,
        attribute(0x50, 2, '0202 0000fbf0 0000fbf1'),
        NEXT_HOP,
        attribute(0x80, 4, '00000007'),
        attribute(0x40, 5, '00000064'),
        attribute(0x40, 6, ''),
        attribute(0xc0, 7, '0000fbf1 c0000201'),
        attribute(0xe0, 8, 'fbf00064'),
        attribute(0x80, 9, 'c0000201'),
        attribute(0x80, 10, 'c0000201'),
        attribute(0xc0, 16, '0002fbf000000064'),
        attribute(0xc0, 32, '0000fbf0 00000001 00000002'),
        attribute(0xc0, 35, '0000fbf0'),
        attribute(0xc0, 25, '00'.repeat(20)),
        attribute(0xe0, 200, 'cafe'),
        attribute(0x90, 30, 'cafe'),
      ],
      { nlri: '18c00002 14c0000f', withdrawn: '18c00003' },
    );
    const update = decodeUpdate(octets);
    expect(update.faults).toEqual([]);
    expect(update.treatment).toBeUndefined();
    expect(update.values).toEqual({
      origin: 'igp',
      asPath: [{ type: 2, asns: [64496, 64497] }],
      nextHop: hex('c0000201'),
      multiExitDisc: 7,
      localPref: 100,
      atomicAggregate: true,
      aggregator: { asn: 64497, address: hex('c0000201') },
      communities: [0xfbf0_0064],
      largeCommunities: [[64496, 1, 2]],
      onlyToCustomer: 64496,
    });
    expect(update.nlri.map(({ prefix }) => formatPrefix(prefix))).toEqual(['192.0.2.0/24', '192.0.0.0/20']);
    expect(update.withdrawn).toEqual([{ prefix: parsePrefix('192.0.3.0/24') }]);
    expect(update.message.attributes).toHaveLength(16);
    expect(toHex(encodeUpdateMessage(update.message, false))).toBe(toHex(octets));
  });

  it('Extended Length on a short attribute is kept, RFC 4271 §4.3', () => {
    const octets = updateOf([attribute(0x50, 1, '00'), AS_PATH, NEXT_HOP], { nlri: NLRI });
    expect(toHex(octets)).toContain('5001000100');
    expect(toHex(encodeUpdateMessage(decodeUpdate(octets).message, false))).toBe(toHex(octets));
  });

  it('BGPsec_PATH stands in for AS_PATH', () => {
    requirement('rfc8205:3:instead-of-as-path');
    const update = decodeUpdate(updateOf([MP_REACH, ORIGIN, BGPSEC]));
    expect(update.faults).toEqual([]);
    expect(update.values.bgpsecPath?.segments).toEqual([{ pCount: 1, flags: 0, asn: 64496 }]);
    expect(update.values.asPath).toBeUndefined();
  });

  it('attribute 30 is BGPsec_PATH by request only, and 33 goes first (D-bgpsec-type-30)', () => {
    const both = updateOf([MP_REACH, ORIGIN, attribute(0x80, 30, 'cafe'), BGPSEC]);
    const printed = updateOf([MP_REACH, ORIGIN, BGPSEC_30]);
    expect(decodeUpdate(printed).faults.map(({ code }) => code)).toEqual(['as-path-missing']);
    const asked = decodeUpdate(printed, { printedBgpsecType: true });
    expect(asked.faults).toEqual([]);
    expect(asked.values.bgpsecPath?.blocks).toHaveLength(1);
    expect(decodeUpdate(both, { printedBgpsecType: true }).faults).toEqual([]);
    const broken = updateOf([MP_REACH, ORIGIN, attribute(0x80, 30, '0002')]);
    expect(decodeUpdate(broken, { printedBgpsecType: true }).faults).toMatchObject([
      { code: 'secure-path-empty', attribute: 30 },
    ]);
  });

  it('End-of-RIB, legacy and MP, RFC 4724 §2', () => {
    expect(decodeUpdate(updateOf([]))).toMatchObject({ faults: [], withdrawn: [], nlri: [], values: {} });
    const mp = decodeUpdate(updateOf([attribute(0x80, 15, '0002 01')]));
    expect(mp).toMatchObject({ faults: [], values: { mpUnreach: { afi: 2, safi: 1, nlri: [] } } });
  });

  it('withdrawals need no attributes; attributes without routes are valid, RFC 4271 §6.3', () => {
    expect(decodeUpdate(updateOf([], { withdrawn: NLRI })).faults).toEqual([]);
    expect(decodeUpdate(updateOf([ORIGIN])).faults).toEqual([]);
  });

  it('AS4_PATH is merged on a session with 2-octet AS numbers, RFC 6793 §4.2.3', () => {
    requirement('aspa-28:5.1:reconstructed-as-path');
    const octets = updateOf(
      [
        ORIGIN,
        attribute(0x40, 2, '0203 fbf0 5ba0 5ba0'),
        NEXT_HOP,
        attribute(0xc0, 17, '0202 00010000 00010001'),
      ],
      { nlri: NLRI },
    );
    const update = decodeUpdate(octets, { asnSize: 2 });
    expect(formatAsPath(update.values.asPath ?? [])).toBe('64496 23456 23456');
    expect(formatAsPath(update.asPath ?? [])).toBe('64496 65536 65537');
    const opens = sessionOfOpens({ ...makeOpen(1, 1, []), parameters: [] }, makeOpen(2, 2, []));
    expect(decodeUpdate(octets, opens).asPath).toEqual(update.asPath);
  });

  it('AGGREGATOR that is not AS_TRANS puts AS4_PATH aside', () => {
    const octets = updateOf(
      [
        ORIGIN,
        attribute(0x40, 2, '0201 5ba0'),
        NEXT_HOP,
        attribute(0xc0, 7, 'fbf0 c0000201'),
        attribute(0xc0, 17, '0201 00010000'),
        attribute(0xc0, 18, '00010000 c0000201'),
      ],
      { nlri: NLRI },
    );
    expect(formatAsPath(decodeUpdate(octets, { asnSize: 2 }).asPath ?? [])).toBe('23456');
  });

  it('ADD-PATH by family, RFC 7911 §3', () => {
    const octets = updateOf(BASE, { nlri: '00000001 18c00002', withdrawn: '00000002 18c00003' });
    const update = decodeUpdate(octets, { addPath: [{ afi: 1, safi: 1 }] });
    expect(update.nlri).toEqual([{ prefix: parsePrefix('192.0.2.0/24'), pathId: 1 }]);
    expect(update.withdrawn).toEqual([{ prefix: parsePrefix('192.0.3.0/24'), pathId: 2 }]);
  });
});
