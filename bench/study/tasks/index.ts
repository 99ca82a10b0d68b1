import type { StudyConfig } from '../config.js';
import type { AgreementFacts } from './agreement.js';
import type { BatchFacts } from './batches.js';
import type { ChurnFacts } from './churn.js';
import { type FailureFacts, joinFailures } from './failure-facts.js';
import { joinMemory, type MemoryFacts, memoryCells } from './memory-cells.js';
import type { TaskName } from './names.js';
import type { NativeFacts } from './native.js';
import type { OctetFacts } from './octets.js';
import type { Job, TaskPart } from './part.js';
import type { SchemeFacts } from './schemes.js';
import type { TableSampleFacts } from './table-sample.js';
import type { TableFacts } from './tables.js';

/** What a task finds out besides times: the same in each of its processes, but for memory. */
export interface Facts {
  octets: OctetFacts;
  agreement: AgreementFacts;
  operations: null;
  byLength: null;
  keysAndSigning: null;
  batches: BatchFacts;
  failures: FailureFacts;
  churn: ChurnFacts;
  schemes: SchemeFacts;
  native: NativeFacts;
  tables: TableFacts;
  tableSample: TableSampleFacts;
  memory: MemoryFacts;
}

type Run<N extends TaskName> = (
  config: StudyConfig,
  job: Job,
) => TaskPart<Facts[N]> | Promise<TaskPart<Facts[N]>>;

/** The tasks; each process loads one of them and nothing of the others. */
export const tasks: { readonly [N in TaskName]: () => Promise<Run<N>> } = {
  octets: async () => (await import('./octets.js')).octets,
  agreement: async () => (await import('./agreement.js')).agreement,
  operations: async () => (await import('./operations.js')).operations,
  byLength: async () => (await import('./by-length.js')).byLength,
  keysAndSigning: async () => (await import('./keys-and-signing.js')).keysAndSigning,
  batches: async () => (await import('./batches.js')).batches,
  failures: async () => (await import('./failures.js')).failures,
  churn: async () => (await import('./churn.js')).churn,
  schemes: async () => (await import('./schemes.js')).schemes,
  native: async () => (await import('./native.js')).native,
  tables: async () => (await import('./tables.js')).tables,
  tableSample: async () => (await import('./table-sample.js')).tableSample,
  memory: async () => (await import('./memory.js')).memory,
};

/** How many processes a task takes. */
export function processesOf(name: TaskName, config: StudyConfig): number {
  switch (name) {
    case 'octets':
    case 'agreement':
      return 1;
    case 'memory':
      return config.memoryProcesses * memoryCells(config).cells.length;
    case 'batches':
    case 'failures':
    case 'tableSample':
      return config.batchRounds.processes;
    default:
      return config.rounds.processes;
  }
}

/** What the processes of a task found: the same in all, but for samples of memory and counts of searches. */
export function joinFacts<N extends TaskName>(name: N, all: readonly Facts[N][]): Facts[N] {
  const [first] = all;
  if (first === undefined) throw new Error(`${name} had no process`);
  const join = joins[name];
  return join === undefined ? first : join(all);
}

const joins: { readonly [N in TaskName]?: (all: readonly Facts[N][]) => Facts[N] } = {
  memory: joinMemory,
  failures: joinFailures,
};
