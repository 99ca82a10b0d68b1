import { encodeNlri } from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { brief, readText } from './collect.js';
import { attributes, type Entry, mpReach, nlri, TIME, update } from './fixtures.js';

describe('RIS Live: the members of the line decide how its message is read (D-ris-add-path)', () => {
  const line = (raw: Uint8Array, members: object) =>
    JSON.stringify({
      type: 'ris_message',
      data: {
        timestamp: TIME,
        peer: '192.0.2.1',
        peer_asn: '64496',
        type: 'UPDATE',
        raw: toHex(raw),
        ...members,
      },
    });
  const announced = (...prefixes: string[]) => ({
    announcements: [{ next_hop: '192.0.2.1', prefixes }],
    path: [64496, 64497],
  });
  const raw = (...entries: Entry[]) =>
    update({
      attributes: attributes('64496 64497'),
      nlri: encodeNlri(nlri(...entries), typeof entries[0] !== 'string'),
    });

  it.each([
    ['with identifiers', raw(['198.51.100.0/24', 7]), ['198.51.100.0/24'], ['198.51.100.0/24 #7']],
    [
      'with identifiers that look like a prefix',
      raw(['203.0.113.0/24', 0x18c0_0002]),
      ['203.0.113.0/24'],
      [`203.0.113.0/24 #${0x18c0_0002}`],
    ],
    [
      'without, though they could be there',
      raw('192.0.2.0/24', '203.0.113.0/24'),
      ['203.0.113.0/24', '192.0.2.0/24'],
      ['192.0.2.0/24', '203.0.113.0/24'],
    ],
    ['host bits in the member', raw(['198.51.100.0/22', 7]), ['198.51.100.9/22'], ['198.51.100.0/22 #7']],
  ])('%s', (_, octets, prefixes, expected) => {
    const { elements, summary } = readText(line(octets, announced(...prefixes)));
    expect(elements.map(brief)).toEqual(expected);
    expect(summary.problems.count).toBe(0);
  });

  it('withdrawals and IPv6 too', () => {
    const octets = update({
      withdrawn: encodeNlri(nlri(['203.0.113.0/24', 0x18c0_0002]), true),
      attributes: [...attributes('64496 64497'), mpReach(encodeNlri(nlri(['2001:db8::/32', 9]), true))],
    });
    const members = { ...announced('2001:db8:0:0::/32'), withdrawals: ['203.0.113.0/24'] };
    expect(readText(line(octets, members)).elements.map(brief)).toEqual([
      `203.0.113.0/24 #${0x18c0_0002}`,
      '2001:db8::/32 #9',
    ]);
  });

  it('without such members the octets decide', () => {
    const { elements, codes } = readText(line(raw(['198.51.100.0/24', 7]), {}));
    expect([elements.map(brief), codes]).toEqual([['198.51.100.0/24 #7'], ['add-path-hidden']]);
  });

  it('a damaged message: the members are read, and it is reported (D-ris-raw-damaged)', () => {
    const whole = raw('198.51.100.0/24');
    for (const [hex, code] of [
      [toHex(whole.subarray(0, -3)), 'truncated'],
      [toHex(whole.subarray(0, 5)), 'truncated'],
      ['zz', 'hex-syntax'],
      ['00'.repeat(23), 'marker'],
    ] as const) {
      const text = line(whole, { ...announced('198.51.100.0/24'), raw: hex });
      const { elements, summary } = readText(text);
      expect(elements).toMatchObject([{ kind: 'route', bordersLost: true }]);
      expect(summary.problems.first).toMatchObject([{ code, number: 1, offset: 0 }]);
    }
    for (const none of ['', null]) {
      const { elements, summary } = readText(line(whole, { ...announced('198.51.100.0/24'), raw: none }));
      expect([elements.length, summary.problems.count]).toEqual([1, 0]);
    }
  });

  it('a damaged message alone: what stands before the cut', () => {
    const octets = raw('198.51.100.0/24', '203.0.113.0/24').subarray(0, -3);
    const { elements, codes } = readText(line(octets, {}));
    expect([elements.map(brief), codes]).toEqual([['198.51.100.0/24'], ['truncated']]);
  });

  it('one bad prefix does not cost the others, nor a bad path the withdrawals', () => {
    const members = {
      path: [64496],
      withdrawals: ['10.0.0.0/8', '10.0.0/8', '11.0.0.0/8'],
      announcements: [{ prefixes: ['198.51.100.0/24', '198.51.101.0/33', 7, '198.51.102.0/24'] }],
      raw: undefined,
    };
    const good = readText(line(raw('10.0.0.0/8'), members));
    expect(good.elements.map(brief)).toEqual([
      '10.0.0.0/8',
      '11.0.0.0/8',
      '198.51.100.0/24',
      '198.51.102.0/24',
    ]);
    expect(good.codes).toEqual(['prefix-syntax', 'prefix-length', 'json-shape']);
    const noPath = readText(line(raw('10.0.0.0/8'), { ...members, path: [[]] }));
    expect(noPath.elements.map(({ kind }) => kind)).toEqual(['withdrawal', 'withdrawal']);
    expect(noPath.codes.at(-1)).toBe('as-path-segment-empty');
  });

  it('a path as text, a time as text, and words of the service', () => {
    const members = {
      ...announced('198.51.100.0/24'),
      path: '64496 (64512) {64497}',
      timestamp: '1700000000.5',
    };
    const { elements, summary } = readText(
      `${line(raw('10.0.0.0/8'), { ...members, raw: undefined })}\n{"type":"pong","data":null}\n`,
    );
    expect(elements).toMatchObject([{ time: 1_700_000_000, microseconds: 500_000 }]);
    expect([summary.problems.count, summary.skippedRecords]).toEqual([0, 1]);
  });
});
