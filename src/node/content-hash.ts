import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The SHA-256 of what a file holds, taken as it is read. */
export interface ContentHash {
  /** The chunks as they are; each is taken into the hash. */
  through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /**
   * The hash of the whole file as `sha256sum` prints it; of standard input (`-`) of what was read of it. A file that was not
   * read to its end is read once more. Null where nothing can be read.
   */
  of(path: string): Promise<string | null>;
}

/** A {@link ContentHash} of one input. */
export function createContentHash(): ContentHash {
  const hash = createHash('sha256');
  let begun = false;
  let whole = false;
  return {
    async *through(chunks) {
      for await (const chunk of chunks) {
        begun = true;
        hash.update(chunk);
        yield chunk;
      }
      begun = true;
      whole = true;
    },
    async of(path) {
      if (whole || (path === '-' && begun)) return hash.digest('hex');
      return path === '-' ? null : hashOfFile(path);
    },
  };
}

async function hashOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
  return hash.digest('hex');
}
