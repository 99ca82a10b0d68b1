import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const STOPPED_BY: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Calls `clean` before a signal ends the process; returns what takes that back. */
export function onStop(clean: () => void): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    clean();
    process.exit(128 + (STOPPED_BY[signal] ?? 0));
  };
  const signals = Object.keys(STOPPED_BY) as NodeJS.Signals[];
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Removes the folders of runs that had no time to do so: those whose process is gone. */
export function removeLeftBehind(cache: string): void {
  for (const name of readdirSync(cache)) {
    const [, pid] = /^study-([0-9]+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
