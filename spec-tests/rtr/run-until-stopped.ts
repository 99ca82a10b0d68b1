import { run } from '../cli/run.js';

/** Runs the program until `stop` is called, as an interrupt would; two minutes at most. */
export function runUntilStopped(argv: readonly string[]): () => ReturnType<typeof run> {
  const before = new Set(process.listeners('SIGINT'));
  const done = run([...argv, '--for', '600']);
  return () => {
    for (const listener of process.listeners('SIGINT')) if (!before.has(listener)) listener('SIGINT');
    return done;
  };
}
