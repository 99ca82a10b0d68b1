import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCall } from '../../bench/study/settings.js';
import { TASK_NAMES } from '../../bench/study/tasks/names.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-study-call-'));
afterAll(() => rmSync(folder, { recursive: true }));

const configOf = (value: unknown): string => {
  const file = join(folder, 'config.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

describe('a call of the study', () => {
  it('takes all settings from options', () => {
    const words = ['--quick', '--table', 'a=/x=y', '--table', 'b=z', '--rpki', 'p.json', '--lengths', '1,4'];
    const more = ['--batch-sizes', '2', '--table-sizes', '100000', '--rounds', '3', '--processes', '2'];
    const last = ['--seed', '7', '--scheme', 'S1', '--scheme', 'ROV', '--task', 'octets', '--out', 'o'];
    expect(parseCall([...words, ...more, ...last])).toEqual({
      kind: 'measure',
      settings: {
        mode: 'quick',
        tables: { a: '/x=y', b: 'z' },
        rpki: 'p.json',
        lengths: [1, 4],
        batchSizes: [2],
        tableSizes: [100_000],
        rounds: 3,
        processes: 2,
        seed: 7,
        schemes: ['S1', 'ROV'],
        tasks: ['octets'],
      },
      out: 'o',
      publish: false,
    });
  });

  it('takes them from a file, with names of files relative to it, and options before it', () => {
    const file = configOf({
      mode: 'quick',
      seed: 1,
      lengths: [3],
      tables: { t: 'table.mrt' },
      rpki: 'r.json',
    });
    expect(parseCall(['--config', file, '--seed', '2'])).toEqual({
      kind: 'measure',
      settings: {
        mode: 'quick',
        seed: 2,
        lengths: [3],
        tables: { t: join(folder, 'table.mrt') },
        rpki: join(folder, 'r.json'),
      },
      publish: false,
    });
  });

  it('takes other assumptions of the model for a finished run', () => {
    const routerView = { peers: [5, 80], pathLengths: [0, 1.5, 2], table: 't' };
    const file = configOf({ routerView });
    expect(parseCall(['--report-only', 'r', '--config', file])).toEqual({
      kind: 'report',
      folder: 'r',
      publish: false,
      routerView,
    });
    expect(() => parseCall(['--report-only', 'r', '--config', configOf({ routerView, seed: 1 })])).toThrow(
      '--report-only takes routerView alone, not "seed"',
    );
  });

  it('prints help with the names of tasks and schemes', () => {
    const call = parseCall(['--help']);
    expect(call.kind).toBe('help');
    for (const word of ['--resume', 'half-aggregated Schnorr', ...TASK_NAMES]) {
      expect(call).toHaveProperty('text', expect.stringContaining(word));
    }
  });

  it.each([
    [['--fast'], 'unknown option'],
    [['word'], 'unexpected argument "word"'],
    [['--task', 'octet'], 'unknown task "octet"; there are: octets'],
    [['--scheme', 'RSA'], 'unknown scheme "RSA"'],
    [['--table', 'x.mrt'], 'NAME=FILE'],
    [['--table', 'a=x', '--table', 'a=y'], 'has a table already'],
    [['--lengths', '1,1'], 'stands twice'],
    [['--lengths', '0'], 'from 1'],
    [['--lengths', '1,,2'], 'from 1 to 255'],
    [['--lengths', '256'], 'from 1 to 255'],
    [['--rounds', 'many'], 'from 1 to 1000'],
    [['--processes', '101'], 'from 1 to 100'],
    [['--seed', '4294967296'], '4294967295'],
    [['--table-sizes', '5000'], 'from 100000 routes'],
    [['--quick', '--smoke'], '--quick does not go together with --smoke'],
    [['--smoke', '--publish'], 'nothing to publish'],
    [['--resume', 'r', '--seed', '1'], '--resume does not go together with --seed'],
    [['--report-only', 'r', '--out', 'o'], '--report-only does not go together with --out'],
    [['--compare', 'one'], 'two folders'],
    [['--config', '/dev/zero'], 'configuration /dev/zero: not a regular file'],
    [['--config', '/nowhere/c.json'], 'configuration /nowhere/c.json'],
  ])('%j is an error', (words, message) => {
    expect(() => parseCall(words)).toThrow(message);
  });

  it.each([
    ['{', 'configuration'],
    [{ round: 3 }, 'additional properties "round"'],
    [{ rounds: 0 }, '/rounds must be >= 1'],
    [{ lengths: [256] }, '/lengths/0 must be <= 255'],
    [{ mode: 'slow' }, '/mode must be equal to one of the allowed values'],
    [{ tables: {} }, '/tables'],
    [{ schemes: ['RSA'] }, 'unknown scheme "RSA"'],
    [{ routerView: { peer: [1] } }, '/routerView must NOT have additional properties "peer"'],
    [{ routerView: { peers: [0] } }, '/routerView/peers/0 must be >= 1'],
    [{ routerView: { pathLengths: [0, 0] } }, '/routerView/pathLengths must contain'],
    [{ routerView: { signedShare: 1.1 } }, '/routerView/signedShare must be <= 1'],
  ])('configuration %j is an error', (value, message) => {
    expect(() => parseCall(['--config', configOf(value)])).toThrow(message);
  });
});
