import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Settings, studyConfig } from './config.js';
import { countPayloads, countTables, tableSources } from './inputs.js';
import { createProgress } from './progress.js';
import { currentCommit, describeMachine } from './results.js';
import { checkRouterView } from './router-view/chosen.js';
import {
  createRunFolder,
  type RunHead,
  readRunHead,
  requireEmpty,
  savedTasks,
  saveTask,
} from './run-folder.js';
import { createTaskRunner } from './run-task.js';
import { processesOf } from './tasks/index.js';
import { TASK_NAMES } from './tasks/names.js';
import { InputError } from './usage.js';

const shared = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const RUNS = fileURLToPath(new URL('../runs', import.meta.url));

/**
 * Opens and counts the inputs, then makes the folder of a new run. Returns the folder.
 *
 * @param data folder of the real tables.
 */
export async function beginRun(settings: Settings, out?: string, data = shared): Promise<string> {
  if (out !== undefined) requireEmpty(out);
  const config = studyConfig(settings, tableSources(settings.tables ?? {}, data), TASK_NAMES);
  checkRouterView(
    config.routerView ?? {},
    config.tables.map(({ name }) => name),
  );
  const tables = await countTables(config.tables);
  const payloads = config.rpki === undefined ? undefined : await countPayloads(config.rpki);
  for (const { name, routes, withdrawals, faults } of tables) {
    say(`${name}: ${routes} routes, ${withdrawals} withdrawals${faults === 0 ? '' : `, ${faults} faults`}`);
  }
  if (payloads) {
    say(`payloads: ${payloads.vrps} VRPs, ${payloads.aspas} ASPAs, ${payloads.routerKeys} router keys`);
  }
  const date = new Date().toISOString();
  const folder = out ?? join(RUNS, `${config.mode}-${date.replace(/[:.]/g, '-')}`);
  createRunFolder(folder, {
    format: 'pathsec/study-run/2',
    config,
    inputs: { tables, ...(payloads && { payloads }) },
    date,
    commit: currentCommit(),
    machine: describeMachine(),
  });
  return folder;
}

/** Looks whether the run of a folder can go on here: the same inputs, machine and versions. */
export async function checkResumable(folder: string): Promise<void> {
  const { config, inputs, machine } = readRunHead(folder);
  const now: RunHead['inputs'] = {
    tables: await countTables(config.tables),
    ...(config.rpki !== undefined && { payloads: await countPayloads(config.rpki) }),
  };
  if (JSON.stringify(now) !== JSON.stringify(inputs)) throw new InputError(`${folder}: an input has changed`);
  if (JSON.stringify(describeMachine()) !== JSON.stringify(machine)) {
    throw new InputError(`${folder}: begun on another machine or with other versions`);
  }
}

/**
 * Runs the tasks that have no result yet, and writes each as it comes. A task that fails is named, and the others still
 * run.
 *
 * @returns the names of those that failed.
 */
export async function runTasks(folder: string): Promise<string[]> {
  const { config, machine } = readRunHead(folder);
  const done = savedTasks(folder);
  const open = config.tasks.filter((name) => done[name] === undefined);
  const failed: string[] = [];
  const [load = 0] = loadavg();
  if (load > machine.cores / 2) {
    say(
      `warning: the load is ${load.toFixed(2)} on ${machine.cores} cores; others are measured with this run`,
    );
  }
  const total = open.reduce((sum, name) => sum + processesOf(name, config), 0);
  const progress = createProgress('study', total);
  const runner = await createTaskRunner();
  try {
    for (const name of open) {
      progress.label(name);
      try {
        saveTask(folder, await runner.run(name, config, progress.next));
      } catch (error) {
        failed.push(name);
        say(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    progress.stop();
    runner.close();
  }
  return failed;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
