import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { StudyConfig } from './config.js';
import { joinProcesses } from './measure/rounds.js';
import type { TaskResult } from './results.js';
import { onStop, removeLeftBehind } from './stopped-runs.js';
import { type Facts, joinFacts, processesOf, suspectsOf } from './tasks/index.js';
import type { TaskName } from './tasks/names.js';
import type { TaskPart } from './tasks/part.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs tasks, each of their processes fresh: no heap, compiled code or cache of another can leak into its figures. */
export interface TaskRunner {
  /** `onProcess` is called after each process of the task. */
  run<N extends TaskName>(name: N, config: StudyConfig, onProcess: () => void): Promise<TaskResult<N>>;
  close(): void;
}

/** Bundles the tasks once, so that a process measures them and not the loading of TypeScript. */
export async function createTaskRunner(): Promise<TaskRunner> {
  const cache = `${root}/node_modules/.cache`;
  mkdirSync(cache, { recursive: true });
  removeLeftBehind(cache);
  const folder = mkdtempSync(join(cache, `study-${process.pid}-`));
  const children = new Set<ChildProcess>();
  const stopWatching = onStop(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  await build({
    entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    tsconfig: `${root}/tsconfig.json`,
  });
  return {
    run: async (name, config, onProcess) => {
      const configFile = join(folder, 'config.json');
      writeFileSync(configFile, JSON.stringify(config));
      const [loadBefore = 0] = loadavg();
      const begun = Date.now();
      const busyBefore = busySeconds();
      const parts: TaskPart<Facts[typeof name]>[] = [];
      let own = process.cpuUsage();
      let ownSeconds = 0;
      const perform = async (number: number): Promise<void> => {
        const { part, cpuSeconds } = await runProcess(folder, name, configFile, number, children);
        parts[number] = part as TaskPart<Facts[typeof name]>;
        ownSeconds += cpuSeconds;
      };
      const factsSoFar = () =>
        joinFacts(
          name,
          parts.map(({ facts }) => facts),
        );
      for (let number = 0; number < processesOf(name, config); number++) {
        await perform(number);
        onProcess();
      }
      for (const number of suspectsOf(name, config, factsSoFar()).processes) await perform(number);
      const facts = factsSoFar();
      const { what } = suspectsOf(name, config, facts);
      if (what !== '')
        throw new Error(`measured twice what cannot be, memory below the size of its own arrays: ${what}`);
      own = process.cpuUsage(own);
      ownSeconds += (own.user + own.system) / 1e6;
      const seconds = (Date.now() - begun) / 1000;
      const others = Math.max(0, (busySeconds() - busyBefore - ownSeconds) / seconds);
      return {
        task: name,
        seconds,
        cpuSeconds: ownSeconds,
        loadBefore,
        others,
        cells: joinProcesses(parts.map(({ cells }) => cells)),
        facts,
      };
    },
    close: () => {
      stopWatching();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runProcess(
  folder: string,
  name: TaskName,
  configFile: string,
  number: number,
  children: Set<ChildProcess>,
): Promise<{ part: unknown; cpuSeconds: number }> {
  const resultFile = join(folder, 'result.json');
  const program = ['--expose-gc', '--max-old-space-size=8192', join(folder, 'child.mjs')];
  const argv = [...program, name, configFile, String(number), resultFile];
  await new Promise<void>((resolve, reject) => {
    const child = execFile(process.execPath, argv, { maxBuffer: 1 << 28 }, (error) => {
      children.delete(child);
      if (error) reject(error);
      else resolve();
    });
    children.add(child);
  });
  return JSON.parse(readFileSync(resultFile, 'utf8')) as { part: unknown; cpuSeconds: number };
}

/** Seconds that the cores of the machine were busy, all programs together. */
function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}
