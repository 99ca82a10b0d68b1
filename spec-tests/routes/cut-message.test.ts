import fc from 'fast-check';
import { encodeAsPath, encodeNlri, encodePathAttributes, parseAsPath, pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { type Element, encodeMrtRecord, encodeRibRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat, readMrt } from './collect.js';
import {
  announcement,
  attributes,
  message,
  mpReach,
  nlri,
  peerIndexTable,
  TIME,
  update,
} from './fixtures.js';

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);
const field = (...prefixes: string[]) => encodeNlri(nlri(...prefixes), false);
const brief = (element: Element) =>
  'prefix' in element ? `${element.kind} ${formatPrefix(element.prefix)}` : element.kind;

/** A record with the first `length` octets of the message alone. */
const cut = (octets: Uint8Array, length: number) => message(octets.subarray(0, length));

describe('a message cut off by its record (D-mrt-cut-message)', () => {
  it('2,500 prefixes in 8,232 octets, as FRR before 8.5 writes them: those before the cut', () => {
    const whole = update({ attributes: attributes('64500 64501'), nlri: field(...many(2_500)) });
    expect(whole).toHaveLength(10_047);
    const { elements, summary } = readMrt(concat(cut(whole, 8_212), announcement('64496')));
    const inside = Math.floor((8_212 - (whole.length - 10_000)) / 4);
    expect(elements).toHaveLength(inside + 1);
    expect(elements.slice(0, 2).map(brief)).toEqual(['route 10.0.0.0/24', 'route 10.0.1.0/24']);
    expect(summary.problems.first).toMatchObject([
      { code: 'truncated', number: 1, message: 'needs 10047 octets, has 8212' },
    ]);
  });

  const octets = update({
    withdrawn: field('203.0.113.0/24', '203.0.112.0/24'),
    attributes: [
      ...attributes('64496'),
      mpReach(encodeNlri(nlri('2001:db8:1::/48', '2001:db8:2::/48'), false)),
      pathAttribute(15, fromHex('000201' + '3020010db80003' + '3020010db80004')),
    ],
    nlri: field('198.51.100.0/24', '192.0.2.0/24'),
  });
  const whole = readMrt(message(octets)).elements.map(brief);

  it('at any octet: a part of what the whole one gives, in its order, and one problem', () => {
    expect(whole).toHaveLength(8);
    const counts = new Set<number>();
    for (let length = 19; length < octets.length; length++) {
      const { elements, summary } = readMrt(cut(octets, length));
      const found = elements.map(brief);
      expect(found).toEqual(whole.filter((one) => found.includes(one)));
      expect(summary.problems.first).toMatchObject([{ code: 'truncated' }]);
      expect(readMrt(cut(octets, length), { strict: true }).elements).toEqual([]);
      counts.add(found.length);
    }
    expect([...counts]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('before its AS_PATH: the routes have no path, and are not withdrawn either', () => {
    const [origin, path, nextHop] = attributes('64496');
    const reach = mpReach(encodeNlri(nlri('2001:db8:1::/48', '2001:db8:2::/48'), false));
    const late = update({ attributes: [reach, origin, nextHop, path].filter((one) => one !== undefined) });
    const { elements, codes } = readMrt(cut(late, late.length - 3));
    expect([elements, codes]).toEqual([[], ['truncated']]);
  });

  it('a fault before the cut has its treatment', () => {
    const bad = [pathAttribute(2, fromHex('05010000fbf0'))];
    const faulty = update({ attributes: bad, nlri: field('198.51.100.0/24', '192.0.2.0/24') });
    const { elements, codes } = readMrt(cut(faulty, faulty.length - 2));
    expect([elements.map(brief), codes]).toEqual([
      ['withdrawal 198.51.100.0/24'],
      ['truncated', 'as-path-segment-type'],
    ]);
  });

  it('ADD-PATH prefixes', () => {
    const entries = nlri(['198.51.100.0/24', 1], ['192.0.2.0/24', 2]);
    const withIds = update({ attributes: attributes('64496'), nlri: encodeNlri(entries, true) });
    for (const cutOff of [1, 5, 7]) {
      const record = message(withIds.subarray(0, withIds.length - cutOff), { addPath: true });
      const { elements, codes } = readMrt(record);
      expect(elements).toMatchObject([{ pathId: 1 }]);
      expect(codes).toEqual(['truncated']);
    }
  });

  it('property: the routes of a cut message are the first of the whole one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, at) => {
        const all = update({ attributes: attributes('64496 64497'), nlri: field(...many(count)) });
        const start = all.length - 4 * count;
        const length = start + (at % (all.length - start));
        const found = readMrt(cut(all, length)).elements.map(brief);
        expect(found).toEqual(
          many(count)
            .slice(0, (length - start) >> 2)
            .map((one) => `route ${one}`),
        );
      }),
    );
  });
});

describe('other lengths that lie (D-mrt-cut-message)', () => {
  it('Total Attribute Length: the withdrawals before it, where they look like some', () => {
    const octets = update({ withdrawn: field('203.0.113.0/24'), attributes: attributes('64496') });
    const at = 19 + 2 + 4;
    octets[at] = 0x7f;
    const { elements, codes } = readMrt(message(octets));
    expect([elements.map(brief), codes]).toEqual([['withdrawal 203.0.113.0/24'], ['update-length']]);
    expect(readMrt(message(octets), { strict: true }).elements).toEqual([]);
    octets[19 + 2] = 23; // host bits: perhaps these are no withdrawals at all
    expect(readMrt(message(octets)).elements).toEqual([]);
  });

  it('Withdrawn Routes Length: nothing, for nothing stands before it', () => {
    const octets = update({ withdrawn: field('203.0.113.0/24'), attributes: attributes('64496') });
    octets[19] = 0x7f;
    const { elements, codes } = readMrt(message(octets));
    expect([elements, codes]).toEqual([[], ['update-length']]);
  });

  const entries = [0, 1].map((peerIndex) => ({
    peerIndex,
    originated: 0,
    attributes: attributes('64496 64497'),
  }));
  const rib = encodeRibRecord({ time: TIME, sequence: 0, prefix: parsePrefix('198.51.100.0/24'), entries });
  const resized = (octets: Uint8Array) => {
    const copy = octets.slice();
    new DataView(copy.buffer).setUint32(8, copy.length - 12);
    return copy;
  };

  it('a RIB entry longer than its record is delivered when its path stands before the cut', () => {
    const size = encodePathAttributes(attributes('64496 64497')).length;
    const pathEnds = 4 + 3 + 10; // behind ORIGIN and AS_PATH
    for (let missing = 1; missing < size; missing++) {
      const { elements, summary } = readMrt(concat(peerIndexTable, resized(rib.subarray(0, -missing))));
      expect(elements).toHaveLength(size - missing >= pathEnds ? 2 : 1);
      expect(summary.problems.first).toMatchObject([{ code: 'truncated', number: 2 }]);
    }
  });

  it('more RIB entries than there are', () => {
    const octets = rib.slice();
    octets[12 + 4 + 4 + 1] = 9;
    const { elements, codes } = readMrt(concat(peerIndexTable, octets));
    expect(elements).toHaveLength(2);
    expect(codes).toEqual(['truncated']);
  });

  it('fewer RIB entries than there are', () => {
    const octets = rib.slice();
    octets[12 + 4 + 4 + 1] = 1;
    const { elements, codes } = readMrt(concat(peerIndexTable, octets));
    expect(elements).toHaveLength(1);
    expect(codes).toEqual(['trailing-octets']);
  });

  it('a PEER_INDEX_TABLE that is cut off, or counts more or fewer peers, has the peers before that', () => {
    const counted = (count: number) => {
      const octets = peerIndexTable.slice();
      octets[12 + 4 + 2 + 6 + 1] = count;
      return octets;
    };
    const cases: [Uint8Array, string[], number][] = [
      [counted(9), ['truncated'], 2],
      [counted(1), ['trailing-octets', 'peer-index'], 1],
      [resized(peerIndexTable.subarray(0, -5)), ['truncated', 'peer-index'], 1],
      [resized(peerIndexTable.subarray(0, 20)), ['truncated', 'peer-index-table-missing'], 0],
    ];
    for (const [table, expected, routes] of cases) {
      const { elements, codes } = readMrt(concat(table, rib));
      expect([codes, elements.length]).toEqual([expected, routes]);
    }
    // The table before a damaged one does not come back into force.
    expect(readMrt(concat(peerIndexTable, resized(peerIndexTable.subarray(0, 20)), rib)).elements).toEqual(
      [],
    );
  });

  it('TABLE_DUMP: the one entry, when its path stands before the cut', () => {
    const list = encodePathAttributes(
      [1, 2, 3].map((code) =>
        pathAttribute(
          code,
          code === 1
            ? Uint8Array.of(0)
            : code === 2
              ? encodeAsPath(parseAsPath('64496 64497'), 2)
              : fromHex('c0000201'),
        ),
      ),
    );
    const dump = (length: number) =>
      encodeMrtRecord({ time: TIME }, 12, 1, (writer) => {
        writer.u16(0, 'view').u16(0, 'sequence').bytes(fromHex('c6336400')).u8(24, 'length');
        writer.u8(1, 'status').u32(TIME, 'originated').bytes(fromHex('c0000201')).u16(64496, 'peer');
        writer.u16(list.length, 'attributes').bytes(list.subarray(0, length));
      });
    for (let length = 0; length < list.length; length++) {
      const { elements, codes } = readMrt(dump(length));
      expect(elements).toHaveLength(length >= 4 + 3 + 6 ? 1 : 0);
      expect(codes).toEqual(['truncated']);
    }
    expect(readMrt(dump(list.length)).codes).toEqual([]);
  });
});
