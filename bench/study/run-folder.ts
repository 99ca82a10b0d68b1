import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../src/node/make-folder.js';
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
  requireEmpty(folder);
  try {
    makeFolder(join(folder, 'tasks'));
    write(join(folder, HEAD), head);
  } catch (error) {
    throw new InputError(
      `${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Refuses a folder that has something in it, and what is no folder. */
export function requireEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new InputError(`${folder} is not a folder`);
  if (readdirSync(folder).length === 0) return;
  const goesOn = existsSync(join(folder, HEAD)) ? `; --resume ${folder} goes on with the run in it` : '';
  throw new InputError(`${folder} is not empty${goesOn}`);
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
  const { format, config, inputs, machine } = head;
  if (format !== 'pathsec/study-run/2' || !config || !inputs || !machine) {
    throw new InputError(`${file} is of another form`);
  }
  return head as RunHead;
}

/** Writes what a task found, at once. */
export function saveTask(folder: string, result: TaskResult<TaskName>): void {
  write(join(folder, 'tasks', `${result.task}.json`), result);
}

/** The tasks of a run that have a result. */
export function savedTasks(folder: string): TaskResults {
  return Object.fromEntries(
    TASK_NAMES.map((name) => [name, join(folder, 'tasks', `${name}.json`)] as const)
      .filter(([, file]) => existsSync(file))
      .map(([name, file]) => [name, readTask(file, name)]),
  );
}

function readTask(file: string, task: TaskName): TaskResult<TaskName> {
  let result: Partial<TaskResult<TaskName>> | null;
  try {
    result = JSON.parse(readFileSync(file, 'utf8')) as typeof result;
  } catch (error) {
    throw new InputError(
      `${file} is no result of a task: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (result?.task !== task) throw new InputError(`${file} is no result of the task ${task}`);
  return result as TaskResult<TaskName>;
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
