import type { RoundPlan } from './counters.js';

/** What a run of the study is made of; goes into the results as it is. */
export interface StudyConfig {
  /** `smoke` only shows that the study still runs: its figures mean nothing. */
  readonly mode: 'smoke' | 'quick' | 'full';
  readonly seed: number;
  /** Folder with the real tables, where present. */
  readonly shared?: string;
  /** Another table to use, in any form the readers know. */
  readonly table?: string;
  readonly lengths: readonly number[];
  readonly rounds: RoundPlan;
  readonly batchRounds: RoundPlan;
  readonly batchSizes: readonly number[];
  readonly chainBatchLimit: number;
  readonly failureBatch: number;
  readonly failureCounts: readonly number[];
  readonly tableSizes: readonly number[];
  /** Above so many payload octets a memory run is left out and said to be. */
  readonly memoryLimit: number;
  readonly sampleRoutes: number;
  readonly churnEvents: number;
  readonly bennySeconds: number;
}

/** The configuration of a mode. */
export function studyConfig(
  mode: StudyConfig['mode'],
  places: Pick<StudyConfig, 'shared' | 'table'>,
): StudyConfig {
  const common = { mode, seed: 20_261_124, ...places };
  if (mode === 'smoke') {
    const once = { rounds: 1, discard: 0, sampleMs: 0 };
    return {
      ...common,
      lengths: [1, 4],
      rounds: once,
      batchRounds: once,
      batchSizes: [1, 4],
      chainBatchLimit: 4,
      failureBatch: 4,
      failureCounts: [0, 1],
      tableSizes: [1_000, 2_000],
      memoryLimit: 10e6,
      sampleRoutes: 2,
      churnEvents: 1_000,
      bennySeconds: 0.01,
    };
  }
  return mode === 'quick'
    ? {
        ...common,
        lengths: [1, 2, 3, 4, 5, 6, 8, 10],
        rounds: { rounds: 7, discard: 2, sampleMs: 4 },
        batchRounds: { rounds: 4, discard: 1, sampleMs: 0 },
        batchSizes: [1, 4, 16, 64],
        chainBatchLimit: 16,
        failureBatch: 32,
        failureCounts: [0, 1, 2, 4, 8, 16],
        tableSizes: [10_000, 30_000, 100_000],
        memoryLimit: 100e6,
        sampleRoutes: 24,
        churnEvents: 20_000,
        bennySeconds: 0.4,
      }
    : {
        ...common,
        lengths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        rounds: { rounds: 15, discard: 2, sampleMs: 20 },
        batchRounds: { rounds: 15, discard: 2, sampleMs: 0 },
        batchSizes: [1, 4, 16, 64, 256, 1024],
        chainBatchLimit: 64,
        failureBatch: 256,
        failureCounts: [0, 1, 2, 4, 8, 16, 32, 64],
        tableSizes: [10_000, 100_000, 1_000_000],
        memoryLimit: 3e9,
        sampleRoutes: 1_000,
        churnEvents: 200_000,
        bennySeconds: 3,
      };
}
