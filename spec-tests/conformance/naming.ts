import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Suite } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { mistakesOf } from '../kit/answerer.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
/**
 * Points the runner, as its users do, at an implementation with each known mistake, at those without, and at pathsec. One
 * file of tests for a part of the suites each, because every one of the hundreds of runs starts a program.
 */
export function testNaming(...suites: readonly Suite[]): void {
  const folder = mkdtempSync(`${tmpdir()}/pathsec-mutants-`);
  const program = `${folder}/program.mjs`;
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

  describe.each(suites)('the runner, pointed at implementations of %s', (suite) => {
    it.each(mistakesOf(suite).map((id) => [id]))('names %s', async (id) => {
      const { code, stdout } = await examine(suite, start(id));
      const named = [
        ...stdout.matchAll(/^(Behaves|or|and) like an implementation that .* \((\S+)\): (.*)$/gm),
      ];
      expect(named.map(([, lead, mistake, account]) => [lead, mistake, account?.split(';')[0]])).toEqual([
        ['Behaves', id, 'accounts for every answer'],
      ]);
      expect(code).toBe(1);
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
