import { printable } from '../../bytes/index.js';
import type { InputSummary } from '../../node/input-routes.js';
import type { Io } from './io.js';
import { isDumb } from './style.js';

/** A running display. */
export interface Progress {
  update(input: InputSummary): void;
  stop(): void;
}

/** A progress display on stderr where that is a terminal that can redraw it, else undefined. How much is to come is not known. */
export async function createProgress(io: Io): Promise<Progress | undefined> {
  if (!io.stderr.isTerminal || isDumb(io)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: '{file}  {records} records  {routes} routes  {problems} faults  {duration_formatted}',
    stream: process.stderr,
    clearOnComplete: true,
    fps: 5,
  });
  let last = '';
  return {
    update: ({ path, summary }) => {
      const { records, routes, problems } = summary;
      const state = { file: printable(path), records, routes, problems: problems.count };
      if (last === '') bar.start(1, 0, state);
      last = path;
      bar.update(0, state);
    },
    stop: () => {
      if (last !== '') bar.stop();
    },
  };
}

/** A bar over a known number of things. */
export interface CountProgress {
  update(done: number): void;
  stop(): void;
}

/** A bar on stderr where that is a terminal that can redraw it, else undefined. */
export async function createCountProgress(
  io: Io,
  noun: string,
  total: number,
): Promise<CountProgress | undefined> {
  if (!io.stderr.isTerminal || isDumb(io)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${noun}  {duration_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    fps: 5,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
