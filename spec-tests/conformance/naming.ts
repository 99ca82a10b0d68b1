import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { questionsOf, type Suite } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HELLO } from '../../src/conformance/hello.js';
import { judgeReply } from '../../src/conformance/judge.js';
import type { Fields } from '../../src/conformance/vector.js';
import { run } from '../cli/run.js';
import { answerWithMistake, mistakesOf } from '../kit/answerer.js';
import { UNSUPPORTED } from '../kit/mutant.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Points the runner, as its users do, at an implementation with each known mistake, at those without, and at pathsec. The
 * first mistake of a suite and none are made by a program of the kit that runs; of the hundreds of others a shell says what
 * that program would, since each would take a second to start and to answer.
 */
export function testNaming(...suites: readonly Suite[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-mutants-'));
  const program = join(folder, 'program.mjs');
  const start = (id: string): string => `'${process.execPath}' ${program} ${id}`;
  beforeAll(() => {
    const entryPoints = [path('../kit/program.ts')];
    buildSync({
      entryPoints,
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const examine = (suite: string, command: string, ...options: readonly string[]) =>
    run([
      'conformance',
      'run',
      '--strict',
      '--suite',
      suite,
      '--failures',
      '0',
      '--exec',
      command,
      ...options,
    ]);
  /** A program that says these answers to a batch of questions, and does not greet. */
  const saying = (answers: readonly string[]): string => {
    const lines = (name: string, list: readonly string[]): string => {
      writeFileSync(join(folder, name), `${list.join('\n')}\n`);
      return `cat ${join(folder, name)}`;
    };
    const hello = lines('hello', [lineOf(HELLO.id, UNSUPPORTED)]);
    const said = lines('answers', answers);
    return `read -r first; case $first in '{"id":"${HELLO.id}"'*) ${hello};; *) ${said};; esac`;
  };
  const expectNamed = async (id: string, examined: ReturnType<typeof examine>): Promise<void> => {
    const { code, stdout } = await examined;
    const named = [...stdout.matchAll(/^(Behaves|or|and) like an implementation that .* \((\S+)\): (.*)$/gm)];
    expect(named.map(([, lead, mistake, account]) => [lead, mistake, account?.split(';')[0]])).toEqual([
      ['Behaves', id, 'accounts for every answer'],
    ]);
    expect(code).toBe(1);
  };

  describe.each(suites)('the runner, pointed at implementations of %s', (suite) => {
    const questions = questionsOf(readVectorFiles([suite]));
    const [first = '', ...others] = mistakesOf(suite);

    it('names the mistake of a program', () => expectNamed(first, examine(suite, start(first))));

    it.each([first, ...others].map((id) => [id]))('names %s', async (id) => {
      const answers = questions.map(({ request }) => answerWithMistake(id, request));
      const failed = questions.filter(
        ({ vector }, i) =>
          judgeReply(vector, { kind: 'answer', fields: answers[i] as Fields }).verdict === 'failed',
      );
      const recorded = questions.filter(({ vector }) => vector.mistakes?.[id] !== undefined);
      expect(recorded.map(({ vector }) => vector.id)).toEqual(failed.map(({ vector }) => vector.id));
      const command = saying(answers.map((answer, i) => lineOf(questions[i]?.vector.id ?? '', answer)));
      await expectNamed(id, examine(suite, command, '--batch'));
    });

    it('passes the one without a mistake', async () => {
      const { code, stdout } = await examine(suite, start('none'));
      expect(stdout).toMatch(/^suite +cases +passed( +acceptable)?( +not supported)?\n/);
      expect(code).toBe(0);
    });

    it('passes pathsec, asked through the same interface', async () => {
      const { code, stdout } = await examine(
        suite,
        `'${process.execPath}' ${path('../../dist/cli/bin.js')} conformance answer`,
      );
      expect(stdout).toMatch(/^suite +cases +passed\n/);
      expect(code).toBe(0);
    });

    it('has a mutant for every mistake that the vectors know', () => {
      const known = readVectorFiles([suite])
        .flatMap(({ notes }) => Object.entries(notes))
        .filter(([, { kind }]) => kind === 'mistake');
      expect([...new Set(known.map(([id]) => id))].sort()).toEqual([...mistakesOf(suite)].sort());
    });
  });
}

/** An answer as the program of the kit writes it. */
function lineOf(id: string, answer: Fields): string {
  return JSON.stringify({ id, ...answer });
}
