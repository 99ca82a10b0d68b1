import { setImmediate } from 'node:timers/promises';
import type { Output } from './io.js';
import { jsonPieces } from './json-pieces.js';

/** Characters that are handed to an output at once: enough that the number of calls costs nothing. */
const PORTION = 1 << 16;

/**
 * Writes a text that comes in pieces, however long it is in all. A portion is handed over only when the output has taken
 * the one before, so that a slow reader slows the making of the text down and no more than one portion waits.
 *
 * @throws {ClosedPipe} once the reader has gone; no further piece is made.
 */
export async function writePieces(output: Output, pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PORTION) continue;
    await output.write(text);
    text = '';
    // A file takes everything at once: signals and timers are to be heard all the same.
    await setImmediate();
  }
  if (text !== '') await output.write(text);
}

/** The lines with their ends. */
export function* ended(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** Writes the text of `JSON.stringify(value, null, indent)` and the end of a line, however long it is. */
export async function writeJson(output: Output, value: unknown, indent = 0): Promise<void> {
  await writePieces(output, withEnd(jsonPieces(value, indent)));
}

function* withEnd(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

/** The octets of a text in pieces, some thousands of characters at once. */
export async function* encodedPieces(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PORTION) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}
