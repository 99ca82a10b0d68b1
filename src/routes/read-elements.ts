import { DecodeError } from '../bytes/index.js';
import type { Element } from './element.js';
import type { ReadOptions } from './emitter.js';
import { createRouteReader } from './route-reader.js';
import type { ReadSummary } from './summary.js';

/** How elements are read for iteration: they are values of their own always. */
export interface ReadElementsOptions extends Omit<ReadOptions, 'reuse'> {
  /** Called when the input has been read, before an error about its end is thrown. */
  readonly onEnd?: (summary: ReadSummary) => void;
}

/**
 * The elements of an input in any form that `createRouteReader` knows, one after the other, for `for await`. Octets are
 * read as far as elements are asked for. A fault inside the input is for `onProblem` and the summary; half an input, or
 * one without any record, is an error after the last element.
 *
 * @param chunks octets in pieces of any size: a stream of Node, the body of a response, an array.
 * @throws {DecodeError} `record-truncated` or `line-truncated` for an input that ends inside a record, `no-record` for one
 * that has none; what `chunks` throws.
 */
export async function* readElements(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { onEnd, ...options }: ReadElementsOptions = {},
): AsyncGenerator<Element, void, undefined> {
  const pending: Element[] = [];
  const reader = createRouteReader((element) => pending.push(element), options);
  const { summary } = reader;
  const input = iteratorOf(chunks);
  let broken: { readonly error: unknown } | undefined;
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await input.next();
      } catch (error) {
        broken = { error };
        break;
      }
      if (next.done) break;
      reader.push(next.value);
      yield* pending.splice(0);
    }
  } finally {
    await input.return?.();
  }
  if (broken === undefined) reader.end();
  else
    reader.end(
      broken.error instanceof DecodeError
        ? broken.error
        : new DecodeError('input-broken-off', String(broken.error)),
    );
  yield* pending;
  onEnd?.(summary);
  if (broken !== undefined) throw broken.error;
  const { cutOff, usable, records } = summary;
  if (cutOff !== undefined) throw new DecodeError(cutOff.code, cutOff.message, cutOff);
  if (usable === 0) {
    throw new DecodeError('no-record', `no record of routes in ${records} records or lines`, {
      field: 'input',
    });
  }
}

function iteratorOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterator<Uint8Array> | Iterator<Uint8Array> {
  return Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
}
