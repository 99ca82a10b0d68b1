import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { createPayloadSet } from 'pathsec/payload';
import {
  readAsRelationships,
  readPayloads,
  readSlurm,
  slurmOfPayloads,
  writeAspaNotation,
  writeBird,
  writeOpenBgpd,
  writeRoutinatorJson,
  writeRpkiClientJson,
  writeSlurm,
  writeVrpNotation,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryLists } from '../payload/arbitrary-payloads.js';

/** Reads with every reader; anything but a result or a DecodeError fails. */
function readEverywhere(text: string): number {
  let accepted = 0;
  const readers = [
    () => readPayloads(text),
    () => readPayloads(text, { strict: true, now: 5 }),
    () => readSlurm(text),
    () => readAsRelationships(text, -1),
  ];
  for (const read of readers) {
    try {
      read();
      accepted++;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      expect(error.code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    }
  }
  return accepted;
}

const members = fc.constantFrom(
  ...[
    'roas',
    'aspas',
    'bgpsec_keys',
    'routerKeys',
    'provider_authorizations',
    'metadata',
    'type',
    'customer_asid',
  ],
  ...[
    'providers',
    'asn',
    'prefix',
    'maxLength',
    'expires',
    'ta',
    'source',
    'ski',
    'pubkey',
    'vrps',
    'ipv4',
    'ipv6',
  ],
  ...['slurmVersion', 'validationOutputFilters', 'locallyAddedAssertions', 'prefixFilters', 'aspaAssertions'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''],
);
const values = fc.oneof(
  fc.constantFrom(
    0,
    1,
    2,
    -1,
    2 ** 32,
    1e300,
    1.5,
    'AS1',
    '192.0.2.0/24',
    '::/0',
    'aspa',
    'roa',
    'ipv4',
    null,
    true,
  ),
  fc.string({ maxLength: 8 }),
);
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    values,
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(fc.tuple(members, tie('document')), { maxLength: 6 }).map((entries) => {
      const object = Object.create(null);
      for (const [name, value] of entries) object[name] = value;
      return object;
    }),
  ),
}));

const written = arbitraryLists(4)
  .map(createPayloadSet)
  .chain((set) => {
    const slurm = (): string => writeSlurm(slurmOfPayloads(set));
    const write = [
      ...[writeRpkiClientJson, writeRoutinatorJson, writeOpenBgpd, writeBird, slurm],
      ...[writeVrpNotation, writeAspaNotation],
    ];
    return fc.constantFrom(...write.map((one) => one(set)));
  });

describe('malformed input is an error or a counted problem, never a crash', () => {
  it('any JSON value', () => {
    fc.assert(
      fc.property(fc.oneof(document, fc.jsonValue()), (value) => {
        readEverywhere(JSON.stringify(value));
      }),
      { numRuns: 500 },
    );
  });

  it('any value under the members that are read', () => {
    let accepted = 0;
    fc.assert(
      fc.property(members, fc.array(document), (member, records) => {
        accepted += readEverywhere(JSON.stringify({ [member]: records }));
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('written files with a piece changed, cut out, repeated or cut off', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '\\',
        '#',
        '/*',
        '\n',
        '0',
        '-',
        'e9',
        '\u0000',
        '\uD800',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        written,
        fc.nat(),
        fc.nat({ max: 12 }),
        pieces,
        fc.boolean(),
        (text, at, count, piece, cut) => {
          const start = at % (text.length + 1);
          readEverywhere(text.slice(0, start) + piece + (cut ? '' : text.slice(start + count)));
          readEverywhere(text.slice(0, start) + text.slice(Math.max(0, start - count)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('any text, also with the words of the dialects', () => {
    const words = fc.constantFrom(
      ...[
        'aspa-set',
        'roa-set',
        'customer-as',
        'provider-as',
        'source-as',
        'maxlen',
        'expires',
        '{',
        '}',
        ',',
        '#',
      ],
      ...[
        'route',
        'aspa',
        'transit',
        'providers',
        'max',
        'as',
        ';',
        '/*',
        '*/',
        'addASPA',
        '0',
        '1',
        '64496',
        '\n',
      ],
      ...[
        '192.0.2.0/24',
        '2001:db8::/32',
        'ASN,IP Prefix,Max Length',
        'AS1,::/0,1',
        '1|2|-1',
        '|',
        '# clique: 1',
      ],
    );
    const sentences = fc.array(words, { maxLength: 30 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.oneof(sentences, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
        readEverywhere(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('long runs of one thing, in time that grows with their length', () => {
    const runs = [
      '{',
      '[',
      '"',
      '\\',
      '{"a":',
      '[{',
      ',',
      '/*',
      '#',
      '\n',
      ' \n',
      'route ',
      'aspa-set {',
      ' ',
      '1|',
    ];
    const starts = [
      '',
      '{"roas":',
      '{"roas":[',
      '{"x":"',
      'aspa-set {',
      'route aspa 1 providers',
      '# input clique:',
    ];
    for (const run of runs) for (const start of starts) readEverywhere(`${start}${run.repeat(20_000)}x;`);
    expect(runs.length * starts.length).toBe(105);
  });

  it('100,000 records of one customer or one prefix, in time that grows with their number', () => {
    const aspas = Array.from({ length: 100_000 }, (_, i) => `{"customer_asid":1,"providers":[${i + 2}]}`);
    const vrps = Array.from({ length: 100_000 }, (_, i) => `{"asn":${i},"prefix":"192.0.2.0/24"}`);
    const file = readPayloads(`{"aspas":[${aspas}],"roas":[${vrps}]}`);
    expect(file.aspas.get(1)?.providers.length).toBe(100_000);
    expect(file.vrps.size).toBe(100_000);
  });

  it('objects with a name of Object.prototype stay without effect', () => {
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"roas":[{"__proto__":{"asn":1}}]}';
    expect(readPayloads(text).vrps.size).toBe(0);
    expect('polluted' in {}).toBe(false);
    expect(() => readSlurm('{"__proto__":{"slurmVersion":1}}')).toThrow(DecodeError);
  });
});
