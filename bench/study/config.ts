import type { TableSource } from './inputs.js';
import type { RouterViewSettings } from './router-view/settings.js';
import type { TaskName } from './tasks/names.js';

/** `smoke` only shows that the study still runs: its figures mean nothing. */
export const MODES = ['smoke', 'quick', 'full'] as const;
export type Mode = (typeof MODES)[number];

/** How often a task is measured. */
export interface RoundPlan {
  /** Fresh processes, so that what one of them happens to have (compiled code, places in memory) is in the spread. */
  readonly processes: number;
  /** Rounds kept of each process. */
  readonly rounds: number;
  /** Rounds at the start of each process that are thrown away: compilation, caches. */
  readonly discard: number;
  /** Each sample repeats its operation for at least so long; 0 for operations that are long enough. */
  readonly sampleMs: number;
}

/** What a run of the study is made of; goes into the results as it is. */
export interface StudyConfig {
  readonly mode: Mode;
  readonly seed: number;
  readonly tasks: readonly TaskName[];
  /** Schemes to compare; all of them when absent. */
  readonly schemes?: readonly string[];
  /** Tables of routes, the ones that were asked for first. */
  readonly tables: readonly TableSource[];
  /** A file of validated payloads for origin validation and ASPA; made from each table when absent. */
  readonly rpki?: string;
  /** Assumptions of the router's view that are not the default. */
  readonly routerView?: RouterViewSettings;
  readonly lengths: readonly number[];
  readonly rounds: RoundPlan;
  /** For batches and other operations of seconds. */
  readonly batchRounds: RoundPlan;
  readonly batchSizes: readonly number[];
  readonly chainBatchLimit: number;
  readonly failureBatch: number;
  readonly failureCounts: readonly number[];
  readonly tableSizes: readonly number[];
  /** Processes of each memory cell. */
  readonly memoryProcesses: number;
  /** Above so many octets of payload a memory cell is left out and said to be. */
  readonly memoryLimit: number;
  readonly sampleRoutes: number;
  readonly churnEvents: number;
}

/** What options and the configuration file may say; the rest follows from the mode. */
export interface Settings {
  readonly mode?: Mode;
  readonly seed?: number;
  readonly rounds?: number;
  readonly processes?: number;
  readonly lengths?: readonly number[];
  readonly batchSizes?: readonly number[];
  readonly tableSizes?: readonly number[];
  readonly schemes?: readonly string[];
  readonly tasks?: readonly TaskName[];
  readonly tables?: Readonly<Record<string, string>>;
  readonly rpki?: string;
  readonly routerView?: RouterViewSettings;
}

type ByMode = Omit<StudyConfig, 'mode' | 'seed' | 'tasks' | 'schemes' | 'tables' | 'rpki' | 'routerView'>;

const BY_MODE: Record<Mode, ByMode> = {
  smoke: {
    lengths: [1, 4],
    rounds: { processes: 1, rounds: 1, discard: 0, sampleMs: 0 },
    batchRounds: { processes: 1, rounds: 1, discard: 0, sampleMs: 0 },
    batchSizes: [1, 2],
    chainBatchLimit: 2,
    failureBatch: 2,
    failureCounts: [0, 1],
    tableSizes: [1_000],
    memoryProcesses: 1,
    memoryLimit: 2e6,
    sampleRoutes: 2,
    churnEvents: 1_000,
  },
  quick: {
    lengths: [1, 2, 3, 4, 5, 6, 8, 10],
    rounds: { processes: 3, rounds: 4, discard: 1, sampleMs: 12 },
    batchRounds: { processes: 3, rounds: 4, discard: 0, sampleMs: 30 },
    batchSizes: [1, 4, 16, 64],
    chainBatchLimit: 16,
    failureBatch: 32,
    failureCounts: [0, 1, 2, 4],
    tableSizes: [100_000, 200_000],
    memoryProcesses: 3,
    memoryLimit: 1.1e9,
    sampleRoutes: 24,
    churnEvents: 20_000,
  },
  full: {
    lengths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    rounds: { processes: 5, rounds: 6, discard: 2, sampleMs: 20 },
    batchRounds: { processes: 4, rounds: 5, discard: 1, sampleMs: 100 },
    batchSizes: [1, 4, 16, 64, 256, 1024],
    chainBatchLimit: 64,
    failureBatch: 256,
    failureCounts: [0, 1, 2, 4, 8, 16, 32, 64],
    tableSizes: [100_000, 300_000, 1_000_000],
    memoryProcesses: 5,
    memoryLimit: 4e9,
    sampleRoutes: 1_000,
    churnEvents: 200_000,
  },
};

/** The configuration of a run. */
export function studyConfig(
  { mode = 'full', seed = 20_261_124, rounds, processes, tables: _, ...given }: Settings,
  tables: readonly TableSource[],
  allTasks: readonly TaskName[],
): StudyConfig {
  const base = BY_MODE[mode];
  const plan = (own: RoundPlan): RoundPlan => ({
    ...own,
    rounds: rounds ?? own.rounds,
    processes: processes ?? own.processes,
  });
  return {
    ...base,
    tasks: allTasks,
    ...given,
    mode,
    seed,
    tables,
    rounds: plan(base.rounds),
    batchRounds: plan(base.batchRounds),
    memoryProcesses: processes ?? base.memoryProcesses,
  };
}
