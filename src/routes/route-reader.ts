import { concatOctets } from '../bytes/index.js';
import { requireOctets } from '../inet/index.js';
import type { OnElement } from './element-source.js';
import { createEmitter, type ReadOptions } from './emitter.js';
import { octetFormatOf, SNIFFED } from './formats.js';
import type { RouteReader } from './reader.js';
import { textReaderOf } from './text/text-reader.js';

/**
 * A reader of whatever form the routes have, told by the first octets: MRT, or lines of text, each of which says for itself
 * what it is.
 *
 * `onElement` gets values of its own, which it may keep. With `reuse: true` it gets the same objects again and again,
 * valid during the call alone, which is several times as fast.
 */
export function createRouteReader(onElement: OnElement, options: ReadOptions = {}): RouteReader {
  const emitter = createEmitter(onElement, options);
  let inner: RouteReader | undefined;
  let first: Uint8Array = new Uint8Array(0);
  const choose = (): RouteReader => {
    inner = (octetFormatOf(first)?.reader ?? textReaderOf)(emitter, options);
    inner.push(first);
    return inner;
  };
  return {
    summary: emitter.summary,
    push: (chunk) => {
      requireOctets(chunk, 'the chunk');
      if (inner !== undefined) {
        inner.push(chunk);
        return;
      }
      const mark = (first[0] ?? chunk[0]) === 0xef ? 3 : 0; // a byte order mark may stand in front of text
      const wanted = Math.min(chunk.length, SNIFFED + mark - first.length);
      first = concatOctets([first, chunk.subarray(0, wanted)]);
      if (first.length === SNIFFED + mark) choose().push(chunk.subarray(wanted));
    },
    end: (cause) => {
      (inner ?? choose()).end(cause);
    },
  };
}
