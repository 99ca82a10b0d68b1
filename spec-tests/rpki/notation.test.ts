import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { createPayloadSet } from 'pathsec/payload';
import {
  formatAspaNotation,
  formatVrpNotation,
  parseAspaNotation,
  parseVrpNotation,
  readPayloads,
  writeAspaNotation,
  writeVrpNotation,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryAspa, arbitraryLists, arbitraryVrp } from '../payload/arbitrary-payloads.js';
import { contentOf } from './content.js';

const codeOf = (read: () => unknown): [code: string, field: string] => {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) return [error.code, error.field];
    throw error;
  }
  return ['none', ''];
};

describe('VRP notation (draft-ietf-sidrops-vrp-notation)', () => {
  it('reads and writes the examples of §4', () => {
    const examples: [string, string][] = [
      ['192.0.2.0/24 => AS65000', '192.0.2.0/24 => AS65000'],
      ['192.0.2.0/24-24 => AS65000', '192.0.2.0/24 => AS65000'],
      ['192.0.2.0/24-32 => AS65000', '192.0.2.0/24-32 => AS65000'],
      ['192.0.2.0/32 => AS65000', '192.0.2.0/32 => AS65000'],
      ['2001:db8::/32 => AS65000', '2001:db8::/32 => AS65000'],
      ['2001:db8::/32-32 => AS65000', '2001:db8::/32 => AS65000'],
      ['2001:db8::/32-128 => AS65000', '2001:db8::/32-128 => AS65000'],
      ['2001:db8::/128 => as65000', '2001:db8::/128 => AS65000'],
    ];
    for (const [text, written] of examples) expect(formatVrpNotation(parseVrpNotation(text))).toBe(written);
    expect(readPayloads(examples.map(([text]) => text).join('\n')).problems.count).toBe(0);
  });

  it('gives back every VRP', () => {
    fc.assert(
      fc.property(arbitraryVrp(), ({ prefix, maxLength, asn }) => {
        const vrp = { prefix, maxLength, asn };
        expect(parseVrpNotation(formatVrpNotation(vrp))).toEqual(vrp);
      }),
    );
  });

  it.each<[string, string, string]>([
    ['192.0.2.0/24', 'notation-syntax', 'separator'],
    ['192.0.2.0/24=>AS1', 'notation-syntax', 'separator'],
    ['192.0.2.0/24 => 1', 'asn-syntax', 'origin-asn'],
    ['192.0.2.0/24 => AS01', 'asn-syntax', 'origin-asn'],
    ['192.0.2.0/24 => AS1.1', 'asn-syntax', 'origin-asn'],
    ['192.0.2.0/24 =>  AS1', 'asn-syntax', 'origin-asn'],
    ['192.0.2.0/24 => AS4294967296', 'asn-range', 'origin-asn'],
    ['192.0.2.0/24-23 => AS1', 'max-length-range', 'max-length'],
    ['192.0.2.0/24-33 => AS1', 'max-length-range', 'max-length'],
    ['192.0.2.0/24-024 => AS1', 'notation-syntax', 'vrp-prefix'],
    ['192.0.2.0/24- => AS1', 'notation-syntax', 'vrp-prefix'],
    ['192.0.2.1/24 => AS1', 'prefix-host-bits', 'vrp-prefix'],
    ['192.0.2.0 => AS1', 'prefix-syntax', 'vrp-prefix'],
    [' => AS1', 'notation-syntax', 'vrp-prefix'],
  ])('refuses %s', (text, code, field) => {
    expect(codeOf(() => parseVrpNotation(text))).toEqual([code, field]);
  });
});

describe('ASPA notation (draft-ietf-sidrops-aspa-notation)', () => {
  it('reads the examples of §4, the one for input only too', () => {
    const examples: [string, number[]][] = [
      ['AS65000 => AS65001', [65001]],
      ['AS65000 => AS65001, AS65002,AS65003', [65001, 65002, 65003]],
      ['AS65000 => [ AS65001, AS65002, AS65003 ]', [65001, 65002, 65003]],
      ['AS65000 => [\n    AS65001,\n    AS65002,\n    AS65003\n]', [65001, 65002, 65003]],
      ['AS65000 => [AS65001,\r\n\t                 AS65002\n,AS65003\n    ]', [65001, 65002, 65003]],
      ['AS65000 => [ AS4200000000, AS64496 ]', [4200000000, 64496]],
    ];
    for (const [text, providers] of examples) {
      expect(parseAspaNotation(text)).toEqual({ customer: 65000, providers });
      const file = readPayloads(`# made by hand\r\n\r\n${text}\n${text}`);
      expect([file.dialect, file.problems.count]).toEqual(['aspa-notation', 0]);
      expect([...file.aspas].map(({ providers: read }) => read)).toEqual([
        [...providers].sort((a, b) => a - b),
      ]);
    }
    expect(formatAspaNotation({ customer: 65000, providers: [4200000000, 64496] })).toBe(
      'AS65000 => AS64496, AS4200000000',
    );
  });

  it('gives back every ASPA, the providers in ascending order', () => {
    fc.assert(
      fc.property(arbitraryAspa, (aspa) => {
        const set = createPayloadSet({ aspas: [aspa] });
        const [{ customer, providers } = aspa] = set.aspas;
        expect(parseAspaNotation(formatAspaNotation({ customer, providers }))).toEqual({
          customer,
          providers,
        });
      }),
    );
  });

  it.each<[string, string, string]>([
    ['AS1', 'notation-syntax', 'separator'],
    ['1 => AS2', 'asn-syntax', 'customer-asid'],
    ['AS0 => AS2', 'aspa-customer-zero', ''],
    ['AS1 => ', 'asn-syntax', 'providers'],
    ['AS1 => []', 'asn-syntax', 'providers'],
    ['AS1 => [AS2', 'notation-syntax', 'providers'],
    ['AS1 => AS2]', 'notation-syntax', 'providers'],
    ['AS1 => AS2,', 'asn-syntax', 'providers'],
    ['AS1 => AS2\n,AS3', 'asn-syntax', 'providers'],
    ['AS1 => [AS2 AS3]', 'asn-syntax', 'providers'],
    ['AS1 => AS2, 3', 'asn-syntax', 'providers'],
    ['AS1 => AS2, AS1', 'aspa-own-provider', 'providers'],
    ['AS1 => AS2, AS2', 'aspa-provider-twice', 'providers'],
    ['AS1 => AS4294967296', 'asn-range', 'providers'],
  ])('refuses %s', (text, code, field) => {
    const [found, at] = codeOf(() => parseAspaNotation(text));
    expect([found, field === '' ? '' : at]).toEqual([code, field]);
  });
});

describe('a file of notations', () => {
  it('may hold both, and goes on after what is wrong', () => {
    const file = readPayloads(`192.0.2.0/24-25 => AS64496
AS64496 => [ AS64499, # no comment here
  AS64498 ]
AS64497 => [AS64498,
192.0.2.0/33 => AS1
  # a comment
2001:db8::/32 => AS0
AS174 => AS0
`);
    expect(file.dialect).toBe('vrp-notation');
    expect(contentOf(file)).toEqual({
      vrps: ['192.0.2.0/24-25 64496', '2001:db8::/32-32 0'],
      aspas: ['174: 0'],
      routerKeys: [],
    });
    expect(file.problems.listed.map(({ code, index }) => `${code}@${index}`)).toEqual([
      'asn-syntax@2',
      'notation-syntax@4',
      'prefix-length@5',
    ]);
  });

  it('cut off inside brackets is refused whole', () => {
    expect(codeOf(() => readPayloads('AS1 => AS2\nAS3 => [\nAS4,\n'))).toEqual([
      'notation-truncated',
      'line[2]',
    ]);
  });

  it('holds all that is written of a set', () => {
    fc.assert(
      fc.property(arbitraryLists(8), (lists) => {
        const set = createPayloadSet(lists);
        const vrps = writeVrpNotation(set);
        const aspas = writeAspaNotation(set);
        fc.pre(vrps !== '' && aspas !== '');
        const both = readPayloads(`${vrps}${aspas}`, { strict: true });
        expect(contentOf(both).vrps).toEqual(
          [...set.vrps.sorted()].map(
            ({ prefix, maxLength, asn }) => `${formatPrefix(prefix)}-${maxLength} ${asn}`,
          ),
        );
        expect(contentOf(both).aspas).toEqual(
          [...set.aspas.sorted()].map(({ customer, providers }) => `${customer}: ${providers.join(' ')}`),
        );
        expect([writeVrpNotation(both), writeAspaNotation(both)]).toEqual([vrps, aspas]);
      }),
    );
  });
});
