import { pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { encodeMrtRecord, encodePeerIndexTable } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat, readMrt } from './collect.js';
import { attributes, peerIndexTable, TIME } from './fixtures.js';
import { rawRib, rib } from './rib-records.js';

describe('faults in TABLE_DUMP_V2', () => {
  it.each([
    ['peer-index-table-missing', rib({}), 0],
    [
      'peer-index',
      concat(peerIndexTable, rib({ entries: [{ peerIndex: 2, originated: 0, attributes: [] }] })),
      0,
    ],
    [
      'truncated',
      concat(
        peerIndexTable,
        encodeMrtRecord({ time: TIME }, 13, 2, (w) => w.u32(0, 'x')),
      ),
      0,
    ],
    ['nlri-length', concat(peerIndexTable, rawRib(2, '2101020304')), 0],
    [
      'nlri-overrun',
      concat(
        peerIndexTable,
        encodeMrtRecord({ time: TIME }, 13, 2, (w) => w.bytes(fromHex('0000000018'))),
      ),
      0,
    ],
    [
      'as-path-overrun',
      concat(
        peerIndexTable,
        rib({ entries: [{ peerIndex: 0, originated: 0, attributes: [pathAttribute(2, fromHex('0201'))] }] }),
      ),
      0,
    ],
    [
      'trailing-octets',
      concat(
        peerIndexTable,
        encodeMrtRecord({ time: TIME }, 13, 2, (w) => w.bytes(rib({}).subarray(12)).u8(0, 'x')),
      ),
      1,
    ],
  ] as const)('%s is reported and the rest is read', (code, octets, delivered) => {
    const { elements, summary } = readMrt(concat(octets, peerIndexTable, rib({})));
    expect(summary.problems.first.map((problem) => problem.code)).toEqual([code]);
    expect(elements).toHaveLength(delivered + 1);
  });

  it('entries before a damaged one are delivered', () => {
    const two = rib({
      entries: [1, 2].map(() => ({ peerIndex: 0, originated: 0, attributes: attributes('64496') })),
    });
    const cut = encodeMrtRecord(
      { time: TIME },
      13,
      2,
      (writer) => writer.bytes(two.subarray(12, two.length - 12)), // inside the AS_PATH of the second
    );
    const { elements, summary } = readMrt(concat(peerIndexTable, cut));
    expect(elements).toHaveLength(1);
    expect(summary.problems.first).toMatchObject([{ code: 'truncated', number: 2 }]);
  });

  it('a damaged PEER_INDEX_TABLE does not leave the one before it in force', () => {
    const damaged = encodeMrtRecord({ time: TIME }, 13, 1, (writer) => writer.u32(0, 'id'));
    const { elements, codes } = readMrt(concat(peerIndexTable, damaged, rib({})));
    expect(elements).toEqual([]);
    expect(codes).toEqual(['truncated', 'peer-index-table-missing']);
  });

  it('refuses to write what does not fit', () => {
    const mixed = [
      { peerIndex: 0, originated: 0, pathId: 1, attributes: [] },
      { peerIndex: 0, originated: 0, attributes: [] },
    ];
    expect(() => rib({ entries: mixed })).toThrow(RangeError);
    expect(() => rib({ entries: [{ peerIndex: 65_536, originated: 0, attributes: [] }] })).toThrow(
      RangeError,
    );
    const peers = [{ bgpId: 0, address: new Uint8Array(5), asn: 1 }];
    expect(() => encodePeerIndexTable({ time: 0, collectorBgpId: 0, peers })).toThrow(RangeError);
    expect(() => encodeMrtRecord({ time: 0, microseconds: 1 }, 13, 1, () => undefined)).toThrow(RangeError);
    expect(() => encodeMrtRecord({ time: 0, microseconds: 1_000_000 }, 16, 1, () => undefined)).toThrow(
      RangeError,
    );
  });
});
