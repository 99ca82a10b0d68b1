import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { savedTasks } from '../../bench/study/run-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-study-run-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a damaged result in the folder of a run', () => {
  it.each(['{}', 'null', '[]', '7', '{"task":"memory"}', '{'])('%s is named with its file', (text) => {
    mkdirSync(join(folder, 'tasks'), { recursive: true });
    const file = join(folder, 'tasks/octets.json');
    writeFileSync(file, text);
    expect(() => savedTasks(folder)).toThrow(`${file} is no result of`);
  });
});
