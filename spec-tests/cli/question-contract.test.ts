import fc from 'fast-check';
import { QUESTION_MEMBERS } from 'pathsec/questions';
import { describe, expect, it } from 'vitest';
import { oneEdit } from '../questions/edits.js';
import { keys, LOCAL, UPDATE } from './bgpsec-world.js';
import { aspaFile, jsonLines, run } from './run.js';

const payloads = (): string =>
  aspaFile({ 1: [2] }, [{ prefix: '192.0.2.0/24', maxLength: 24, asn: 'AS1', ta: 'x' }]);

/** A command that reads questions, and a question that it answers. */
const BATCHES: readonly { name: string; args: () => string[]; question: Record<string, unknown> }[] = [
  {
    name: 'aspa verify',
    args: () => ['aspa', 'verify', '--rpki', payloads(), '--batch', '-'],
    question: { path: '2 1', neighborRole: 'customer', neighborAs: 2 },
  },
  {
    name: 'rov validate',
    args: () => ['rov', 'validate', '--rpki', payloads(), '--batch', '-'],
    question: { prefix: '192.0.2.0/24', origin: 1 },
  },
  {
    name: 'bgpsec verify',
    args: () => ['bgpsec', 'verify', '--keys', keys(64496, 64499), '--batch', '-'],
    question: { message: UPDATE, localAs: LOCAL, peerAs: 64499 },
  },
  {
    name: 'conformance answer',
    args: () => ['conformance', 'answer'],
    question: {
      suite: 'aspa',
      op: 'verify-path',
      aspas: [{ customer: 1, providers: [2] }],
      asPath: [{ type: 'AS_SEQUENCE', asns: [2, 1] }],
      neighborRole: 'customer',
      neighborAs: 2,
    },
  },
];

const text = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe.each(BATCHES)('$name: the contract of questions', ({ args, question }) => {
  it('refuses one question for a member that nobody reads, answers the others, and ends with 2', async () => {
    const name = Object.keys(question).at(-1) ?? '';
    const { [name]: value, ...rest } = question;
    const misspelt = `${name.slice(0, -1)}${name.slice(-1).toUpperCase()}`;
    const questions = [
      { id: 1, ...question },
      { id: { place: 2 }, ...rest, [misspelt]: value },
      { id: 3, ...question },
    ];
    const { code, stdout, stderr } = await run(args(), { stdin: text(questions) });
    const answers = jsonLines(stdout);
    expect([code, stderr, answers.map(({ id }) => id)]).toEqual([2, '', [1, { place: 2 }, 3]]);
    expect(answers[1]).toEqual({
      id: { place: 2 },
      error: {
        code: 'unknown-member',
        message: `${misspelt}: unknown member; did you mean ${name}?`,
        line: 2,
        field: misspelt,
      },
    });
    expect({ ...answers[2], id: 1 }).toEqual(answers[0]);
    expect(answers[0]).not.toHaveProperty('error');
  });

  it('refuses every misspelling by one edit', async () => {
    const names = Object.keys(question);
    const misspellings = fc
      .sample(fc.constantFrom(...names).chain(oneEdit), { numRuns: 200, seed: 1 })
      .filter((name) => !names.includes(name) && name !== 'id');
    const questions = misspellings.map((name) => ({ ...question, [name]: 1 }));
    const { code, stdout } = await run(args(), { stdin: text(questions) });
    const codes = jsonLines(stdout).map(({ error }) => (error as { code?: string } | undefined)?.code);
    expect([code, codes.length]).toEqual([2, misspellings.length]);
    expect(new Set(codes)).toEqual(new Set(['unknown-member']));
  });

  it.each(['12345678901234567890', '1.50', '[18446744073709551615]', '{"b":1,"1":[]}', 'null', '"ü"'])(
    'returns the id %s as it is',
    async (id) => {
      const { stdout } = await run(args(), {
        stdin: `{"id":${id},${JSON.stringify(question).slice(1)}\n{"id":${id},"x":1}\n`,
      });
      expect(
        stdout
          .split('\n')
          .slice(0, 2)
          .map((line) => line.startsWith(`{"id":${id},`)),
      ).toEqual([true, true]);
    },
  );

  it('refuses a question of more levels than 65,536 before values are made of it, and answers the next', async () => {
    const stdin = `{"id":${'['.repeat(65_536)}${']'.repeat(65_536)}}\n${text([question])}`;
    const { code, stdout } = await run(args(), { stdin });
    const [first, second] = jsonLines(stdout);
    expect([code, first]).toMatchObject([2, { error: { code: 'json-depth', line: 1 } }]);
    expect(second).not.toHaveProperty('error');
  });

  it('survives an id that is nested deeper than can be written', async () => {
    const id = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const { code, stdout } = await run(args(), {
      stdin: `{"id":${id},${JSON.stringify(question).slice(1)}\n`,
    });
    expect([code, stdout.startsWith(`{"id":${id},`)]).toEqual([0, true]);
  });
});

describe('any member', () => {
  it('may be nested deeper than a stack is high: its question alone is refused', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const names = [...new Set(QUESTION_MEMBERS.flatMap(({ name, aliases = [] }) => [name, ...aliases]))];
    for (const { args, question } of BATCHES) {
      const lines = names.map((name) => {
        const { [name]: _, ...rest } = question;
        return `{${JSON.stringify(name)}:${deep},${JSON.stringify(rest).slice(1)}\n`;
      });
      const { code, stdout, stderr } = await run(args(), { stdin: `${lines.join('')}${text([question])}` });
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      expect([code, stderr, last.includes('error')]).toEqual([2, '', false]);
    }
  });
});

describe('one file of routes for two commands', () => {
  const route = { id: 1, prefix: '192.0.2.0/24', path: '2 1', neighborRole: 'customer', neighborAs: 2 };

  it('is answered by both', async () => {
    for (const { args } of BATCHES.slice(0, 2)) {
      const { code, stdout } = await run(args(), { stdin: text([route]) });
      expect([code, jsonLines(stdout)[0]?.error]).toEqual([0, undefined]);
    }
  });
});

describe('the names of the kit', () => {
  it('are taken by the batches: asPath with segments, op, suite, session', async () => {
    const asPath = [{ type: 'AS_SEQUENCE', asns: [2, 1] }];
    const session = { localAs: LOCAL, peerAs: 64499, kind: 'external' };
    const questions = [
      { suite: 'aspa', op: 'verify-path', asPath, neighborRole: 'customer', neighborAs: 2 },
      { suite: 'rov', op: 'validate-origin', prefix: '192.0.2.0/24', asPath },
      { suite: 'bgpsec', op: 'verify-update', message: UPDATE, session },
    ];
    for (const [i, { args }] of BATCHES.slice(0, 3).entries()) {
      const { code, stdout } = await run(args(), { stdin: text(questions.slice(i, i + 1)) });
      const [answer] = jsonLines(stdout);
      const verdict = answer?.outcome ?? (answer?.validity as { state?: string } | undefined)?.state;
      expect([code, verdict]).toEqual([0, 'valid']);
    }
  });

  it('are refused beside the other name', async () => {
    const { stdout } = await run(BATCHES[0]?.args() ?? [], {
      stdin: text([{ path: '2 1', asPath: '2 1', neighborRole: 'customer' }]),
    });
    expect(jsonLines(stdout)[0]?.error).toMatchObject({ code: 'member-twice', field: 'asPath' });
  });
});

describe('rov validate --batch', () => {
  const batch = async (questions: readonly object[]) =>
    run(['rov', 'validate', '--rpki', payloads(), '--batch', '-'], { stdin: text(questions) });

  it('answers as rov validate --json does', async () => {
    const { stdout } = await batch([{ id: 'a', prefix: '192.0.2.0/24', origin: 1 }]);
    const single = await run([
      'rov',
      'validate',
      '--rpki',
      payloads(),
      '-a',
      '1',
      '-p',
      '192.0.2.0/24',
      '--json',
    ]);
    const { validated_routes: routes } = JSON.parse(single.stdout) as { validated_routes: object[] };
    expect(jsonLines(stdout)).toEqual([{ id: 'a', ...routes[0] }]);
  });

  it('knows NONE, which no VRP matches', async () => {
    const { code, stdout } = await batch([
      { prefix: '192.0.2.0/24', origin: null },
      { prefix: '192.0.2.0/24', path: '2 {1}' },
      { prefix: '198.51.100.0/24', path: '2 {1}' },
    ]);
    expect(code).toBe(0);
    expect(
      jsonLines(stdout).map(({ route, validity }) => [
        (route as { origin_asn: unknown }).origin_asn,
        (validity as { state: string }).state,
      ]),
    ).toEqual([
      [null, 'invalid'],
      [null, 'invalid'],
      [null, 'not-found'],
    ]);
  });

  it('goes with neither a route of the command line nor --input', async () => {
    for (const more of [
      ['-a', '1'],
      ['--input', '-'],
      ['-a', '1', '-p', '192.0.2.0/24'],
    ]) {
      const { code } = await run(['rov', 'validate', '--rpki', payloads(), '--batch', 'x', ...more]);
      expect(code).toBe(2);
    }
  });
});

describe('faults of the command line', () => {
  it('propose the option, and the word, that were meant', async () => {
    const args = ['aspa', 'verify', '2 1', '--rpki', payloads()];
    const option = await run([...args, '--neighbr-role', 'peer']);
    expect([option.code, option.stderr]).toEqual([
      2,
      "error: unknown option '--neighbr-role'; did you mean --neighbor-role? (unknown-member)\n",
    ]);
    const word = await run([...args, '--neighbor-role', 'providr']);
    expect(word.stderr).toContain(
      'One of provider, customer, peer, rs, rs-client, complex; did you mean provider?',
    );
  });

  it.each([
    [['aspa', 'verify', '2 1'], '--neighbor-role: this or --direction is needed (direction-missing)'],
    [['aspa', 'verify', '2 {1', '--direction', 'upstream'], '<path> at offset 4: no } (as-path-syntax)'],
    [
      ['aspa', 'explain', '2 1', '--direction', 'upstream', '--neighbor-role', 'provider'],
      '--direction: a provider is judged downstream (direction-conflict)',
    ],
    [
      ['bgpsec', 'verify', 'ff', '--local-as', '0', '--peer-as', '1'],
      '--local-as: AS 0 is no AS number of a speaker (asn-range)',
    ],
  ])('%j speaks of options', async (args, said) => {
    const { code, stderr } = await run([...args, '--rpki', payloads()]);
    expect([code, stderr]).toEqual([2, `pathsec: ${said}\n`]);
  });
});
