import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import type { StudyConfig } from './config.js';
import type { CountedInput, CountedPayloads } from './inputs.js';
import type { MeasuredCell } from './measure/rounds.js';
import type { Facts } from './tasks/index.js';
import type { TaskName } from './tasks/names.js';

/** Where and with what a run was made. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly v8: string;
  readonly openssl: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** What a task measured and found, all of its processes together. */
export interface TaskResult<N extends TaskName> {
  readonly task: N;
  readonly seconds: number;
  /** Of all of its processes. */
  readonly cpuSeconds: number;
  /** Load average of a minute before it. */
  readonly loadBefore: number;
  /** Cores that other programs kept busy while it ran. */
  readonly others: number;
  readonly cells: readonly MeasuredCell[];
  readonly facts: Facts[N];
}

/** The tasks of a run that have a result. */
export type TaskResults = { readonly [N in TaskName]?: TaskResult<N> };

/** Everything a run has measured, raw samples included. */
export interface StudyResults {
  readonly format: 'pathsec/study/2';
  /** Where the files lay says nothing about the run: of tables only the names are kept. */
  readonly config: Omit<StudyConfig, 'tables' | 'rpki'> & { readonly tables: readonly string[] };
  readonly inputs: { readonly tables: readonly CountedInput[]; readonly payloads?: CountedPayloads };
  readonly date: string;
  readonly commit: string;
  readonly machine: Machine;
  readonly tasks: TaskResults;
}

const PACKAGES = [
  '@noble/curves',
  '@noble/hashes',
  '@noble/post-quantum',
  '@chainsafe/blst',
  'mcl-wasm',
  'vega',
  'vega-lite',
];

/** The machine and what runs on it. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    v8: process.versions.v8,
    openssl: process.versions.openssl ?? 'unknown',
    versions: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of paths) {
    try {
      const { version } = JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as {
        version: string;
      };
      return version;
    } catch {
      // Not in this folder.
    }
  }
  return 'absent';
}

/** The commit that is checked out. */
export function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
