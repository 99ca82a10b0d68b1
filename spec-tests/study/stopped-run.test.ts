import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { removeLeftBehind } from '../../bench/study/stopped-runs.js';
import { describeWithFile } from '../support.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'bench/study.ts');

/** The command lines of all processes, where the system has them as files. */
const commandLines = (): string[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      return /^[0-9]+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, 'utf8')] : [];
    } catch {
      return []; // it ended meanwhile
    }
  });

describeWithFile('a run that is stopped', '/proc/self/cmdline', () => {
  it('takes its folder and the process that measures with it', async () => {
    const out = mkdtempSync(join(tmpdir(), 'pathsec-stopped-'));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const argv = ['--import', 'tsx', program, '--smoke', '--task', 'operations', '--task', 'failures'];
    const child = spawn(process.execPath, [...argv, '--out', out], {
      stdio: 'ignore',
      env: { ...process.env, PATHSEC_SHARED: out }, // no real tables to count first
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const mark = `study-${child.pid}-`;
    const measures = () => commandLines().some((line) => line.includes(mark) && line.includes('child.mjs'));
    while (!measures() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(readdirSync(join(root, 'node_modules/.cache')).filter((name) => name.startsWith(mark))).toEqual(
      [],
    );
    while (measures()) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('and what a killed one left is removed by the next, nothing else', () => {
    const cache = mkdtempSync(join(tmpdir(), 'pathsec-cache-'));
    onTestFinished(() => rmSync(cache, { recursive: true }));
    const names = [`study-${process.pid}-abcdef`, 'study-4194399-abcdef', 'study-results', 'other'];
    for (const name of names) mkdirSync(join(cache, name));
    removeLeftBehind(cache);
    expect(names.map((name) => existsSync(join(cache, name)))).toEqual([true, false, true, true]);
  });
});
