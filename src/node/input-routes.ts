import { DecodeError } from '../bytes/index.js';
import { requireIterable } from '../inet/index.js';
import { createRouteReader, type OnElement, type ReadOptions, type ReadSummary } from '../routes/index.js';
import { openInput } from './input-open.js';

/** What was read from one input. */
export interface InputSummary {
  readonly path: string;
  readonly summary: ReadSummary;
}

/**
 * Reads the routes of several inputs in order: files, or `-` for standard input, in any form `createRouteReader` and
 * `decompress` know. Each input is read on its own (a PEER_INDEX_TABLE does not reach into the next). Damage, also of
 * the compression, is a problem in the summary of its input: look at `usable` and `cutOff`, half a file is no file.
 * Elements are values of their own; who keeps nothing of them is several times as fast with `reuse: true`.
 *
 * @param onChunk called after each piece of an input with its summary so far, for a progress display.
 * @param open gives the octets of an input; `openInput` when absent.
 * @throws the error of the operating system when an input cannot be read, and what `onElement` throws.
 */
export async function readRoutes(
  paths: readonly string[],
  onElement: OnElement,
  options: ReadOptions = {},
  onChunk?: (input: InputSummary) => void,
  open: (path: string) => AsyncIterable<Uint8Array> = openInput,
): Promise<InputSummary[]> {
  requireIterable(paths, 'the paths', 'a list of files');
  const inputs: InputSummary[] = [];
  for (const path of paths) {
    const reader = createRouteReader(onElement, options);
    const input = { path, summary: reader.summary };
    inputs.push(input);
    const chunks = open(path)[Symbol.asyncIterator]();
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await chunks.next();
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        reader.end(error);
        break;
      }
      if (next.done) {
        reader.end();
        break;
      }
      reader.push(next.value);
      onChunk?.(input);
    }
  }
  return inputs;
}
