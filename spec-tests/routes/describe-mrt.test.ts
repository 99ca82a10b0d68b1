import fc from 'fast-check';
import { concatOctets } from 'pathsec/bytes';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import { describeMrt, encodeBgp4mpStateChange, encodeRibRecord, ribMpReach } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { checkDescribed, describedPaths } from '../bytes/described.js';
import { announcement, attributes, mpReach, peerIndexTable, session, TIME } from './fixtures.js';

const rib = (prefix: string, pathId?: number): Uint8Array =>
  encodeRibRecord({
    time: TIME,
    sequence: 5,
    prefix: parsePrefix(prefix),
    entries: [0, 1].map((peerIndex) => ({
      ...{ peerIndex, originated: TIME, attributes: attributes('64496 64499') },
      ...(pathId !== undefined && { pathId }),
    })),
  });
const RECORDS = [
  peerIndexTable,
  rib('192.0.2.0/25'),
  rib('2001:db8::/33'),
  rib('0.0.0.0/0', 7),
  announcement('64496 64499'),
  announcement('64496 64499', { addPath: true, asnSize: 2, local: true }),
  encodeBgp4mpStateChange({ ...session, asnSize: 4, oldState: 6, newState: 1 }),
];

describe('describeMrt (RFC 6396)', () => {
  it('records of each kind: whole, with nothing left over or cut', () => {
    const tree = describeMrt(concatOctets(RECORDS));
    checkDescribed(tree);
    const lines = describedPaths(tree);
    expect(tree.children.length).toBe(RECORDS.length);
    expect(lines.filter((line) => /left-over|cut short/.test(line))).toEqual([]);
    for (const line of [
      'mrt-records.record.message.peer-entry[1] (RFC 6396 §4.3.1) = 1: 2001:db8::1 AS4200000001',
      'mrt-records.record[1].message (RFC 6396 §4.3) = 192.0.2.0/25',
      'mrt-records.record[1].message.rib-entry[1] (RFC 6396 §4.3.4) = of peer 1',
      'mrt-records.record[2].message (RFC 6396 §4.3) = 2001:db8::/33',
      'mrt-records.record[3].message.rib-entry.path-identifier (RFC 8050 §4) = 7',
      'mrt-records.record[6].message.old-state (RFC 6396 §4.4.1) = 6 (Established)',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => / = (?:from|to) 192\.0\.2\.1 AS64496$/.test(line)).length).toBe(3);
    expect(
      lines.filter((line) => /^mrt-records\.record\[[45]\]\.message\.bgp-message .* = UPDATE$/.test(line))
        .length,
    ).toBe(2);
    expect(lines.filter((line) => /record\[5\].*path-identifier .* = 7$/.test(line)).length).toBe(1);
  });

  it('MP_REACH_NLRI of a RIB, cut down to its next hop or whole, as some write it', () => {
    const nextHop = 'mp-reach-nlri.attribute-value';
    for (const [one, wanted] of [
      [
        ribMpReach(parseAddress('2001:db8::1')),
        `${nextHop}.next-hop-address (RFC 6396 §4.3.4) = 2001:db8::1`,
      ],
      [mpReach(new Uint8Array(0)), `${nextHop}.network-address-of-next-hop (RFC 4760 §3) = 2001:db8::1`],
    ] as const) {
      const record = encodeRibRecord({
        ...{ time: TIME, sequence: 1, prefix: parsePrefix('2001:db8::/32') },
        entries: [{ peerIndex: 0, originated: TIME, attributes: [one] }],
      });
      expect(
        describedPaths(describeMrt(record)).map((line) => line.replace(/^.*bgp-attributes\./, '')),
      ).toContain(wanted);
    }
  });

  it('never throws, and shows every octet once', () => {
    const changed = fc
      .tuple(fc.constantFrom(...RECORDS), fc.nat(), fc.nat(255), fc.nat())
      .map(([octets, at, value, end]) => {
        const copy = octets.slice(0, 1 + (end % octets.length));
        copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), changed), (octets) => {
        const tree = describeMrt(octets);
        expect(tree.length).toBe(octets.length);
        checkDescribed(tree);
      }),
      { numRuns: 300 },
    );
  });
});
