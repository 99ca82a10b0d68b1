import { encodeAsPath, encodePathAttributes, parseAsPath, pathAttribute } from 'pathsec/bgp';
import { createWriter, fromHex } from 'pathsec/bytes';
import { parseAddress } from 'pathsec/inet';
import { encodeMrtRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat, readMrt } from './collect.js';
import { TIME } from './fixtures.js';

describe('TABLE_DUMP (RFC 6396 §4.2)', () => {
  const entry = (subtype: number, path: string, extra = ''): Uint8Array => {
    const ipv4 = subtype % 2 === 1;
    const asnSize = subtype <= 2 ? 2 : 4;
    const peer = parseAddress(ipv4 ? '192.0.2.1' : '2001:db8::1');
    return encodeMrtRecord({ time: TIME }, 12, subtype, (writer) => {
      writer.u16(0, 'view').u16(1, 'sequence');
      writer.bytes(parseAddress(ipv4 ? '198.51.100.255' : '2001:db8:ffff::')).u8(ipv4 ? 25 : 33, 'length');
      writer
        .u8(1, 'status')
        .u32(TIME - 60, 'time')
        .bytes(peer);
      if (asnSize === 4) writer.u32(64496, 'as');
      else writer.u16(64496, 'as');
      const field = encodePathAttributes([
        pathAttribute(2, encodeAsPath(parseAsPath(path), asnSize)),
        ...(path.includes('23456') ? [pathAttribute(17, encodeAsPath(parseAsPath('65551'), 4))] : []),
      ]);
      writer.sized(2, 'attributes', (inner) => inner.bytes(field)).bytes(fromHex(extra));
    });
  };

  it('reads IPv4 and IPv6, clears host bits, merges AS4_PATH', () => {
    const { lines, summary } = readMrt(concat(entry(1, '64496 23456'), entry(2, '64496')));
    expect(lines).toEqual([
      `TABLE_DUMP|${TIME}|B|192.0.2.1|64496|198.51.100.128/25|64496 65551|INCOMPLETE|255.255.255.255|0|0||NAG||`,
      `TABLE_DUMP|${TIME}|B|2001:db8::1|64496|2001:db8:8000::/33|64496|INCOMPLETE|255.255.255.255|0|0||NAG||`,
    ]);
    expect(summary.problems.count).toBe(0);
  });

  it('reads subtypes 3 and 4 with 4-octet ASNs, as bgpdump does', () => {
    const { elements } = readMrt(concat(entry(3, '64496 4200000001'), entry(4, '64496')));
    expect(elements).toMatchObject([{ asPath: parseAsPath('64496 4200000001') }, { peerAs: 64496 }]);
  });

  it('a second entry in a record is not read and reported (D-mrt-many-entries)', () => {
    const { elements, codes } = readMrt(entry(1, '64496', 'aabb'));
    expect(elements).toHaveLength(1);
    expect(codes).toEqual(['record-trailing-octets']);
  });

  it('too short, attributes too long, prefix too long', () => {
    const good = entry(1, '64496').subarray(12);
    const record = (octets: Uint8Array) =>
      encodeMrtRecord({ time: TIME }, 12, 1, (writer) => writer.bytes(octets));
    const long = createWriter().bytes(good).finish();
    long[8] = 33;
    const { elements, codes } = readMrt(
      concat(
        record(good.subarray(0, 10)),
        record(good.subarray(0, good.length - 1)),
        record(long),
        record(good),
      ),
    );
    expect(codes).toEqual(['truncated', 'truncated', 'table-dump-prefix-length']);
    expect(elements).toHaveLength(1);
  });
});
