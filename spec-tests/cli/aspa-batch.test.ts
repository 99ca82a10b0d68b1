import fc from 'fast-check';
import { createAspaTable, createAsraTable, createRevisionTables, verifyAsPath } from 'pathsec/aspa';
import { AS_SEQUENCE } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { aspaAnswerer } from '../../src/cli/aspa/batch.js';
import { pathJudge } from '../../src/cli/aspa/path-judge.js';
import { answerLine } from '../../src/cli/shared/json-lines.js';
import { arbitraryAsn } from '../support.js';
import { aspaFile, jsonLines, run } from './run.js';

const ASPAS = { 1: [2], 2: [0], 4: [0], 5: [4] };

async function batch(lines: readonly (object | string)[], ...more: string[]) {
  const stdin = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return run(['aspa', 'verify', '--aspa', aspaFile(ASPAS), '--batch', '-', ...more], { stdin });
}

describe('aspa verify --batch: the contract', () => {
  it('answers in order, with the id given, by direction or by role', async () => {
    const { code, stdout, stderr } = await batch([
      { id: 'a', path: '2 1', direction: 'upstream' },
      { id: 7, path: [3, 2, 1], direction: 'upstream' },
      { path: '5 4 3 2 1', direction: 'downstream' },
      { id: null, path: '2 1', neighborRole: 'customer', neighborAs: 2 },
      { id: 'as', path: '2 1', neighborRole: 'peer', neighborAs: 9 },
      { id: 'rs', path: '2 1', neighborRole: 'rs', neighborAs: 9 },
      { id: 'u', path: '9 8', neighborRole: 'rs-client' },
      { id: 'p', path: '9 8', neighborRole: 'provider' },
    ]);
    expect(stdout).toBe(
      '{"id":"a","outcome":"valid"}\n' +
        '{"id":7,"outcome":"invalid"}\n' +
        '{"outcome":"invalid"}\n' +
        '{"id":null,"outcome":"valid"}\n' +
        '{"id":"as","outcome":"invalid"}\n' +
        '{"id":"rs","outcome":"valid"}\n' +
        '{"id":"u","outcome":"unknown"}\n' +
        '{"id":"p","outcome":"valid"}\n',
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('reads sets and confederation segments, in text and in arrays', async () => {
    const paths = [
      '64496 64497 {64498,64499}',
      [64496, 64497, [64498, 64499]],
      '(64500 64501) 1',
      '[64500 64501] 1',
      '',
    ];
    const { stdout } = await batch(paths.map((path) => ({ path, direction: 'upstream' })));
    expect(jsonLines(stdout)).toEqual(paths.map(() => ({ outcome: 'invalid' })));
  });

  it('--explain adds length, ramps, hops and step; nulls where steps 1 to 3 halted', async () => {
    const { stdout } = await batch(
      [
        { id: 1, path: '5 4 3 2 1', direction: 'downstream' },
        { id: 2, path: '2 {1}', direction: 'downstream' },
        { id: 3, path: '1 1', direction: 'upstream' },
      ],
      '--explain',
    );
    const [leak, set, single] = jsonLines(stdout);
    expect(Object.keys(leak ?? {})).toEqual([
      'id',
      'outcome',
      'length',
      'maxUpRamp',
      'minUpRamp',
      'maxDownRamp',
      'minDownRamp',
      'hops',
      'step',
    ]);
    expect(leak).toMatchObject({
      outcome: 'invalid',
      length: 5,
      maxUpRamp: 2,
      minUpRamp: 2,
      maxDownRamp: 2,
      step: 4,
    });
    expect(leak?.hops).toHaveLength(4);
    expect(set).toEqual({
      id: 2,
      outcome: 'invalid',
      length: null,
      maxUpRamp: null,
      minUpRamp: null,
      maxDownRamp: null,
      minDownRamp: null,
      hops: [],
      step: 3,
    });
    expect(single).toMatchObject({
      outcome: 'valid',
      length: 1,
      maxUpRamp: 1,
      minUpRamp: 1,
      maxDownRamp: 0,
      step: 6,
    });
  });

  it('--revision answers by an older text; 06 knows unverifiable', async () => {
    const lines = [
      { path: '9 8 7', direction: 'downstream' },
      { path: '9 {8}', direction: 'upstream' },
    ];
    const outcomes = async (revision: string) =>
      jsonLines((await batch(lines, '--revision', revision)).stdout).map(({ outcome }) => outcome);
    expect(await outcomes('28')).toEqual(['unknown', 'invalid']);
    expect((await outcomes('06'))[1]).toBe('unverifiable');
    expect((await outcomes('11'))[1]).toBe('invalid');
    expect((await batch(lines, '--revision', '12')).code).toBe(2);
    expect((await batch(lines, '--revision', '06', '--explain')).code).toBe(2);
  });

  it('gives an error object for a malformed line, goes on, and ends with 2', async () => {
    const { code, stdout } = await batch([
      'not json',
      '[1]',
      'null',
      { id: 'p' },
      { id: 'd', path: '1' },
      { id: 'x', path: '1', direction: 'sideways' },
      { id: 'r', path: '1', neighborRole: 'friend' },
      { id: 'c', path: '1', neighborRole: 'provider', direction: 'upstream' },
      { id: 'n', path: '1', direction: 'upstream', neighborAs: -1 },
      { id: 's', path: '1 {2', direction: 'upstream' },
      { id: 'q', path: '1 x', direction: 'upstream' },
      { id: 'b', path: [1, 4294967296], direction: 'upstream' },
      { id: 'o', path: { a: 1 }, direction: 'upstream' },
      '',
      '   ',
      { id: 'm', path: '1', direction: 'upstream', more: ['of', 'the', 'caller'] },
      '{"id": "t", "path": "1", "direction": "upstream", "neighborAs": 1, "neighborAs": 2}',
      '{"id": "u", "id": "v", "path": "1", "direction": "upstream"}',
      '{"id": {"a": 1, "a": 2}, "path": "x", "direction": "upstream"}',
      { id: 'ok', path: '2 1', direction: 'upstream' },
    ]);
    expect(code).toBe(2);
    const answers = jsonLines(stdout);
    expect(answers.map(({ id, error }) => [id, (error as { code?: string } | undefined)?.code])).toEqual([
      [undefined, 'json-syntax'],
      [undefined, 'json-type'],
      [undefined, 'json-type'],
      ['p', 'path-missing'],
      ['d', 'direction-missing'],
      ['x', 'direction-unknown'],
      ['r', 'neighbor-role-unknown'],
      ['c', 'direction-conflict'],
      ['n', 'asn-range'],
      ['s', 'as-path-syntax'],
      ['q', 'asn-syntax'],
      ['b', 'asn-range'],
      ['o', 'as-path-syntax'],
      ['m', 'unknown-member'],
      ['t', 'duplicate-name'],
      ['v', 'duplicate-name'],
      [{ a: 2 }, 'asn-syntax'],
      ['ok', undefined],
    ]);
    expect(answers.at(-1)).toEqual({ id: 'ok', outcome: 'valid' });
    expect(answers.slice(0, -1).every((answer) => !('outcome' in answer))).toBe(true);
  });

  it('answers what it has before it reads on', async () => {
    const encoder = new TextEncoder();
    const seen: string[] = [];
    let stdout = '';
    async function* dialogue() {
      yield encoder.encode('{"id":1,"path":"2 1","direction":"upstream"}\n{"id":2,"pa');
      seen.push(stdout);
      yield encoder.encode('th":"2","direction":"upstream"}');
    }
    const io = {
      stdin: dialogue(),
      stdout: {
        isTerminal: false,
        write: async (text: string) => {
          stdout += text;
        },
      },
      stderr: { isTerminal: false, write: async () => {} },
      env: {},
      now: () => 0,
      seed: 1,
    };
    const { main } = await import('../../src/cli/main.js');
    expect(await main(['aspa', 'verify', '--aspa', aspaFile(ASPAS), '--batch', '-'], io)).toBe(0);
    expect(seen).toEqual(['{"id":1,"outcome":"valid"}\n']);
    expect(stdout).toBe('{"id":1,"outcome":"valid"}\n{"id":2,"outcome":"valid"}\n');
  });

  it('stops without a word when the reader goes away', async () => {
    const line = '{"path":"2 1","direction":"upstream"}\n';
    const stdin = (async function* () {
      for (let i = 0; i < 50; i++) yield new TextEncoder().encode(line.repeat(100));
    })();
    const ran = await run(['aspa', 'verify', '--aspa', aspaFile(ASPAS), '--batch', '-'], {
      stdin,
      closeAfter: 5000,
    });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.length).toBeLessThan(20_000);
  });
});

describe('aspa verify --batch: any line', () => {
  const tables = createRevisionTables([{ customer: 1, providers: [2] }]);
  const answerer = aspaAnswerer(
    pathJudge({ aspas: tables, asras: createAsraTable([]) }, { revision: '28' }),
    { revision: '28', explain: false },
  );

  it('is answered with an outcome or an error, never with an exception', async () => {
    const member = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.jsonValue(),
      fc.constantFrom('upstream', 'provider', '1 2'),
    );
    const object = fc.record(
      { id: fc.jsonValue(), path: member, direction: member, neighborRole: member, neighborAs: member },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      object.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (line) => {
        const { text: answered, refused } = await answerLine({ text: line, overlong: false }, 7, answerer);
        const answer = JSON.parse(answered) as Record<string, unknown>;
        expect('outcome' in answer).toBe(!refused);
        expect('error' in answer).toBe(refused);
        if (refused) {
          const { field, ...error } = answer.error as Record<string, unknown>;
          expect(Object.keys(error)).toEqual(['code', 'message', 'line']);
          expect([error.line, ['string', 'undefined'].includes(typeof field)]).toEqual([7, true]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says what the literal procedure says', async () => {
    const table = createAspaTable([{ customer: 1, providers: [2] }]);
    const path = fc.array(arbitraryAsn, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(path, fc.constantFrom('upstream', 'downstream'), async (asns, direction) => {
        const line = { text: JSON.stringify({ path: asns, direction }), overlong: false };
        const asPath = [{ type: AS_SEQUENCE, asns } as const];
        const { outcome } = verifyAsPath(table, { asPath, procedure: direction });
        expect((await answerLine(line, 1, answerer)).text).toBe(JSON.stringify({ outcome }));
      }),
    );
  });

  it('may not be longer than 16 MiB', async () => {
    const { text } = await answerLine({ text: '', overlong: true }, 3, answerer);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'line-too-long', line: 3 } });
  });
});
