import fc from 'fast-check';
import { encodePathAttributes } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { encodeMrtRecord, encodeRibRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { brief, concat, readMrt, readText } from './collect.js';
import { attributes, peerIndexTable, TIME } from './fixtures.js';

describe('a RIB record whose subtype is wrong about Path Identifiers (D-rib-add-path)', () => {
  /** The subtype of a record replaced. */
  const relabelled = (record: Uint8Array, subtype: number): Uint8Array => {
    const copy = record.slice();
    copy[7] = subtype;
    return copy;
  };
  const rib = (prefix: string, paths: readonly string[], ids: readonly number[]): Uint8Array =>
    encodeRibRecord({
      time: TIME,
      sequence: 0,
      prefix: parsePrefix(prefix),
      entries: paths.map((path, i) => ({
        peerIndex: i % 2,
        originated: TIME,
        attributes: attributes(path),
        ...(ids.length > 0 ? { pathId: ids[i] as number } : {}),
      })),
    });
  const generic = (subtype: number, identifier: string): Uint8Array =>
    encodeMrtRecord({ time: TIME }, 13, subtype, (writer) => {
      writer
        .u32(0, 'sequence')
        .u16(1, 'afi')
        .u8(1, 'safi')
        .bytes(fromHex(`${identifier}18c63364`));
      writer.u16(1, 'count').u16(0, 'peer').u32(TIME, 'originated');
      writer.sized(2, 'attributes', (field) => field.bytes(encodePathAttributes(attributes('64496'))));
    });

  it.each([
    ['198.51.100.0/24', 8, 2],
    ['2001:db8::/32', 10, 4],
  ])(
    'of %s: identifiers under subtype %s are read as such, and the other way round',
    (prefix, identified, plain) => {
      const paths = ['64496', '64497 64498', '64499'];
      const hidden = readMrt(
        concat(peerIndexTable, relabelled(rib(prefix, paths, [1, 256, 0xffff_ffff]), plain)),
      );
      expect(hidden.elements.map(brief)).toEqual([1, 256, 0xffff_ffff].map((id) => `${prefix} #${id}`));
      expect(hidden.codes).toEqual(['add-path-hidden']);
      expect(readText(`${hidden.lines.join('\n')}\n`).elements.map(brief)).toEqual(
        hidden.elements.map(brief),
      );
      expect([hidden.summary.hiddenAddPath, hidden.summary.absentAddPath]).toEqual([1, 0]);
      const absent = readMrt(concat(peerIndexTable, relabelled(rib(prefix, paths, []), identified)));
      expect(absent.elements.map(brief)).toEqual([prefix, prefix, prefix]);
      expect(absent.codes).toEqual(['add-path-absent']);
      expect([absent.summary.hiddenAddPath, absent.summary.absentAddPath]).toEqual([0, 1]);
    },
  );

  it('RIB_GENERIC, where the identifier is part of the NLRI', () => {
    const { elements, codes } = readMrt(concat(peerIndexTable, generic(6, '00000007'), generic(12, '')));
    expect(elements.map(brief)).toEqual(['198.51.100.0/24 #7', '198.51.100.0/24']);
    expect(codes).toEqual(['add-path-hidden', 'add-path-absent']);
    const right = readMrt(concat(peerIndexTable, generic(12, '00000007'), generic(6, '')));
    expect([right.elements.map(brief), right.codes]).toEqual([['198.51.100.0/24 #7', '198.51.100.0/24'], []]);
  });

  it('a record that is right, or fits neither, is read as its subtype says; so are all without detection', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(ids, (list) => {
        const paths = list.map((id) => `64496 ${1 + (id % 65_000)}`);
        for (const record of [rib('198.51.100.0/24', paths, list), rib('198.51.100.0/24', paths, [])]) {
          const { elements, summary } = readMrt(concat(peerIndexTable, record));
          expect([elements.length, summary.problems.count]).toEqual([list.length, 0]);
          expect(readMrt(concat(peerIndexTable, record), { detectAddPath: false }).elements).toEqual(
            elements,
          );
        }
      }),
    );
    const mislabelled = relabelled(rib('198.51.100.0/24', ['64496'], [1]), 2);
    const { codes } = readMrt(concat(peerIndexTable, mislabelled), { detectAddPath: false });
    expect(codes).toEqual(['trailing-octets']);
    const damaged = concat(rib('198.51.100.0/24', ['64496'], []), Uint8Array.of(0));
    damaged[11] = (damaged[11] as number) + 1;
    expect(readMrt(concat(peerIndexTable, damaged)).codes).toEqual(['trailing-octets']);
  });
});
