/** The tasks of the study; each runs in a process of its own and loads nothing of the others. */
export const tasks = {
  operations: async () => (await import('./operations.js')).operations,
  byLength: async () => (await import('./by-length.js')).byLength,
  keysAndSigning: async () => (await import('./keys-and-signing.js')).keysAndSigning,
  batches: async () => (await import('./batches.js')).batches,
  failures: async () => (await import('./failures.js')).failures,
  churn: async () => (await import('./churn.js')).churn,
  octets: async () => (await import('./octets.js')).octets,
  memory: async () => (await import('./memory.js')).memory,
  schemes: async () => (await import('./schemes.js')).schemes,
  native: async () => (await import('./native.js')).native,
  agreement: async () => (await import('./agreement.js')).agreement,
  tables: async () => (await import('./tables.js')).tables,
  tableSample: async () => (await import('./table-sample.js')).tableSample,
};

/** A name of {@link tasks}. */
export type TaskName = keyof typeof tasks;
/** The function behind a name. */
export type Task<N extends TaskName> = Awaited<ReturnType<(typeof tasks)[N]>>;
