import { concatOctets } from '../bytes/index.js';
import type { OnElement } from './element-source.js';
import { createEmitter, type ReadOptions } from './emitter.js';
import { mrtReaderOf, type RouteReader } from './mrt/mrt-reader.js';
import { textReaderOf } from './text/text-reader.js';

const SNIFFED = 12;

/**
 * A reader of whatever form the routes have, told by the first octets: MRT, or lines of text. An MRT header always
 * has an octet of value 0 (the high one of its type), which no text has.
 *
 * `onElement` gets values of its own, which it may keep. With `reuse: true` it gets the same objects again and again,
 * valid during the call alone, which is several times as fast.
 */
export function createRouteReader(onElement: OnElement, options: ReadOptions = {}): RouteReader {
  const emitter = createEmitter(onElement, options);
  let inner: RouteReader | undefined;
  let first: Uint8Array = new Uint8Array(0);
  const choose = (): RouteReader => {
    inner = first.includes(0) ? mrtReaderOf(emitter, options) : textReaderOf(emitter, options);
    inner.push(first);
    return inner;
  };
  return {
    summary: emitter.summary,
    push: (chunk) => {
      if (inner !== undefined) {
        inner.push(chunk);
        return;
      }
      const wanted = Math.min(chunk.length, SNIFFED - first.length);
      first = concatOctets([first, chunk.subarray(0, wanted)]);
      if (first.length === SNIFFED) choose().push(chunk.subarray(wanted));
    },
    end: (cause) => {
      (inner ?? choose()).end(cause);
    },
  };
}
