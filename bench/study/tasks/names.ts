/** The tasks of the study in the order of a run. */
export const TASK_NAMES = [
  'octets',
  'agreement',
  'operations',
  'byLength',
  'keysAndSigning',
  'batches',
  'failures',
  'churn',
  'schemes',
  'postQuantum',
  'native',
  'tables',
  'tableSample',
  'memory',
  'payloadMemory',
] as const;

/** A task of the study. */
export type TaskName = (typeof TASK_NAMES)[number];
