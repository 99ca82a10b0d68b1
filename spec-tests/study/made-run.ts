import { studyConfig } from '../../bench/study/config.js';
import type { MeasuredCell } from '../../bench/study/measure/rounds.js';
import { describeMachine, type StudyResults, type TaskResults } from '../../bench/study/results.js';
import { TASK_NAMES } from '../../bench/study/tasks/names.js';

const ROUNDS = 12;

/** A cell of so many milliseconds in each round, on a machine that is `slow` times as slow in some of them. */
export function cell(
  scheme: string,
  parameter: MeasuredCell['parameter'],
  ms: number | readonly number[],
  slow: readonly number[] = [],
): MeasuredCell {
  const each = <T>(value: (round: number) => T): T[] => Array.from({ length: ROUNDS }, (_, i) => value(i));
  const cpu = each((i) => (typeof ms === 'number' ? ms : (ms[i % ms.length] as number)) * (slow[i] ?? 1));
  const unit = (own: number) => each((i) => own * (slow[i] ?? 1));
  return {
    scheme,
    parameter,
    unit: 'pairing',
    process: each((i) => i % 3),
    cpu,
    wall: cpu,
    p256: unit(0.08),
    pairing: unit(11),
  };
}

/** The result of a task. */
export const task = <N extends keyof TaskResults>(name: N, cells: MeasuredCell[], facts: unknown) =>
  ({
    [name]: { task: name, seconds: 1, cpuSeconds: 1, loadBefore: 0, others: 0, cells, facts },
  }) as TaskResults;

/** The results of a run with these tasks. */
export function resultsOf(tasks: TaskResults): StudyResults {
  const { tables: _, ...config } = studyConfig({ mode: 'quick' }, [], TASK_NAMES);
  return {
    format: 'pathsec/study/2',
    config: { ...config, tables: [] },
    inputs: { tables: [] },
    date: '2026-11-29T00:00:00.000Z',
    commit: 'abc',
    machine: describeMachine(),
    tasks,
  };
}
