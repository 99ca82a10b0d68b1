import fc from 'fast-check';
import { encodeNlri, formatAsPath, parseAsPath, pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { formatPrefix, parseAddress } from 'pathsec/inet';
import { encodeBgp4mpStateChange, encodeMrtRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn, describeWithProgram } from '../support.js';
import { bgpdumpLines, concat, readMrt } from './collect.js';
import { announcement, attributes, message, mpReach, nlri, session, TIME, update } from './fixtures.js';

const SUBTYPES = [
  [1, 2, false, false, 'BGP4MP'],
  [4, 4, false, false, 'BGP4MP'],
  [6, 2, false, true, 'BGP4MP_LOCAL'],
  [7, 4, false, true, 'BGP4MP_LOCAL'],
  [8, 2, true, false, 'BGP4MP_AP'],
  [9, 4, true, false, 'BGP4MP_AP'],
  [10, 2, true, true, 'BGP4MP_LOCAL_AP'],
  [11, 4, true, true, 'BGP4MP_LOCAL_AP'],
] as const;

describe('BGP4MP and BGP4MP_ET (RFC 6396 §4.4, §3; RFC 8050 §3)', () => {
  it.each(SUBTYPES)(
    'message subtype %d: %d-octet ASNs, ADD-PATH %s, LOCAL %s',
    (subtype, asnSize, addPath, local, type) => {
      for (const microseconds of [undefined, 42]) {
        const { elements, lines, summary } = readMrt(
          announcement('64496 {64497,64498} 64499', { asnSize, addPath, local, microseconds }),
        );
        expect(summary.recordTypes).toEqual(
          new Map([[`${microseconds === undefined ? 16 : 17}/${subtype}`, 1]]),
        );
        expect(summary.problems.count).toBe(0);
        expect(summary.local).toBe(local ? 1 : 0);
        expect(elements).toHaveLength(1);
        expect(elements[0]).toMatchObject({
          kind: 'route',
          rib: false,
          time: TIME,
          microseconds,
          peerAs: 64496,
          local,
          pathId: addPath ? 7 : undefined,
          asPath: parseAsPath('64496 {64497,64498} 64499'),
          hasAsPath: true,
          bordersLost: false,
        });
        const name = microseconds === undefined ? type : type.replace('BGP4MP', 'BGP4MP_ET');
        const time = microseconds === undefined ? `${TIME}` : `${TIME}.000042`;
        expect(lines).toEqual([
          `${name}|${time}|A|192.0.2.1|64496|198.51.100.0/24${addPath ? '|7' : ''}|64496 {64497,64498} 64499|IGP|192.0.2.1|0|0||NAG||`,
        ]);
      }
    },
  );

  it.each([
    [999_999, TIME, 999_999],
    [1_000_000, TIME + 1, 0],
    [1_500_000, TIME + 1, 500_000],
    [0xffff_ffff, TIME + 4_294, 967_295],
  ])('%d microseconds carry over into the seconds (D-mrt-microseconds)', (written, time, microseconds) => {
    const change = encodeBgp4mpStateChange({
      ...session,
      asnSize: 4,
      oldState: 5,
      newState: 6,
      microseconds: 0,
    });
    for (const record of [announcement('64496', { microseconds: 0 }), change]) {
      const octets = record.slice();
      new DataView(octets.buffer).setUint32(12, written);
      const { elements, lines, summary } = readMrt(octets);
      expect(elements).toMatchObject([{ time, microseconds }]);
      expect(lines[0]).toContain(`|${time}.${String(microseconds).padStart(6, '0')}|`);
      expect(summary.problems.count).toBe(0);
    }
  });

  it.each([2, 4] as const)('state changes with %d-octet ASNs, IPv4 and IPv6', (asnSize) => {
    const v6 = { peerAddress: parseAddress('2001:db8::1'), localAddress: parseAddress('2001:db8::2') };
    const { elements, lines } = readMrt(
      concat(
        encodeBgp4mpStateChange({ ...session, asnSize, oldState: 5, newState: 6 }),
        encodeBgp4mpStateChange({ ...session, ...v6, asnSize, oldState: 7, newState: 8, microseconds: 1 }),
      ),
    );
    expect(elements).toMatchObject([
      { kind: 'state', oldState: 5, newState: 6, peerAs: 64496 },
      { kind: 'state', oldState: 7, newState: 8 },
    ]);
    expect(lines).toEqual([
      `BGP4MP|${TIME}|STATE|192.0.2.1|64496|5|6`,
      `BGP4MP_ET|${TIME}.000001|STATE|2001:db8::1|64496|7|8`,
    ]);
  });

  it('delivers withdrawals before routes, of both families', () => {
    const octets = message(
      update({
        withdrawn: encodeNlri(nlri('203.0.113.0/24'), false),
        attributes: [
          ...attributes('64496'),
          mpReach(encodeNlri(nlri('2001:db8:1::/48'), false)),
          pathAttribute(15, fromHex('000201' + '3020010db80002')),
        ],
        nlri: encodeNlri(nlri('198.51.100.0/24', '192.0.2.0/24'), false),
      }),
    );
    const { lines, summary } = readMrt(octets);
    expect(lines).toEqual([
      `BGP4MP|${TIME}|W|192.0.2.1|64496|203.0.113.0/24`,
      `BGP4MP|${TIME}|W|192.0.2.1|64496|2001:db8:2::/48`,
      `BGP4MP|${TIME}|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||NAG||`,
      `BGP4MP|${TIME}|A|192.0.2.1|64496|192.0.2.0/24|64496|IGP|192.0.2.1|0|0||NAG||`,
      `BGP4MP|${TIME}|A|192.0.2.1|64496|2001:db8:1::/48|64496|IGP|2001:db8::1|0|0||NAG||`,
    ]);
    expect(summary).toMatchObject({ routes: 3, withdrawals: 2, skippedFamilies: 0 });
  });

  it('skips and counts other families, other types and deprecated subtypes', () => {
    const multicast = update({ attributes: [...attributes('64496'), mpReach(fromHex('00'), 2)] });
    const { elements, summary } = readMrt(
      concat(
        message(multicast),
        encodeMrtRecord(session, 16, 2, (writer) => writer.u32(0, 'x')),
        encodeMrtRecord(session, 16, 3, () => undefined),
        encodeMrtRecord(session, 11, 0, () => undefined),
        encodeMrtRecord(session, 6, 1, () => undefined),
        encodeMrtRecord(session, 48, 0, () => undefined),
        encodeMrtRecord(session, 13, 99, () => undefined),
        encodeMrtRecord(session, 12, 9, () => undefined),
        announcement('64496'),
      ),
    );
    expect(elements).toHaveLength(1);
    expect(summary).toMatchObject({ skippedFamilies: 1, skippedRecords: 7, records: 9 });
    expect(summary.problems.count).toBe(0);
  });

  it('End-of-RIB and messages that are no UPDATE carry no routes', () => {
    const keepalive = fromHex(`${'ff'.repeat(16)}001304`);
    const { elements, summary } = readMrt(concat(message(update({})), message(keepalive)));
    expect(elements).toEqual([]);
    expect(summary.messages).toEqual(
      new Map([
        [2, 1],
        [4, 1],
      ]),
    );
    expect(summary.problems.count).toBe(0);
  });

  it('confederation segments come through as they stand', () => {
    const { elements } = readMrt(announcement('(64512 64513) [64514] 64496'));
    expect(elements).toMatchObject([{ asPath: parseAsPath('(64512 64513) [64514] 64496') }]);
  });
});

it('property: what is written is read again, whatever the chunks', () => {
  const row = fc.record({
    asns: fc.array(arbitraryAsn, { minLength: 1, maxLength: 6 }),
    addPath: fc.boolean(),
    local: fc.boolean(),
    microseconds: fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
    id: fc.integer({ min: 0, max: 0xffff_ffff }),
    octet: fc.integer({ min: 0, max: 255 }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 60 }),
      (rows, step) => {
        const octets = concat(
          ...rows.map(({ asns, addPath, local, microseconds, id, octet }) =>
            message(
              update({
                attributes: attributes(asns.join(' ')),
                nlri: encodeNlri(nlri(addPath ? [`10.${octet}.0.0/16`, id] : `10.${octet}.0.0/16`), addPath),
              }),
              { addPath, local, microseconds },
            ),
          ),
        );
        const { elements, summary } = readMrt(octets, {}, step);
        expect(summary.problems.count).toBe(0);
        expect(summary.octets).toBe(octets.length);
        expect(
          elements.map((element) =>
            element.kind === 'route'
              ? [
                  formatAsPath(element.asPath),
                  formatPrefix(element.prefix),
                  element.pathId,
                  element.local,
                  element.microseconds,
                ]
              : element.kind,
          ),
        ).toEqual(
          rows.map(({ asns, addPath, local, microseconds, id, octet }) => [
            asns.join(' '),
            `10.${octet}.0.0/16`,
            addPath ? id : undefined,
            local,
            microseconds,
          ]),
        );
      },
    ),
    { numRuns: 60 },
  );
});

describeWithProgram('against bgpdump itself', 'bgpdump', () => {
  it('prints the same lines for every message subtype, but for LOCAL with ADD-PATH (D-mrt-local-add-path)', () => {
    const octets = concat(
      ...SUBTYPES.flatMap(([, asnSize, addPath, local]) =>
        [undefined, 123456].map((microseconds) =>
          announcement('(64512) 64496 {64497,64498} [64513]', { asnSize, addPath, local, microseconds }),
        ),
      ),
    );
    // bgpdump 1.6.2 takes subtypes 10 and 11 for received messages of the other side.
    let swapped = 0;
    const expected = bgpdumpLines(octets).map((line) => {
      if (!line.includes('|192.0.2.254|64511|')) return line;
      swapped++;
      return line.replace('_AP|', '_LOCAL_AP|').replace('|192.0.2.254|64511|', '|192.0.2.1|64496|');
    });
    expect(swapped).toBe(4);
    expect(readMrt(octets).lines).toEqual(expected);
  });
});
