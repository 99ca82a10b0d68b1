import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import type { StudyConfig } from './config.js';
import type { AgreementResult } from './tasks/agreement.js';
import type { BatchResult } from './tasks/batches.js';
import type { LengthResult } from './tasks/by-length.js';
import type { ChurnResult } from './tasks/churn.js';
import type { FailureResult } from './tasks/failures.js';
import type { KeysAndSigningResult } from './tasks/keys-and-signing.js';
import type { MemoryResult } from './tasks/memory.js';
import type { NativeResult } from './tasks/native.js';
import type { OctetResult } from './tasks/octets.js';
import type { OperationResult } from './tasks/operations.js';
import type { SchemeResult } from './tasks/schemes.js';
import type { TableSampleResult } from './tasks/table-sample.js';
import type { TableResult } from './tasks/tables.js';

/** Where and with what a run was made. */
export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly v8: string;
  readonly openssl: string;
  readonly versions: Record<string, string>;
  /** One, five and fifteen minutes, when the run began and when it ended. */
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
  readonly seconds: number;
}

/** Everything a run has measured, raw samples included. */
export interface StudyResults {
  readonly format: 'pathsec/study/1';
  readonly config: StudyConfig;
  readonly machine: Machine;
  readonly operations: OperationResult[];
  readonly byLength: LengthResult[];
  readonly keysAndSigning: KeysAndSigningResult;
  readonly batches: BatchResult[];
  readonly failures: FailureResult[];
  readonly churn: ChurnResult;
  readonly octets: OctetResult[];
  readonly memory: MemoryResult[];
  /** Memory runs that were left out for their size. */
  readonly memoryLeftOut: readonly string[];
  readonly schemes: SchemeResult[];
  readonly native: NativeResult;
  readonly agreement: AgreementResult;
  readonly tables: TableResult[];
  readonly tableSample: TableSampleResult;
}

const PACKAGES = [
  '@noble/curves',
  '@noble/hashes',
  '@noble/post-quantum',
  '@chainsafe/blst',
  'mcl-wasm',
  'benny',
  'vega',
  'vega-lite',
];

/** The machine as it is now. */
export function describeMachine(): Omit<Machine, 'loadAfter' | 'seconds'> {
  const versions: Record<string, string> = {};
  for (const name of PACKAGES) versions[name] = versionOf(name);
  return {
    date: new Date().toISOString(),
    commit: commit(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    v8: process.versions.v8,
    openssl: process.versions.openssl ?? 'unknown',
    versions,
    loadBefore: loadavg(),
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

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
