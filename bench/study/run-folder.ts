import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyConfig } from './config.js';
import type { CountedInput, CountedPayloads } from './inputs.js';
import type { Machine, StudyResults, TaskResult, TaskResults } from './results.js';
import { TASK_NAMES, type TaskName } from './tasks/names.js';
import { InputError } from './usage.js';

/** What is known of a run when it begins: enough to go on with it later. */
export interface RunHead {
  readonly format: 'pathsec/study-run/2';
  readonly config: StudyConfig;
  readonly inputs: { readonly tables: readonly CountedInput[]; readonly payloads?: CountedPayloads };
  readonly date: string;
  readonly commit: string;
  readonly machine: Machine;
}

const HEAD = 'run.json';

/** A new folder for a run; an existing one has to be empty. */
export function createRunFolder(folder: string, head: RunHead): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new InputError(`${folder} is not empty; --resume ${folder} goes on with the run in it`);
  }
  mkdirSync(join(folder, 'tasks'), { recursive: true });
  write(join(folder, HEAD), head);
}

/** The head of the run in a folder. */
export function readRunHead(folder: string): RunHead {
  const file = join(folder, HEAD);
  let head: Partial<RunHead>;
  try {
    head = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunHead>;
  } catch (error) {
    throw new InputError(`${folder} has no run: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (head.format !== 'pathsec/study-run/2') throw new InputError(`${file} is of another form`);
  return head as RunHead;
}

/** Writes what a task found, at once. */
export function saveTask(folder: string, result: TaskResult<TaskName>): void {
  write(join(folder, 'tasks', `${result.task}.json`), result);
}

/** The tasks of a run that have a result. */
export function savedTasks(folder: string): TaskResults {
  return Object.fromEntries(
    TASK_NAMES.filter((name) => existsSync(join(folder, 'tasks', `${name}.json`))).map((name) => [
      name,
      JSON.parse(readFileSync(join(folder, 'tasks', `${name}.json`), 'utf8')) as TaskResult<TaskName>,
    ]),
  );
}

/** The results of a run, as far as it has come. */
export function resultsOf(folder: string): StudyResults {
  const { config, inputs, date, commit, machine } = readRunHead(folder);
  const { tables, rpki: _, ...rest } = config;
  return {
    format: 'pathsec/study/2',
    config: { ...rest, tables: tables.map(({ name }) => name) },
    inputs,
    date,
    commit,
    machine,
    tasks: savedTasks(folder),
  };
}

/** Whole or not at all: a run may end at any moment. */
function write(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, rounded)}\n`);
  renameSync(`${file}.new`, file);
}

/** Six digits are more than any of these numbers deserves. */
export function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
