import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { written } from '../interop/daemon.js';

/** The command as it is published: what runs the tests builds before. */
export const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** How a process ended, and all that it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a process of its own. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it wrote so far. */
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ended>;
}

/** Starts the built command, Node with `preload` before it; it is gone after the test. Its input stays open. */
export function startBuilt(argv: readonly string[], preload: readonly string[] = []): Running {
  const child = spawn(process.execPath, [...preload, BIN, ...argv]);
  child.stdin.on('error', () => {}); // it may end before it has read everything
  const texts = written(child);
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...texts })));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, texts, ended };
}
