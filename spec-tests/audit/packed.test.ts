import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import {
  type AuditConditions,
  type JudgedFile,
  packJudgedFile,
  partialLines,
  readPackedFile,
} from 'pathsec/audit';
import { concatOctets, DecodeError } from 'pathsec/bytes';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { unpackWords, WIDEST, writeWord } from '../../src/audit/partial/packed-words.js';
import { conditionsOf, element, judge, options } from './arbitrary-files.js';
import { route } from './build.js';

const NOTHING = { aspa: createAspaTable([]), rov: createRovTable() };
const CONDITIONS = conditionsOf(NOTHING);
const packed = (conditions: AuditConditions, file: JudgedFile): Uint8Array =>
  concatOctets([...packJudgedFile(conditions, file)]);
const packWords = (words: Uint32Array): Uint8Array => {
  const octets = new Uint8Array(WIDEST * words.length);
  return octets.subarray(
    0,
    words.reduce((at, word) => writeWord(octets, at, word), 0),
  );
};
/** The code of what is wrong; undefined where nothing is. */
function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}

describe('packed words', () => {
  const word = fc.oneof(
    fc.nat(300),
    fc.constantFrom(127, 128, 2 ** 14 - 1, 2 ** 14, 2 ** 28 - 1, 2 ** 28, 2 ** 32 - 1),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  );

  it('are the words that were packed, in as few octets as they need', () => {
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const octets = packWords(Uint32Array.from(words));
        expect([...unpackWords(octets, 'x')]).toEqual(words);
        expect([...unpackWords(octets, 'x', new Uint32Array(40))]).toEqual(words);
        const needed = (value: number): number => Math.max(1, Math.ceil(Math.log2(value + 1) / 7));
        expect(octets.length).toBe(words.reduce((sum, one) => sum + needed(one), 0));
      }),
    );
  });

  it('have one form: octets that are read are written again the same', () => {
    const octet = fc.oneof(fc.nat(255), fc.constantFrom(0, 0x80, 0x81, 0xff, 0x0f, 0x10));
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 12 }), (list) => {
        const octets = Uint8Array.from(list);
        let words: Uint32Array;
        try {
          words = unpackWords(octets, 'x');
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^partial-(?:syntax|truncated)$/) });
          return;
        }
        expect(packWords(words)).toEqual(octets);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['cut off', [0x80], /cut off/],
    ['cut off behind a whole one', [1, 0xff, 0xff], /cut off/],
    ['longer than need be', [0x81, 0x00], /as few octets/],
    ['above 32 bits', [0xff, 0xff, 0xff, 0xff, 0x10], /32 bits/],
    ['of six octets', [0xff, 0xff, 0xff, 0xff, 0x8f, 0x01], /32 bits/],
  ])('refuse a word %s', (_, octets, said) => {
    expect(() => unpackWords(Uint8Array.from(octets), 'x')).toThrow(said);
  });
});

describe('a packed file', () => {
  it('is the judged file with its conditions, and is written again the same', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 20 }), options, fc.nat(9), (elements, of, number) => {
        const file = judge(elements, number, of);
        const octets = packed(conditionsOf(of), file);
        const again = readPackedFile(octets);
        expect(again).toEqual({ conditions: conditionsOf(of), file });
        expect(packed(again.conditions, again.file)).toEqual(octets);
      }),
      { numRuns: 150 },
    );
  });

  it('of many and of long paths stands in blocks, with less than half of the octets of the text', () => {
    const long = Array.from({ length: 20_000 }, (_, i) => 4_294_967_295 - i ** 2).join(' ');
    const routes = Array.from({ length: 9_000 }, (_, i) =>
      route('192.0.2.0/24', `${i + 7} ${10 ** (i % 10)} 9`, 9),
    );
    const ends = [route('192.0.2.0/24', long, 2), route('192.0.2.0/24', '2 1 {3 4} 5', 2)];
    const file = judge([...routes, ...ends], 1, NOTHING);
    const pieces = [...packJudgedFile(CONDITIONS, file)];
    expect(pieces.length).toBeGreaterThan(8);
    expect(readPackedFile(concatOctets(pieces)).file).toEqual(file);
    const short = judge(routes, 1, NOTHING);
    expect(2 * packed(CONDITIONS, short).length).toBeLessThan([...partialLines(short)].join('').length);
  });

  const ONE = packed(
    CONDITIONS,
    judge([route('192.0.2.0/24', '2 1', 2), route('192.0.2.0/24', '2 {1}', 0)], 1, NOTHING),
  );

  it('that is cut off anywhere is refused', () => {
    for (let length = 0; length < ONE.length; length++) {
      expect(faultOf(() => readPackedFile(ONE.subarray(0, length)))).toBe('partial-truncated');
    }
  });

  it('that is damaged is refused, or is another one', () => {
    fc.assert(
      fc.property(fc.nat(ONE.length - 1), fc.nat(255), (at, octet) => {
        const octets = ONE.with(at, octet);
        const code = faultOf(() => {
          const { conditions, file } = readPackedFile(octets);
          expect(readPackedFile(packed(conditions, file))).toEqual({ conditions, file });
        });
        if (code !== undefined) expect(code).toMatch(/^(?:partial|as-path|asn|address|prefix)-/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a packed file that is none', () => {
  const LINE = 1;
  const PATHS = 2;
  const entry = (kind: number, content: Uint8Array): Uint8Array =>
    concatOctets([Uint8Array.of(kind, 0, 0, content.length >> 8, content.length & 0xff), content]);
  const line = (value: object): Uint8Array => entry(LINE, new TextEncoder().encode(JSON.stringify(value)));
  const paths = (...words: readonly number[]): Uint8Array => entry(PATHS, packWords(Uint32Array.from(words)));
  const text = (word: string): number[] => [2 * word.length + 1, ...new TextEncoder().encode(word)];
  const none = { valid: 0, invalid: 0, notFound: 0 };
  const head = line({ schema: 'pathsec-packed-1', conditions: CONDITIONS });
  const file = line({
    file: {
      ...{ name: 'x', sha256: null, unreadable: [], skipped: [], addPath: [] },
      problems: { count: 0, listed: [] },
      notVerified: { local: 0, sentByCollector: 0, pathOnly: 0 },
      signed: none,
    },
  });
  const peers = line({ peers: [[2, null, 0, 0]] });
  const end = line({ end: { paths: 1, rows: 1 } });
  const last = line({ files: 1 });
  const good = paths(4, 2, 1, 1, 0, 1, 0, 0, 0);
  const whole = (...middle: readonly Uint8Array[]): Uint8Array =>
    concatOctets([head, file, peers, ...middle, end, last]);

  it('differs from one that is', () => {
    expect(readPackedFile(whole(good)).file.part.asns).toEqual(Uint32Array.of(2, 1));
  });

  const cases: [string, Uint8Array, string, RegExp][] = [
    ['nothing', new Uint8Array(0), 'partial-truncated', /empty/],
    ['text', new TextEncoder().encode('{"schema":"pathsec-partial-1"}\n'), 'partial-schema', /packed-1/],
    ['a line that is none', entry(LINE, Uint8Array.of(1)), 'partial-schema', /packed-1/],
    ['octets that are no UTF-8', entry(LINE, Uint8Array.of(0xff)), 'partial-syntax', /not UTF-8/],
    [
      'another version',
      line({ schema: 'pathsec-packed-2', conditions: CONDITIONS }),
      'partial-schema',
      /packed-2, where pathsec-packed-1/,
    ],
    [
      'a partial report',
      line({ schema: 'pathsec-partial-1', conditions: CONDITIONS }),
      'partial-schema',
      /where/,
    ],
    [
      'an entry of no kind',
      whole(entry(3, Uint8Array.of(1))),
      'partial-syntax',
      /entry at offset 4: of the kind 3/,
    ],
    [
      'an entry that says to be endless',
      concatOctets([head, Uint8Array.of(PATHS, 255, 255, 255, 255)]),
      'partial-limit',
      /offset 2: more than 33554432/,
    ],
    ['paths first', good, 'partial-schema', /packed-1/],
    [
      'paths outside a file',
      concatOctets([head, good]),
      'partial-syntax',
      /paths at offset 2: not inside a file/,
    ],
    ['paths before the peers', concatOctets([head, file, good]), 'partial-syntax', /peer at offset 3/],
    ['an entry behind the last', concatOctets([whole(good), good]), 'partial-syntax', /not inside a file/],
    [
      'two files',
      concatOctets([head, file, peers, good, end, file, peers, good, end, line({ files: 2 })]),
      'partial-syntax',
      /not the only one/,
    ],
    ['no file', concatOctets([head, line({ files: 0 })]), 'partial-syntax', /number of files, 1/],
    ['a path lost', whole(), 'partial-syntax', /number of paths, 0/],
    ['a path twice', whole(good, good), 'partial-syntax', /number of paths, 2/],
    ['half a path', whole(paths(4, 2)), 'partial-syntax', /paths at offset 4: not whole paths/],
    ['a path without its peers', whole(paths(4, 2, 1)), 'partial-syntax', /whole paths/],
    ['a path of no peer', whole(paths(4, 2, 1, 0)), 'partial-syntax', /five numbers/],
    ['half a peer', whole(paths(4, 2, 1, 1, 0, 1, 0, 0)), 'partial-syntax', /whole paths/],
    ['endless peers', whole(paths(4, 2, 1, 2 ** 32 - 1, 0, 1, 0, 0, 0)), 'partial-syntax', /whole paths/],
    ['an endless path', whole(paths(2 ** 32 - 2, 2, 1)), 'partial-syntax', /whole paths/],
    ['a peer that is not there', whole(paths(4, 2, 1, 1, 1, 1, 0, 0, 0)), 'partial-syntax', /peer .*0\.\.0/],
    ['more signed routes than routes', whole(paths(4, 2, 1, 1, 0, 1, 0, 0, 2)), 'partial-syntax', /signed/],
    [
      'words that are none',
      whole(entry(PATHS, Uint8Array.of(0x80))),
      'partial-truncated',
      /offset 4: .*cut off/,
    ],
    ['a path of words', whole(paths(...text('two'), 1, 0, 1, 0, 0, 0)), 'asn-syntax', /offset 4/],
    [
      'a sequence as text',
      whole(paths(...text('2 1'), 1, 0, 1, 0, 0, 0)),
      'partial-syntax',
      /other segments/,
    ],
    ['text that is none', whole(paths(3, 2 ** 31, 1, 0, 1, 0, 0, 0)), 'partial-syntax', /text of a path/],
  ];

  it.each(cases)('%s', (_, octets, code, said) => {
    expect(() => readPackedFile(octets)).toThrow(expect.objectContaining({ code }));
    expect(() => readPackedFile(octets)).toThrow(said);
  });
});
