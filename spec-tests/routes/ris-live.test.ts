import { encodeNlri, type PathAttribute, pathAttribute } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { brief, briefs } from './briefs.js';
import { readText } from './collect.js';
import { attributes, nlri, update } from './fixtures.js';

describe('RIS Live', () => {
  const line = (data: object, outer = true) =>
    `${JSON.stringify(outer ? { type: 'ris_message', data } : data)}\n`;
  const base = { timestamp: 1000.25, peer: '192.0.2.1', peer_asn: '64496', host: 'rrc00', id: '1' };

  it('announcements of several next hops, withdrawals, nested sets', () => {
    const data = {
      ...base,
      type: 'UPDATE',
      path: [64496, [64497, 64498], 64499],
      announcements: [
        { next_hop: 'a', prefixes: ['198.51.100.0/24', '2001:db8::/32'] },
        { next_hop: 'b', prefixes: ['2001:db8::/32'] },
      ],
      withdrawals: ['203.0.113.0/24'],
    };
    expect(briefs(line(data) + line(data, false))).toEqual(
      [0, 1].flatMap(() => [
        'withdrawal 1000.250000 192.0.2.1 64496 203.0.113.0/24',
        'route 1000.250000 192.0.2.1 64496 198.51.100.0/24 A 64496 {64497,64498} 64499',
        'route 1000.250000 192.0.2.1 64496 2001:db8::/32 A 64496 {64497,64498} 64499',
      ]),
    );
  });

  it.each([4, 2] as const)('the message itself is preferred where it is there, %d-octet ASNs', (size) => {
    const path = '64496 64497 {64498}';
    const raw = update({
      attributes: attributes(path, size),
      nlri: encodeNlri(nlri('198.51.100.0/24'), false),
    });
    // Read with the other size this path fits too: the member path or the peer decides.
    for (const member of [{ path: [64496, 64497, [64498]] }, {}]) {
      const { elements } = readText(
        line({
          ...base,
          ...member,
          type: 'UPDATE',
          withdrawals: ['10.0.0.0/8'],
          raw: toHex(raw).toUpperCase(),
        }),
      );
      expect(elements.map(brief)).toEqual([`route 1000.250000 192.0.2.1 64496 198.51.100.0/24 A ${path}`]);
      expect(elements).toMatchObject([{ bordersLost: false }]);
    }
  });

  it('an empty path says as little as none: no route, and no width of AS numbers (D-ris-empty-path)', () => {
    const announcements = [{ next_hop: '192.0.2.1', prefixes: ['198.51.100.0/24'] }];
    for (const path of [[], '']) {
      const update = line({ ...base, type: 'UPDATE', path, announcements });
      const flat = line({ ...base, type: 'A', path, prefix: '198.51.100.0/24' });
      const { elements, codes } = readText(update + flat);
      expect([elements, codes]).toEqual([[], ['as-path-missing', 'as-path-missing']]);
    }
    const withdrawal = line({ ...base, type: 'UPDATE', path: [], withdrawals: ['198.51.100.0/24'] });
    expect(readText(withdrawal).elements.map(brief)).toEqual([
      'withdrawal 1000.250000 192.0.2.1 64496 198.51.100.0/24',
    ]);
    // As two-octet numbers 64496 64497 and 64498; as four-octet ones two that are none of the peer.
    const asPath = pathAttribute(2, fromHex('0202fbf0fbf1' + '0201fbf2'));
    const [origin, , nextHop] = attributes('64496');
    const octets = update({
      attributes: [origin, asPath, nextHop] as PathAttribute[],
      nlri: encodeNlri(nlri('198.51.100.0/24'), false),
    });
    const { elements } = readText(
      line({ ...base, type: 'UPDATE', path: [], announcements, raw: toHex(octets) }),
    );
    expect(elements.map(brief)).toEqual([
      'route 1000.250000 192.0.2.1 64496 198.51.100.0/24 A 64496 64497 64498',
    ]);
  });

  it('a session that came up or went down is a change of its state', () => {
    const state = (word: string) => line({ ...base, type: 'RIS_PEER_STATE', state: word });
    const { elements, summary } = readText(state('connected') + state('down') + state('asleep'));
    expect(
      elements.map((one) => (one.kind === 'state' ? [one.oldState, one.newState, one.peerAs] : one)),
    ).toEqual([
      [5, 6, 64496],
      [6, 1, 64496],
    ]);
    expect(summary).toMatchObject({ states: 2, skippedRecords: 1 });
  });

  it('other messages are counted, not read', () => {
    const { elements, summary } = readText(
      `${line({ ...base, type: 'KEEPALIVE' }) + line({ ...base, type: 'RIS_PEER_STATE' }) + line(base)}{"type":"pong"}\n`,
    );
    expect(elements).toEqual([]);
    expect(summary.skippedRecords).toBe(4);
    expect(summary.problems.count).toBe(0);
  });

  it.each([
    ['json-syntax', '{"type"'],
    ['json-shape', '{"data":[]}'],
    ['json-shape', line({ ...base, timestamp: 'x', type: 'UPDATE' })],
    ['time-syntax', line({ ...base, timestamp: -1, type: 'UPDATE' })],
    ['asn-range', line({ ...base, peer_asn: -1, type: 'UPDATE' })],
    ['json-shape', line({ ...base, type: 'UPDATE', announcements: {} })],
    ['json-shape', line({ ...base, type: 'UPDATE', announcements: [{ prefixes: [1] }] })],
    ['as-path-missing', line({ ...base, type: 'UPDATE', announcements: [{ prefixes: ['10.0.0.0/8'] }] })],
    [
      'as-path-segment-empty',
      line({ ...base, type: 'UPDATE', path: [[]], announcements: [{ prefixes: ['10.0.0.0/8'] }] }),
    ],
    [
      'prefix-length',
      line({ ...base, type: 'UPDATE', path: [1], announcements: [{ prefixes: ['10.0.0.0/33'] }] }),
    ],
    ['hex-syntax', line({ ...base, type: 'UPDATE', raw: 'xx' })],
    ['truncated', line({ ...base, type: 'UPDATE', raw: 'ff' })],
    ['marker', line({ ...base, type: 'UPDATE', raw: '00'.repeat(23) })],
  ])('%s: %s', (code, text) => {
    const { elements, summary } = readText(`64496\n${text.trimEnd()}\n64496\n`);
    expect(elements).toHaveLength(2);
    expect(summary.problems.first).toMatchObject([{ code, number: 2, offset: 6 }]);
  });
});
