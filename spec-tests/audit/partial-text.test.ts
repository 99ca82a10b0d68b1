import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import {
  type AuditConditions,
  createPartialReader,
  type JudgedFile,
  partialEnd,
  partialHead,
  partialLines,
} from 'pathsec/audit';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { conditionsOf, element, judge, options } from './arbitrary-files.js';
import { route } from './build.js';

/** What stands in the lines. */
function read(lines: readonly string[]): { conditions: AuditConditions[]; files: JudgedFile[] } {
  const conditions: AuditConditions[] = [];
  const files: JudgedFile[] = [];
  const reader = createPartialReader({
    onConditions: (one) => void conditions.push(one),
    onFile: (one) => void files.push(one),
  });
  for (const line of lines) reader.push(line);
  reader.end();
  return { conditions, files };
}

const linesOf = (conditions: AuditConditions, files: readonly JudgedFile[]): string[] =>
  [partialHead(conditions), ...files.flatMap((file) => [...partialLines(file)]), partialEnd(files.length)]
    .join('')
    .trimEnd()
    .split('\n');

const NOTHING = { aspa: createAspaTable([]), rov: createRovTable() };
const ONE = linesOf(conditionsOf(NOTHING), [
  judge([route('192.0.2.0/24', '2 1', 2), route('192.0.2.0/24', '2 {1}', 0)], 1, NOTHING),
]);

describe('the text of partial reports', () => {
  const ajv = new Ajv2020({ allErrors: true, strictTuples: false });
  const page = new URL('../../docs/partial.schema.json', import.meta.url);
  const isLine = ajv.compile(JSON.parse(readFileSync(page, 'utf8')) as object);

  it('is JSON as JSON.stringify writes it where lines of paths are many and long', () => {
    const long = Array.from({ length: 30_000 }, (_, i) => 4_294_967_295 - i ** 2).join(' ');
    const routes = Array.from({ length: 9000 }, (_, i) =>
      route('192.0.2.0/24', `${i + 7} ${10 ** (i % 10)} 9`, 9),
    );
    const lines = linesOf(conditionsOf(NOTHING), [
      judge([...routes, route('192.0.2.0/24', long, 2), route('192.0.2.0/24', '2 1 {3 4} 5', 2)], 1, NOTHING),
    ]);
    const paths = lines.filter((line) => line.startsWith('{"paths"'));
    expect(paths.length).toBeGreaterThan(3);
    for (const line of lines) expect(JSON.stringify(JSON.parse(line))).toBe(line);
    expect(paths.some((line) => line.includes(`"${long}"`))).toBe(true);
  });

  it('is read as what was written, written again the same, and every line is of the schema', () => {
    const files = fc.array(fc.array(element, { maxLength: 12 }), { maxLength: 4 });
    fc.assert(
      fc.property(files, options, (inputs, of) => {
        const judged = inputs.map((one, i) => judge(one, i, of));
        const lines = linesOf(conditionsOf(of), judged);
        for (const line of lines) {
          const value = JSON.parse(line) as unknown;
          isLine(value);
          expect([isLine.errors ?? [], JSON.stringify(value)]).toEqual([[], line]);
        }
        const again = read(lines);
        expect(again.conditions).toEqual([conditionsOf(of)]);
        expect(again.files).toEqual(judged);
        expect(linesOf(conditionsOf(of), again.files)).toEqual(lines);
      }),
      { numRuns: 150 },
    );
  });

  it('has lines of bounded length, however long the list', () => {
    const many = Array.from({ length: 4_000 }, (_, i) =>
      route('192.0.2.0/24', `2 ${i + 10} 4200000000 1`, 2),
    );
    const lines = linesOf(conditionsOf(NOTHING), [judge(many, 1, NOTHING)]);
    expect(lines.filter((line) => line.startsWith('{"paths"')).length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(70_000);
    expect(read(lines).files[0]?.part.starts).toHaveLength(4_001);
  });
});

describe('a partial report that is none', () => {
  const change = (at: number, from: string | RegExp, to: string): string[] => {
    const changed = (ONE[at] ?? '').replace(from, to);
    expect(changed).not.toBe(ONE[at]);
    return ONE.with(at, changed);
  };
  const [FILE, PEERS, PATHS, END] = [1, 2, 3, 4];
  const cases: [string, readonly string[], string, RegExp][] = [
    ['nothing', [], 'partial-truncated', /empty/],
    ['routes', ['192.0.2.0/24|2 1|2'], 'partial-schema', /no partial report/],
    ['JSON', ['[1]'], 'partial-schema', /no partial report/],
    ['another version', change(0, 'partial-1', 'partial-9'), 'partial-schema', /pathsec-partial-9, where/],
    ['another draft', change(0, '"28"', '"29"'), 'partial-syntax', /aspaRevision at offset 1: not one of 28/],
    ['a member nobody knows', change(0, '"vrps"', '"vrp"'), 'partial-syntax', /vrp at offset 1: unknown/],
    ['a hash that is none', change(0, /a{64}/, 'a'), 'partial-syntax', /SHA-256/],
    ['a role that is none', change(0, '"roles":{}', '"roles":{"1":"boss"}'), 'partial-syntax', /roles.1/],
    ['an AS that is none', change(0, '"roles":{}', '"roles":{"01":"peer"}'), 'partial-syntax', /AS number/],
    ['a first line alone', ONE.slice(0, 1), 'partial-truncated', /last line is missing/],
    ['half a file', ONE.slice(0, END), 'partial-truncated', /cut off/],
    ['no last line', ONE.slice(0, -1), 'partial-truncated', /cut off/],
    ['a line behind the last', [...ONE, '{"files":1}'], 'partial-syntax', /behind the last line/],
    ['a wrong number of files', change(5, '1', '2'), 'partial-syntax', /number of files, 1/],
    ['a file in a file', ONE.toSpliced(2, 0, ONE[FILE] ?? ''), 'partial-syntax', /inside a file/],
    ['paths outside a file', ONE.toSpliced(1, 0, ONE[PATHS] ?? ''), 'partial-syntax', /between two files/],
    ['a path lost', change(PATHS, /,\[.*\]\]/, ']'), 'partial-syntax', /number of paths, 1/],
    ['no JSON', ONE.with(PATHS, '{"paths":['), 'partial-syntax', /line at offset 4: not JSON/],
    ['two members', ONE.with(PATHS, '{"paths":[],"vrps":[]}'), 'partial-syntax', /one member/],
    ['a peer that is not there', change(PATHS, '"2 1",1', '"2 1",7'), 'partial-syntax', /peer.*0\.\.1/],
    ['a count below zero', change(PATHS, '"2 1",1,0', '"2 1",1,-1'), 'partial-syntax', /routes/],
    ['more signed routes than routes', change(PATHS, '1,0]', '1,2]'), 'partial-syntax', /signed/],
    ['a path of words', change(PATHS, '"2 1"', '"two one"'), 'asn-syntax', /offset 4/],
    ['an AS that is too large', change(PATHS, '"2 1"', '"2 4294967296"'), 'asn-range', /offset 4/],
    ['a peer that needs no address', change(PEERS, '2,null', '2,"192.0.2.1"'), 'partial-syntax', /address/],
    [
      'invalid origins of no route',
      ONE.toSpliced(END, 0, '{"invalidOrigins":[["10.0.0.0/8",1,9]]}'),
      'partial-syntax',
      /as many invalid routes/,
    ],
    [
      'a prefix that is none',
      ONE.toSpliced(END, 0, '{"invalidOrigins":[["10/8",1,9]]}'),
      'prefix-syntax',
      /offset 5/,
    ],
    [
      'a VRP that is none',
      ONE.toSpliced(END, 0, '{"vrps":[[1,"10.0.0.0/8",7]]}'),
      'partial-syntax',
      /at least the length/,
    ],
    ['an ASPA of nobody', ONE.toSpliced(END, 0, '{"aspas":[[0,1]]}'), 'partial-syntax', /a customer/],
    [
      'signed routes of no route',
      change(FILE, '"signed":{"valid":0', '"signed":{"valid":3'),
      'partial-syntax',
      /signed routes/,
    ],
    [
      'a thousand problems',
      change(
        FILE,
        /"listed":\[(.*?)\]/,
        `"listed":[${Array(1_000).fill('{"code":"x","message":"y"}').join()}]`,
      ),
      'partial-limit',
      /more than 100/,
    ],
  ];

  it.each(cases)('%s', (_, lines, code, said) => {
    expect(() => read(lines)).toThrow(expect.objectContaining({ code }));
    expect(() => read(lines)).toThrow(said);
  });

  it('hands over the files before the place', () => {
    const files: JudgedFile[] = [];
    const reader = createPartialReader({ onConditions: () => {}, onFile: (one) => void files.push(one) });
    for (const line of ONE.slice(0, -1)) reader.push(line);
    reader.push(ONE[FILE] ?? '');
    expect(() => reader.push('{"paths":[["1",0,0,0,0,0]]}')).toThrow(
      expect.objectContaining({ code: 'partial-syntax', offset: 7 }),
    );
    expect(files).toHaveLength(1);
  });
});
