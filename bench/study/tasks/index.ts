import type { StudyConfig } from '../config.js';
import type { AgreementFacts } from './agreement.js';
import type { BatchFacts } from './batches.js';
import type { ChurnFacts } from './churn.js';
import { type FailureFacts, joinFailures } from './failure-facts.js';
import {
  impossibleCells,
  joinMemory,
  type MemoryCell,
  type MemoryFacts,
  memoryCells,
} from './memory-cells.js';
import type { TaskName } from './names.js';
import type { NativeFacts } from './native.js';
import type { OctetFacts } from './octets.js';
import type { Job, TaskPart } from './part.js';
import { type PayloadMemoryFacts, payloadTables } from './payload-tables.js';
import { joinPostQuantum, type PostQuantumFacts } from './post-quantum-facts.js';
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
  postQuantum: PostQuantumFacts;
  native: NativeFacts;
  tables: TableFacts;
  tableSample: TableSampleFacts;
  memory: MemoryFacts;
  payloadMemory: PayloadMemoryFacts;
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
  postQuantum: async () => (await import('./post-quantum.js')).postQuantum,
  native: async () => (await import('./native.js')).native,
  tables: async () => (await import('./tables.js')).tables,
  tableSample: async () => (await import('./table-sample.js')).tableSample,
  memory: async () => (await import('./memory.js')).memory,
  payloadMemory: async () => (await import('./payload-memory.js')).payloadMemory,
};

/** How many processes a task takes. */
export function processesOf(name: TaskName, config: StudyConfig): number {
  switch (name) {
    case 'octets':
    case 'agreement':
      return 1;
    case 'memory':
      return config.memoryProcesses * memoryCells(config).cells.length;
    case 'payloadMemory':
      return config.memoryProcesses * payloadTables(config).length;
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
  payloadMemory: (all) => ({ samples: all.flatMap(({ samples }) => samples) }),
  postQuantum: joinPostQuantum,
};

/** Processes whose result cannot be, to be run again; with what is wrong with it. */
export interface Suspects {
  readonly processes: readonly number[];
  readonly what: string;
}

/** What a task measured that cannot be: memory below the size of the arrays in it. */
export function suspectsOf<N extends TaskName>(name: N, config: StudyConfig, facts: Facts[N]): Suspects {
  return suspects[name]?.(config, facts) ?? { processes: [], what: '' };
}

const suspects: { readonly [N in TaskName]?: (config: StudyConfig, facts: Facts[N]) => Suspects } = {
  memory: (config, facts) => {
    // So small tables as those of a smoke run are within the noise.
    const rows = config.mode === 'smoke' ? [] : impossibleCells(facts);
    const isMeant = ({ scheme, routes }: MemoryCell): boolean =>
      rows.some((row) => row.routes === routes && (row.scheme === scheme || scheme === 'S0'));
    return {
      processes: facts.samples.filter(isMeant).map(({ process }) => process),
      what: rows
        .map(
          ({ scheme, routes, measured, arrays }) =>
            `${scheme} at ${routes} routes: ${measured.median} < ${arrays}`,
        )
        .join('; '),
    };
  },
  payloadMemory: (config, { samples }) => {
    const low = config.mode === 'smoke' ? [] : samples.filter(({ octets, floor }) => octets < floor);
    return {
      processes: low.map(({ process }) => process),
      what: low.map(({ table, octets, floor }) => `${table}: ${octets} < ${floor} octets`).join('; '),
    };
  },
};
