import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ratioOf, spreadOf } from '../../bench/lib/spread.js';

const program = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));
const call = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', program, ...words], { encoding: 'utf8' });

describe('the command of the benchmarks', () => {
  it('prints help with their names', () => {
    const { status, stdout } = call('--help');
    expect(status).toBe(0);
    for (const name of ['aspa', 'peers', '--publish']) expect(stdout).toContain(name);
  });

  it.each([
    ['nobody', 'unknown benchmark "nobody"; there are: aspa; rov; '],
    ['--fast', "unknown option '--fast'"],
  ])('%s is an error before anything is measured', (word, message) => {
    const { status, stdout, stderr } = call(word);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('prints medians with quartiles, ratios round by round', () => {
    expect(spreadOf([1, 2, 3, 4, 100])).toEqual({ median: 3, q1: 2, q3: 4, rounds: 5 });
    expect(ratioOf([1, 4, 9], [1, 2, 3])).toEqual({ median: 2, q1: 1.5, q3: 2.5, rounds: 3 });
  });
});
