import {
  type BgpsecPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeNlri,
  formatAsPath,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import { createMrtReader, type Element, encodeRibRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat, readMrt, readText } from './collect.js';
import { announcement, attributes, message, nlri, peerIndexTable, TIME, update } from './fixtures.js';

/** BGPsec_PATH of one block with made-up signatures; `pCount` and flag per segment, newest first. */
function signed(
  ...hops: readonly (readonly [asn: number, pCount?: number, flags?: number])[]
): PathAttribute {
  const path: BgpsecPath = {
    segments: hops.map(([asn, pCount = 1, flags = 0]) => ({ pCount, flags, asn })),
    blocks: [
      {
        suite: 1,
        signatures: hops.map(([asn]) => ({
          ski: new Uint8Array(20).fill(asn & 0xff),
          signature: new Uint8Array(70).fill(7),
        })),
      },
    ],
  };
  return pathAttribute(33, encodeBgpsecPath(path));
}

const origin = pathAttribute(1, Uint8Array.of(0));
const field = encodeNlri(nlri('192.0.2.0/24'), false);
const reach = pathAttribute(
  14,
  encodeMpReach({ afi: 1, safi: 1, nextHop: parseAddress('198.51.100.100'), field }),
);
const of = (...list: PathAttribute[]) => message(update({ attributes: list }));
const path = (element: Element | undefined) =>
  element?.kind === 'route' ? formatAsPath(element.asPath) : element?.kind;

describe('BGPsec routes (RFC 8205 §4.4, §5; D-mrt-secure-path)', () => {
  it.each([
    ['65536 64496', [[65536], [64496]]],
    ['65536 65536 65536 64496', [[65536, 3], [64496]]],
    ['64496', [[65536, 0], [64496]]],
    ['(65001) 64496', [[65001, 1, 0x80], [64496]]],
    ['', [[65536, 0]]],
  ] as const)('an UPDATE whose Secure_Path stands for "%s"', (expected, hops) => {
    const { elements, lines, summary } = readMrt(of(origin, reach, signed(...hops)));
    expect(elements).toMatchObject([{ kind: 'route', signed: true, hasAsPath: true, bordersLost: false }]);
    expect(path(elements[0])).toBe(expected);
    expect(lines).toEqual([
      `BGP4MP|${TIME}|A|192.0.2.1|64496|192.0.2.0/24|${expected}|IGP|198.51.100.100|0|0||NAG||`,
    ]);
    expect(summary.problems.count).toBe(0);
  });

  it('the next route without one is not signed, and equal paths are one object', () => {
    const octets = concat(
      of(origin, reach, signed([64496])),
      announcement('64496'),
      of(origin, reach, signed([64496])),
    );
    const { elements } = readMrt(octets);
    expect(elements.map((one) => one.kind === 'route' && one.signed)).toEqual([true, false, true]);
    const [first, , third] = elements.map((one) => one.kind === 'route' && one.asPath);
    expect(first).toBe(third);
  });

  it('a RIB entry is no route of the dumping router itself', () => {
    const prefix = parsePrefix('192.0.2.0/24');
    const entry = (list: PathAttribute[]) => ({ peerIndex: 0, originated: 0, attributes: list });
    const entries = [entry([origin, signed([65536], [64497])]), entry([origin]), entry(attributes('64496'))];
    const { elements } = readMrt(
      concat(peerIndexTable, encodeRibRecord({ time: TIME, sequence: 0, prefix, entries })),
    );
    expect(elements.map((one) => one.kind === 'route' && [path(one), one.hasAsPath, one.signed])).toEqual([
      ['65536 64497', true, true],
      ['', false, false],
      ['64496', true, false],
    ]);
  });

  it('RIS Live raw', () => {
    const raw = toHex(update({ attributes: [origin, reach, signed([65536], [64496])] }));
    const data = { timestamp: 1, peer: '192.0.2.9', peer_asn: '65536', type: 'UPDATE', path: [], raw };
    const plain = { ...data, raw: undefined, path: [65536], announcements: [{ prefixes: ['10.0.0.0/8'] }] };
    const { elements, summary } = readText(`${JSON.stringify(data)}\n${JSON.stringify(plain)}\n`);
    expect(elements.map((one) => one.kind === 'route' && [path(one), one.signed])).toEqual([
      ['65536 64496', true],
      ['65536', false],
    ]);
    expect(summary.problems.count).toBe(0);
  });

  it('beside an AS_PATH the attribute was not negotiated: the AS_PATH counts', () => {
    const stray = { flags: 0xd0, code: 33, value: Uint8Array.of(0, 1) };
    for (const one of [signed([65536]), stray]) {
      const octets = update({ attributes: [one, ...attributes('64498 64513')], nlri: field });
      const { elements, summary } = readMrt(message(octets));
      expect(elements).toMatchObject([{ signed: false }]);
      expect(path(elements[0])).toBe('64498 64513');
      expect(summary.problems.count).toBe(0);
    }
  });

  it.each([
    ['bgpsec-path-flags', { ...signed([64496]), flags: 0xc0 }],
    ['secure-path-length', pathAttribute(33, Uint8Array.of(0, 1))],
    ['block-missing', pathAttribute(33, signed([64496]).value.subarray(0, 8))],
    [
      'as-zero',
      { ...signed([64496]), value: signed([64496]).value.map((octet, i) => (i >= 4 && i < 8 ? 0 : octet)) },
    ],
  ])('%s: treat-as-withdraw, and a RIB entry is left out', (code, faulty) => {
    const { elements, summary } = readMrt(of(origin, reach, faulty));
    expect(elements.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect(summary.problems.first).toMatchObject([{ code, treatment: 'treat-as-withdraw' }]);
    const prefix = parsePrefix('192.0.2.0/24');
    const entries = [{ peerIndex: 0, originated: 0, attributes: [origin, faulty] }];
    const rib = encodeRibRecord({ time: TIME, sequence: 0, prefix, entries });
    const dump = readMrt(concat(peerIndexTable, rib));
    expect([dump.elements, dump.codes]).toEqual([[], [code]]);
  });

  it('AS4_PATH beside it is discarded (D-bgpsec-as4-attributes)', () => {
    const as4 = pathAttribute(17, Uint8Array.of(2, 1, 0, 1, 0, 1));
    const record = message(update({ attributes: [origin, reach, as4, signed([64496])] }), { asnSize: 2 });
    const { elements, codes } = readMrt(record);
    expect([path(elements[0]), codes]).toEqual(['64496', ['as4-path-unexpected']]);
  });

  it('the octets of the path that a reader gives with the route are those of an AS_PATH', () => {
    const seen: unknown[] = [];
    const reader = createMrtReader((_, source) => seen.push(source.path && toHex(source.path.octets)));
    reader.push(of(origin, reach, signed([65536], [64496])));
    expect(seen).toEqual(['02020001' + '0000' + '0000fbf0']);
  });
});
