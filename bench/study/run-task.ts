import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StudyConfig } from './config.js';
import type { Task, TaskName } from './tasks/index.js';

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Runs a task in a fresh process: no heap, compiled code or cache of another task can leak into its figures. */
export async function runTask<N extends TaskName>(
  name: N,
  config: StudyConfig,
  parameters?: Parameters<Task<N>>[1],
): Promise<Awaited<ReturnType<Task<N>>>> {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-study-'));
  try {
    const configFile = join(folder, 'config.json');
    const resultFile = join(folder, 'result.json');
    writeFileSync(configFile, JSON.stringify({ config, parameters: parameters ?? null }));
    // benny writes its progress to stdout; it is read and thrown away.
    await run(process.execPath, ['--expose-gc', '--import', 'tsx', CHILD, name, configFile, resultFile], {
      maxBuffer: 1 << 28,
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=8192' },
    });
    return (JSON.parse(readFileSync(resultFile, 'utf8')) as { result: Awaited<ReturnType<Task<N>>> }).result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
