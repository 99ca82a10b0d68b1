import { Damage } from './damage.js';

/** The stream ends within what has to be there. */
export function streamEnds(): Damage {
  return new Damage('the stream ends too early');
}

/** Octets on demand from a stream of chunks. */
export interface OctetSource {
  /** The next `count` octets, valid until the next call. @throws {Damage} where the stream ends before. */
  take(count: number): Promise<Uint8Array>;
  /** As many of the next `count` octets as there are. */
  takeUpTo(count: number): Promise<Uint8Array>;
  /** The next octet, which stays; undefined at the end of the stream. */
  peek(): Promise<number | undefined>;
  /** Octets taken. */
  readonly taken: number;
}

/** An {@link OctetSource} over the iterator of a stream, which the caller closes. */
export function createOctetSource(iterator: AsyncIterator<Uint8Array>): OctetSource {
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  let passed = 0; // octets before the chunk
  /** Goes on to a chunk that has something; false at the end. */
  const next = async (): Promise<boolean> => {
    while (at === chunk.length) {
      const { value, done } = await iterator.next();
      if (done) return false;
      passed += chunk.length;
      chunk = value;
      at = 0;
    }
    return true;
  };
  const takeUpTo = async (count: number): Promise<Uint8Array> => {
    if (chunk.length - at >= count) {
      at += count;
      return chunk.subarray(at - count, at);
    }
    const octets = new Uint8Array(count);
    let size = 0;
    while (size < count && (await next())) {
      const piece = chunk.subarray(at, at + count - size);
      octets.set(piece, size);
      size += piece.length;
      at += piece.length;
    }
    return octets.subarray(0, size);
  };
  return {
    get taken() {
      return passed + at;
    },
    peek: async () => ((await next()) ? chunk[at] : undefined),
    takeUpTo,
    take: async (count) => {
      const octets = await takeUpTo(count);
      if (octets.length < count) throw streamEnds();
      return octets;
    },
  };
}
