import type { MeasuredCell } from '../measure/rounds.js';

/** What one process of a task is to do. */
export interface Job {
  /** From 0, within its task. */
  readonly process: number;
}

/** What one process of a task found: times, and facts besides. */
export interface TaskPart<F> {
  readonly cells: MeasuredCell[];
  readonly facts: F;
}
