import { expect } from 'vitest';
import { main } from '../../src/cli/main.js';
import { ClosedPipe, type Output } from '../../src/cli/shared/io.js';
import { jsonLines } from './run.js';

/** A line of JSON. */
export type Line = Record<string, unknown>;

/** A command that runs, and what it has printed so far. */
export interface Running {
  lines(): Line[];
  printed(): string;
  /** What stands on stderr so far. */
  said(): string;
  /** Waits until one of the lines has these members. */
  until(members: Line, count?: number): Promise<void>;
  /** Stops it as an interrupt does; all that it printed. */
  stop(): Promise<{
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly lines: Line[];
  }>;
}

/** Starts a command in this process. */
export function start(
  argv: readonly string[],
  closeAfter = Number.POSITIVE_INFINITY,
  stdin: AsyncIterable<Uint8Array> = (async function* () {})(),
): Running {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): Output => ({
    isTerminal: false,
    async write(text) {
      if (name === 'stdout' && texts.stdout.length > closeAfter) throw new ClosedPipe();
      texts[name] += text;
    },
  });
  const before = new Set(process.listeners('SIGINT'));
  const [stdout, stderr] = [output('stdout'), output('stderr')];
  const io = { stdin, stdout, stderr, env: {}, now: () => 1_800_000_000, seed: 1 };
  const done = main(argv, io);
  const lines = (): Line[] => (texts.stdout.startsWith('{') ? jsonLines(texts.stdout) : []);
  return {
    lines,
    printed: () => texts.stdout,
    said: () => texts.stderr,
    async until(members, count = 1) {
      const wanted = expect.objectContaining(members);
      await until(() => lines().filter((line) => wanted.asymmetricMatch(line)).length >= count);
    },
    async stop() {
      for (const listener of process.listeners('SIGINT')) if (!before.has(listener)) listener('SIGINT');
      const code = await done;
      return { code, ...texts, lines: lines() };
    },
  };
}

/** Waits until it is so. */
export async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}
