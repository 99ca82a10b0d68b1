import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';
import type { Line } from './running.js';

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

describe('conformance router --json', () => {
  it('is the report of conformance run, with the router in place of the program', async () => {
    const asked = ['--suite', 'rov', '--only', 'rov/route-0', '--json'];
    const program = `${process.execPath} ${BIN} conformance answer`;
    const ofRun = await run(['conformance', 'run', '--exec', program, ...asked]);
    const ofRouter = await run(['conformance', 'router', '--profile', 'pathsec', '--start', ...asked]);
    expect([ofRun.code, ofRouter.code]).toEqual([0, 0]);
    const [one, other] = [JSON.parse(ofRun.stdout), JSON.parse(ofRouter.stdout)] as [Line, Line];
    expect(one.schema).toBe(other.schema);
    const named = (report: Line): string[] => Object.keys(report).filter((name) => name !== 'program');
    expect(Object.keys(other).filter((name) => !['router', 'notes'].includes(name))).toEqual(named(one));
    const version = expect.stringMatching(/^[0-9]+\.[0-9]+\.[0-9]+/);
    expect(other.router).toEqual({ profile: 'pathsec', version });
    expect(other.counts).toMatchObject({ passed: expect.any(Number) });
  });

  it('counts each random route as a case', async () => {
    const words = ['--profile', 'pathsec', '--start', '--suite', 'rov', '--only', 'rov/random-', '--json'];
    const { code, stdout } = await run(['conformance', 'router', ...words, '--random', '12', '--seed', '5']);
    const { cases, counts, notes } = JSON.parse(stdout) as Line;
    expect([code, cases, notes]).toEqual([0, 12, ['random routes of --seed 5']]);
    const all = Object.values(counts as Record<string, number>).reduce((sum, one) => sum + one, 0);
    expect(all).toBe(12);
  });
});
