import { randomUUID } from 'node:crypto';
import type { Io } from './io.js';

/** Colours of verdicts. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

const plain = (text: string): string => text;
/** Stands for `ESC [` until the edge of the program: nobody outside can guess it, so that no text paints itself. */
const MARK = `{${randomUUID()}}`;
const colour = (code: number) => (text: string) => `${MARK}${code}m${text}${MARK}0m`;

/** A text with the colours of {@link createStyle} as a terminal takes them. */
export function paintedText(text: string): string {
  return text.replaceAll(MARK, '\u001b[');
}

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
