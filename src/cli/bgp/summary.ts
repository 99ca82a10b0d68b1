import type { Io, Output } from '../shared/io.js';
import { isDumb } from '../shared/style.js';
import type { BgpCounts } from './events.js';

/** A line at the foot of a terminal that says how much there is. */
export interface Summary {
  update(counts: BgpCounts, held: number): void;
  /** An output whose lines stand above it. */
  above(output: Output): Output;
  stop(): void;
}

/** The line, where both outputs are a terminal that can redraw it; else undefined. */
export async function createSummary(io: Io): Promise<Summary | undefined> {
  if (!io.stdout.isTerminal || !io.stderr.isTerminal || isDumb(io)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format:
      '{held} routes held  {sessions} sessions  {changes} changes  {faults} faults  {duration_formatted}',
    stream: process.stderr,
    clearOnComplete: true,
    fps: 5,
  });
  let last = {};
  let shown = false;
  const show = (): void => {
    if (shown) bar.update(0, last);
    else bar.start(1, 0, last);
    shown = true;
  };
  const hide = (): void => {
    if (shown) bar.stop();
    shown = false;
  };
  return {
    update(counts, held) {
      last = { ...counts, held };
    },
    above: ({ isTerminal, write }) => ({
      isTerminal,
      async write(text) {
        hide();
        await write(text);
        show();
      },
    }),
    stop: hide,
  };
}
