import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { type PayloadFile, readPayloadPieces, readPayloads, writeRpkiClientJson } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { COLLECTED, Collector } from '../../src/rpki/collector.js';
import { JSON_KINDS } from '../../src/rpki/json/json-kinds.js';
import { JsonScanner } from '../../src/rpki/json/json-scanner.js';
import { createPlainVrpReader } from '../../src/rpki/json/plain-vrp.js';
import { readJsonOf } from '../../src/rpki/json/read-json.js';
import { wholeText } from '../../src/rpki/json/steps.js';
import { arbitraryVrp } from '../payload/arbitrary-payloads.js';

/** The kinds with one reading only, of every record alike. */
const LITERAL = { ...JSON_KINDS, vrps: withoutPlain(JSON_KINDS.vrps) };

function withoutPlain({ createPlainReader: _, ...row }: typeof JSON_KINDS.vrps): typeof JSON_KINDS.vrps {
  return row;
}

function readBy(kinds: typeof LITERAL, text: string, now?: number): PayloadFile {
  const collector = new Collector(COLLECTED, now === undefined ? {} : { now });
  return wholeText(readJsonOf(kinds, new JsonScanner(text), collector));
}

/** All that is said of a file, or its fault. */
function seen(read: () => PayloadFile): unknown {
  try {
    return factsOf(read());
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { code: error.code, offset: error.offset, message: error.message };
  }
}

function factsOf({ dialect, problems, expired, vrps, aspas }: PayloadFile): unknown {
  return {
    dialect,
    faults: problems.listed,
    count: problems.count,
    expired,
    lists: [[...vrps.sorted()], [...aspas]],
  };
}

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n', '  ');
const raw = (...texts: string[]) => fc.constantFrom(...texts);
const prefixText = arbitraryVrp().map(({ prefix }) => JSON.stringify(formatPrefix(prefix)));
const value: Readonly<Record<string, fc.Arbitrary<string>>> = {
  asn: fc.oneof(
    fc.nat({ max: 2 ** 32 - 1 }).map(String),
    fc.nat({ max: 2 ** 32 - 1 }).map((asn) => `"AS${asn}"`),
    raw(
      '"as1"',
      '"64496"',
      '"1.10"',
      '1e3',
      '-0',
      '0',
      '00',
      '01',
      '"AS01"',
      '4294967295',
      '4294967296',
      'null',
    ),
    raw('"AS"', '"A1"', '9999999999', '99999999999', '1.0', '"AS4294967296"', '"\\u0041S1"', '[1]', '"AS 1"'),
  ),
  prefix: fc.oneof(
    { weight: 6, arbitrary: prefixText },
    {
      weight: 2,
      arbitrary: raw('"192.0.2.0/24"', '"192.0.2.0\\/24"', '"192.0.2.1/24"', '"192.0.2.0/33"', '24'),
    },
    {
      weight: 2,
      arbitrary: raw('"2001:DB8::/32"', '"::/0"', '"::ffff:1.2.3.4/128"', '"é/24"', '""', '"1/"'),
    },
  ),
  maxLength: fc.oneof(
    fc.nat({ max: 140 }).map(String),
    raw('24', '1e1', '24.0', '"24"', '024', '-1', '0', '300'),
  ),
  ta: raw(
    '"ripe"',
    '"apnic"',
    '"N/A"',
    '""',
    '"a\\"b"',
    '"\u00e9"',
    '"\\u00e9"',
    '"a\tb"',
    'null',
    '"RIPE NCC RPKI Root"',
    `"${'x'.repeat(300)}"`,
  ),
  expires: fc.oneof(
    fc.nat({ max: 2 ** 40 }).map(String),
    raw('1e3', '0', '-1', '007', '999999999999999', '9007199254740993', '1.5', '""'),
  ),
  source: raw('[]', '[{"validity":{"notAfter":"2026-01-01T00:00:00Z"}}]', '7'),
  comment: raw('"x"', '{"asn":1}', '[{}]', 'tru'),
  max_length: raw('24'),
};
const NAMES = Object.keys(value);
const written = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(
        `"${name}"`,
        `"${name}"`,
        `"${name}"`,
        `"${name}"`,
        `"${name.toUpperCase()}"`,
        `"\\u0061sn"`,
      ),
      ...[blank, blank, value[name] as fc.Arbitrary<string>, blank],
    )
    .map((parts) => `${parts[0]}${parts[1]}:${parts[2]}${parts[3]}${parts[4]}`);
const usual = fc.constantFrom(
  ['asn', 'prefix', 'maxLength', 'ta', 'expires'],
  ['prefix', 'maxLength', 'asn', 'ta'],
);
const chosen = fc.oneof(
  { weight: 3, arbitrary: usual },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...NAMES), { maxLength: 7 }) },
);
const record = fc.oneof(
  {
    weight: 12,
    arbitrary: chosen.chain((names) => fc.tuple(...names.map(written))).map((all) => `{${all.join(',')}}`),
  },
  { weight: 1, arbitrary: raw('{}', '[]', 'null', '"x"', '7', '{"asn":1,}', '{"asn" 1}', '{asn:1}') },
);
const file = fc
  .tuple(
    fc.array(fc.tuple(blank, record), { maxLength: 6 }),
    raw('', '\uFEFF'),
    raw('{"roas":[', '{"roas":[', '['),
  )
  .map(([records, mark, begin]) => {
    const list = records.map(([between, text]) => `${between}${text}`).join(',');
    return `${mark}${begin}${list}]${begin === '[' ? '' : ',"aspas":[{"customer_asid":1,"providers":[2]}]}'}`;
  });
const damaged = fc
  .tuple(file, fc.nat(), raw('', '"', '\\', '}', ',', '0', '\u00e9', '\0'))
  .map(([text, at, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + 1);
  });

describe('the plain reading of VRPs in JSON', () => {
  it('gives what the reading of every record gives, of good and bad records alike', () => {
    fc.assert(
      fc.property(fc.oneof(file, damaged), fc.constantFrom(undefined, 2 ** 39), (text, now) => {
        const literal = seen(() => readBy(LITERAL, text, now));
        expect(seen(() => readBy(JSON_KINDS, text, now))).toEqual(literal);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes what rpki-client, Routinator and we write, and leaves what it does not know', () => {
    const reader = createPlainVrpReader();
    const end = (text: string): number => reader.read(new TextEncoder().encode(text), 0);
    const plain = [
      '{ "asn": 13335, "prefix": "1.0.0.0/24", "maxLength": 24, "ta": "apnic", "expires": 1790000255 }',
      '{"prefix":"2001:db8::/32","maxLength":48,"asn":"AS64496","ta":"N/A"}',
      '{"asn":0,"prefix":"0.0.0.0/0"}',
    ];
    for (const text of plain) expect(end(`${text} ,`)).toBe(text.length);
    expect(reader.value).toEqual({
      prefix: { afi: 1, octets: new Uint8Array(4), length: 0 },
      maxLength: 0,
      asn: 0,
    });
    for (const text of plain) {
      for (let cut = 0; cut < text.length; cut++) expect(end(text.slice(0, cut))).toBe(-1);
    }
  });

  it('goes on where a stretch of the text ends, or is not in ASCII', async () => {
    const vrps = fc.sample(arbitraryVrp(), { numRuns: 3000, seed: 7 });
    const read = readPayloads('{"roas":[]}');
    for (const [index, vrp] of vrps.entries()) {
      read.vrps.announce({ ...vrp, ta: index === 1000 ? 'ré' : 'ripe', expires: index });
    }
    const text = writeRpkiClientJson(read);
    expect(text.length).toBeGreaterThan(3 * 2 ** 16);
    const literal = factsOf(readBy(LITERAL, text));
    expect(factsOf(readPayloads(text))).toEqual(literal);
    const pieces = text.match(/[\s\S]{1,40009}/g) ?? [];
    expect(factsOf(await readPayloadPieces(pieces))).toEqual(literal);
  });
});
