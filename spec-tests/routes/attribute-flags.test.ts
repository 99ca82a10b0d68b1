import { encodeAsPath, encodeNlri, inspectUpdate, parseAsPath, pathAttribute } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { encodeMrtRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { readMrt } from './collect.js';
import { attributes, message, mpReach, nlri, TIME, update } from './fixtures.js';

// The four combinations of the Optional and Transitive bits.
const FLAGS = [0x00, 0x40, 0x80, 0xc0];
const field = encodeNlri(nlri('198.51.100.0/24'), false);
const withFlags = (code: number, value: Uint8Array, flags: number) => ({
  ...pathAttribute(code, value),
  flags,
});

/** The same message by the reader of UPDATEs and by the reader of dumps: whether it announces, and the faults. */
function both(octets: Uint8Array, asnSize: 2 | 4) {
  const { faults, treatment } = inspectUpdate(octets, { asnSize });
  const { elements, summary } = readMrt(message(octets, { asnSize }));
  const wanted = faults.map((fault) => [fault.code, fault.treatment]);
  const found = summary.problems.first.map((problem) => [problem.code, problem.treatment]);
  const routes = elements.filter(({ kind }) => kind === 'route').length;
  return { wanted, found, routes, treatment };
}

describe('wrong Attribute Flags get one answer from both readers (RFC 7606 3 c; RFC 6793 6; D-as4-flags)', () => {
  const as4 = encodeAsPath(parseAsPath('64496 65551'), 4);
  const rows = [2, 4].flatMap((asnSize) =>
    [
      [2, encodeAsPath(parseAsPath('64496 23456'), asnSize as 2 | 4), 0x40],
      [7, fromHex(asnSize === 2 ? '5ba0c0000201' : '00005ba0c0000201'), 0xc0],
      [17, as4, 0xc0],
      [18, fromHex('0001000fc0000202'), 0xc0],
    ].flatMap(([code, value, right]) =>
      FLAGS.map((flags) => [asnSize, code, flags, value, flags === right] as const),
    ),
  ) as readonly (readonly [2 | 4, number, number, Uint8Array, boolean])[];

  it.each(rows)('%d-octet AS numbers, attribute %d with flags %d', (asnSize, code, flags, value, right) => {
    const others = attributes('64496 23456', asnSize).filter((one) => one.code !== code);
    const octets = update({ attributes: [...others, withFlags(code, value, flags)], nlri: field });
    const { wanted, found, routes, treatment } = both(octets, asnSize);
    const unexpected = asnSize === 4 && code > 7;
    const expected = !right ? 'treat-as-withdraw' : unexpected ? 'attribute-discard' : undefined;
    expect(treatment).toBe(expected);
    expect(routes).toBe(expected === 'treat-as-withdraw' ? 0 : 1);
    // AS4_AGGREGATOR says nothing about a path of 4-octet AS numbers: the reader of dumps passes over it in silence.
    expect(found).toEqual(right && unexpected && code === 18 ? [] : wanted);
  });

  it.each(FLAGS)(
    'MP_REACH_NLRI with flags %d resets the session, and its routes are not read (5.3)',
    (flags) => {
      const reach = { ...mpReach(encodeNlri(nlri('2001:db8::/32'), false)), flags };
      const octets = update({ attributes: [reach, ...attributes('64496').slice(0, 2)] });
      const { wanted, found, routes } = both(octets, 4);
      expect(found).toEqual(flags === 0x80 ? [] : [['attribute-flags', 'session-reset']]);
      expect(wanted).toEqual(expect.arrayContaining(found));
      expect(routes).toBe(flags === 0x80 ? 1 : 0);
    },
  );

  it('an entry of a RIB dump of 2-octet AS numbers with such an AS4_PATH is left out', () => {
    const entry = (flags: number) => {
      const path = encodeAsPath(parseAsPath('64496 23456'), 2);
      const list = [pathAttribute(1, Uint8Array.of(0)), pathAttribute(2, path), withFlags(17, as4, flags)];
      return encodeMrtRecord({ time: TIME }, 12, 1, (writer) => {
        writer.u16(0, 'view').u16(0, 'sequence').bytes(fromHex('c6336400')).u8(24, 'length');
        writer.u8(1, 'status').u32(TIME, 'originated').bytes(fromHex('c0000201')).u16(64496, 'peer');
        writer.sized(2, 'attributes', (inner) => {
          for (const one of list)
            inner.u8(one.flags, 'f').u8(one.code, 'c').u8(one.value.length, 'l').bytes(one.value);
        });
      });
    };
    expect(readMrt(entry(0xc0)).elements).toMatchObject([{ asPath: parseAsPath('64496 65551') }]);
    const { elements, codes } = readMrt(entry(0x80));
    expect([elements, codes]).toEqual([[], ['attribute-flags']]);
  });
});
