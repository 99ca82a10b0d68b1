import type { Problem } from '../problem.js';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Receives a line without its end; `number` counts from 1, `offset` octets from the start of the input. */
export type OnLine = (text: string, number: number, offset: number) => void;

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** The input ends here; what stands behind the last line end is a line too. */
  end(): void;
  readonly lines: number;
  readonly octets: number;
}

/**
 * Cuts a stream of UTF-8 text into lines (LF or CR LF), which may straddle chunks. A line of more than `maxLength`
 * octets is one problem and is skipped. A byte order mark in front is ignored.
 */
export function createLineSplitter(
  onLine: OnLine,
  onProblem: (problem: Problem) => void,
  maxLength: number,
): LineSplitter {
  const decoder = new TextDecoder('utf-8');
  let pending = new Uint8Array(1 << 12);
  let held = 0;
  let length = 0; // octets of the open line so far, held or not
  let lines = 0;
  let lineStart = 0;

  const hold = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > maxLength) {
      held = 0; // too long: only its length still counts
      return;
    }
    if (length > pending.length) {
      const grown = new Uint8Array(Math.max(2 * pending.length, length));
      grown.set(pending.subarray(0, held));
      pending = grown;
    }
    pending.set(piece, held);
    held += piece.length;
  };
  const finish = (line: Uint8Array, size: number, next: number): void => {
    lines++;
    const offset = lineStart;
    lineStart = next;
    length = 0;
    held = 0;
    if (size > maxLength) {
      const message = `${size} octets, the limit is ${maxLength}`;
      onProblem({ code: 'line-too-long', message, number: lines, offset, field: 'line' });
      return;
    }
    const end = line[line.length - 1] === CARRIAGE_RETURN ? line.length - 1 : line.length;
    onLine(decoder.decode(line.subarray(0, end)), lines, offset);
  };

  return {
    get lines() {
      return lines;
    },
    get octets() {
      return lineStart + length;
    },
    push: (chunk) => {
      let at = 0;
      for (;;) {
        const newline = chunk.indexOf(NEWLINE, at);
        if (newline < 0) break;
        const size = length + newline - at;
        const next = lineStart + size + 1;
        if (length === 0) {
          finish(chunk.subarray(at, newline), size, next);
        } else {
          hold(chunk.subarray(at, newline));
          finish(pending.subarray(0, held), size, next);
        }
        at = newline + 1;
      }
      if (at < chunk.length) hold(chunk.subarray(at));
    },
    end: () => {
      if (length > 0) finish(pending.subarray(0, held), length, lineStart + length);
    },
  };
}
