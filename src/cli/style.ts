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

/** Colours on a terminal, unless `NO_COLOR` is set; else none. */
export function createStyle({ stdout, env }: Io): Style {
  if (!stdout.isTerminal || env.NO_COLOR) return { good: plain, bad: plain, dim: plain, bold: plain };
  return { good: colour(32), bad: colour(31), dim: colour(2), bold: colour(1) };
}
