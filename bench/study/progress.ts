import { SingleBar } from 'cli-progress';

/** Says what a long run is doing. */
export interface Progress {
  label(text: string): void;
  next(): void;
  stop(): void;
}

/** A bar on a terminal, a line for each new label elsewhere. */
export function createProgress(title: string, total: number): Progress {
  if (!process.stderr.isTTY) {
    let done = 0;
    let last = '';
    return {
      label: (text) => {
        if (text !== last) process.stderr.write(`${title} ${done}/${total}: ${text}\n`);
        last = text;
      },
      next: () => {
        done++;
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar({
    format: `${title} {bar} {value}/{total}, {eta_formatted} left: {task}`,
    stream: process.stderr,
  });
  bar.start(total, 0, { task: '' });
  return {
    label: (task) => bar.update({ task }),
    next: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
