import fc from 'fast-check';
import { encodeMpReach, encodeNlri, encodePathAttributes, parseAsPath, pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { formatPrefix, makePrefix, parseAddress, parsePrefix } from 'pathsec/inet';
import { createMrtReader, encodeMrtRecord, ribMpReach } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { concat, readMrt } from './collect.js';
import { attributes, nlri, peerIndexTable, TIME } from './fixtures.js';
import { rawRib, rib } from './rib-records.js';

describe('TABLE_DUMP_V2 (RFC 6396 §4.3, RFC 8050 §4)', () => {
  it('reads entries of several peers, IPv4 and IPv6, with 2- and 4-octet peers in the index', () => {
    const v6 = [...attributes('4200000001 64496').slice(0, 2), ribMpReach(parseAddress('2001:db8::1'))];
    const { elements, lines, summary } = readMrt(
      concat(
        peerIndexTable,
        rib({
          entries: [
            { peerIndex: 0, originated: TIME - 60, attributes: attributes('64496 4200000001') },
            { peerIndex: 1, originated: TIME - 61, attributes: attributes('4200000001') },
          ],
        }),
        rib({
          prefix: parsePrefix('2001:db8::/32'),
          entries: [{ peerIndex: 1, originated: TIME, attributes: v6 }],
        }),
      ),
    );
    expect(lines).toEqual([
      `TABLE_DUMP2|${TIME}|B|192.0.2.1|64496|198.51.100.0/24|64496 4200000001|IGP|192.0.2.1|0|0||NAG||`,
      `TABLE_DUMP2|${TIME}|B|2001:db8::1|4200000001|198.51.100.0/24|4200000001|IGP|192.0.2.1|0|0||NAG||`,
      `TABLE_DUMP2|${TIME}|B|2001:db8::1|4200000001|2001:db8::/32|4200000001 64496|IGP|2001:db8::1|0|0||NAG||`,
    ]);
    expect(elements[0]).toMatchObject({ kind: 'route', rib: true, pathId: undefined, hasAsPath: true });
    expect(summary.recordTypes).toEqual(
      new Map([
        ['13/1', 1],
        ['13/2', 1],
        ['13/4', 1],
      ]),
    );
    const oldIndex = encodeMrtRecord({ time: TIME }, 13, 1, (writer) =>
      writer.u32(0, 'id').u16(0, 'name').u16(1, 'count').bytes(fromHex('0000000001c0000201fbf0')),
    );
    expect(readMrt(concat(oldIndex, rib({}))).elements).toMatchObject([{ peerAs: 64496 }]);
  });

  it('tells when the dumping router got the route', () => {
    const found: unknown[] = [];
    const reader = createMrtReader((element, { originated, number }) => {
      found.push([element.kind === 'route' && element.time, originated, number]);
    });
    reader.push(concat(peerIndexTable, rib({})));
    reader.end();
    expect(found).toEqual([[TIME, TIME - 60, 2]]);
  });

  it('a complete MP_REACH_NLRI in an entry is read as well as the abbreviated one', () => {
    const complete = pathAttribute(
      14,
      encodeMpReach({
        afi: 2,
        safi: 1,
        nextHop: parseAddress('2001:db8::9'),
        field: encodeNlri(nlri('2001:db8::/32'), false),
      }),
    );
    const entries = [
      { peerIndex: 0, originated: 0, attributes: [...attributes('64496').slice(0, 2), complete] },
    ];
    const { lines } = readMrt(concat(peerIndexTable, rib({ prefix: parsePrefix('2001:db8::/32'), entries })));
    expect(lines[0]).toContain('|IGP|2001:db8::9|');
  });

  it('ADD-PATH subtypes carry the identifier in each entry', () => {
    for (const [prefix, subtype] of [
      ['198.51.100.0/24', 8],
      ['2001:db8::/32', 10],
    ] as const) {
      const entries = [1, 0xffff_ffff].map((pathId) => ({
        peerIndex: 0,
        originated: TIME,
        pathId,
        attributes: attributes('64496'),
      }));
      const { elements, lines, summary } = readMrt(
        concat(peerIndexTable, rib({ prefix: parsePrefix(prefix), entries })),
      );
      expect(summary.recordTypes.get(`13/${subtype}`)).toBe(1);
      expect(elements).toMatchObject([{ pathId: 1 }, { pathId: 0xffff_ffff }]);
      expect(lines[1]).toMatch(/^TABLE_DUMP2_AP\|.*\|4294967295\|64496\|/);
    }
  });

  it('RIB_GENERIC of unicast is read, with the identifier in the NLRI for ADD-PATH', () => {
    const { elements, summary } = readMrt(
      concat(
        peerIndexTable,
        rawRib(6, '000101' + '18c63364'),
        rawRib(6, '000201' + '2020010db8'),
        rawRib(12, '000101' + '00000007' + '18c63364'),
        rawRib(6, '000180' + '00'),
        rawRib(12, '004001' + '00'),
      ),
    );
    expect(
      elements.map((element) =>
        element.kind === 'route' ? [formatPrefix(element.prefix), element.pathId] : element.kind,
      ),
    ).toEqual([
      ['198.51.100.0/24', undefined],
      ['2001:db8::/32', undefined],
      ['198.51.100.0/24', 7],
    ]);
    expect(summary.skippedFamilies).toBe(2);
    expect(summary.problems.count).toBe(0);
  });

  it.each([3, 5, 9, 11])('multicast RIB, subtype %d, is counted and skipped', (subtype) => {
    const { elements, summary } = readMrt(concat(peerIndexTable, rawRib(subtype, '18c63364')));
    expect(elements).toEqual([]);
    expect(summary).toMatchObject({ skippedFamilies: 1, skippedRecords: 0 });
  });

  it('an entry without attributes is a route of the dumping router: empty path, marked', () => {
    const entries = [{ peerIndex: 0, originated: 0, attributes: [] }];
    const { elements, lines } = readMrt(concat(peerIndexTable, rib({ entries })));
    expect(elements).toMatchObject([{ asPath: [], hasAsPath: false }]);
    expect(lines[0]).toContain('||INCOMPLETE|255.255.255.255|');
    const empty = [{ peerIndex: 0, originated: 0, attributes: attributes('') }];
    expect(readMrt(concat(peerIndexTable, rib({ entries: empty }))).elements).toMatchObject([
      { asPath: [], hasAsPath: true },
    ]);
  });

  it('a record of more than 64 KiB', () => {
    const long = Array.from({ length: 3000 }, () => ({
      peerIndex: 0,
      originated: 0,
      attributes: attributes('64496 64497'),
    }));
    const record = rib({ entries: long });
    expect(record.length).toBeGreaterThan(65_536);
    expect(readMrt(concat(peerIndexTable, record), {}, 1000).elements).toHaveLength(3000);
  });

  it('AS_PATH of a nested ATTR_SET (RFC 6368) is not the path of the route', () => {
    const nested = pathAttribute(128, concat(fromHex('0000fbf9'), encodePathAttributes(attributes('64505'))));
    const entries = [{ peerIndex: 0, originated: 0, attributes: [nested, ...attributes('64496')] }];
    const { elements } = readMrt(concat(peerIndexTable, rib({ entries })));
    expect(elements).toMatchObject([{ asPath: parseAsPath('64496') }]);
  });

  it('property: what is written is read again, whatever the chunks', () => {
    const entry = fc.record({
      peerIndex: fc.integer({ min: 0, max: 1 }),
      originated: fc.integer({ min: 0, max: 0xffff_ffff }),
      asns: fc.array(arbitraryAsn, { maxLength: 6 }),
      pathId: fc.integer({ min: 0, max: 0xffff_ffff }),
    });
    const record = fc.record({
      addPath: fc.boolean(),
      afi: fc.constantFrom<1 | 2>(1, 2),
      octets: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      length: fc.integer({ min: 0, max: 32 }),
      entries: fc.array(entry, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), fc.integer({ min: 1, max: 70 }), (records, step) => {
        const expected: unknown[] = [];
        const parts = records.map(({ addPath, afi, octets, length, entries }, sequence) => {
          const prefix = makePrefix(afi, octets.slice(0, afi === 1 ? 4 : 16), length);
          return rib({
            sequence,
            prefix,
            entries: entries.map(({ peerIndex, originated, asns, pathId }) => {
              const asPath = parseAsPath(asns.join(' '));
              expected.push({
                prefix,
                asPath,
                peerAs: peerIndex === 0 ? 64496 : 4_200_000_001,
                pathId: addPath ? pathId : undefined,
              });
              return { peerIndex, originated, attributes: attributes(asPath), ...(addPath && { pathId }) };
            }),
          });
        });
        const { elements, summary } = readMrt(concat(peerIndexTable, ...parts), {}, step);
        expect(summary.problems.count).toBe(0);
        expect(
          elements.map((element) => {
            if (element.kind !== 'route') return element.kind;
            const { prefix, asPath, peerAs, pathId } = element;
            return { prefix, asPath, peerAs, pathId };
          }),
        ).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
