import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/node/make-folder.js';
import { run, temporaryFile } from '../cli/run.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a folder that is to be there', () => {
  it('is made, with those that it lies in, and may be there already', () => {
    const path = join(folder, 'a', 'b');
    makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
    makeFolder(path);
    makeFolder('.');
    makeFolder('/');
  });

  it('cannot be made where a file is, or in one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(/EEXIST/);
    expect(() => makeFolder(join(file, 'a', 'b'))).toThrow(/ENOTDIR|EEXIST/);
  });
});

// There mkdir answers ENOENT although the folder around it is there, and Node's own way to make folders never ends.
describe.skipIf(!existsSync('/proc/self'))('a folder in /proc (skipped where there is none)', () => {
  it('is told to be none', () => {
    expect(() => makeFolder('/proc/pathsec')).toThrow(/ENOENT/);
    expect(() => makeFolder('/proc/pathsec/a')).toThrow(/ENOENT/);
  });

  it('is told by the commands that make folders', async () => {
    const payloads = temporaryFile('p.json', '{"roas": [{"prefix": "192.0.2.0/24", "asn": 64496}]}');
    const topology = temporaryFile('t.txt', '1|2|-1\n');
    const said = 'pathsec: /proc/pathsec: no such file or directory (ENOENT)\n';
    const lab = await run(['rpki', 'lab', '--rpki', payloads, '/proc/pathsec']);
    expect([lab.code, lab.stdout, lab.stderr]).toEqual([2, '', said]);
    const curves = await run([
      ...['simulate', 'curves', topology, '--attack', 'exact', '--mechanism', 'rov', '--adopt', '0'],
      ...['--trials', '1', '--seed', '1', '--svg', '/proc/pathsec'],
    ]);
    expect([curves.code, curves.stdout, curves.stderr]).toEqual([2, '', said]);
  });
});
