import { type ChildProcess, spawn } from 'node:child_process';

/** Milliseconds for what a program left behind to close its output. */
const GRACE = 1_000;

const hasGroups = process.platform !== 'win32';

/** A command that the shell runs, with everything that it starts in turn. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Ends all of it at once: SIGKILL, which no program can ignore. */
  kill(): void;
}

/**
 * Starts a command line in a process group of its own. What it leaves running when it ends is ended too, and so is all of
 * it when this process ends.
 */
export function startGroup(command: string): ProcessGroup {
  const child = spawn(command, { shell: true, detached: hasGroups, stdio: 'pipe' });
  let over = false; // its number may be another's by now
  const kill = (): void => {
    if (over) return;
    try {
      if (child.pid !== undefined && hasGroups) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // All of it has ended in the meantime.
    }
  };
  process.once('exit', kill);
  let timer: NodeJS.Timeout | undefined;
  child.on('exit', () => {
    // `close` waits for everyone who holds the output open; what was written is read all the same.
    timer = setTimeout(kill, GRACE);
  });
  child.on('close', () => {
    clearTimeout(timer);
    process.off('exit', kill);
    kill();
    over = true;
  });
  child.on('error', () => process.off('exit', kill));
  return { child, kill };
}
