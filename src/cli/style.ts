import type { Io } from './io.js';

/** Colours of verdicts. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

const plain = (text: string): string => text;
const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Whether a terminal can move its cursor and show colours: one that calls itself dumb cannot. */
export function isDumb({ env }: Io): boolean {
  return env.TERM === 'dumb';
}

/** Colours on a terminal, unless `NO_COLOR` is set or it is a dumb one; else none. */
export function createStyle(io: Io): Style {
  if (!io.stdout.isTerminal || io.env.NO_COLOR || isDumb(io))
    return { good: plain, bad: plain, dim: plain, bold: plain };
  return { good: colour(32), bad: colour(31), dim: colour(2), bold: colour(1) };
}
