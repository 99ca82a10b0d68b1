import { randomInt } from 'node:crypto';
import type { Writable } from 'node:stream';
import { ClosedPipe, type Io, type Output } from './shared/io.js';

/** The {@link Io} of this process. */
export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: createOutput(process.stdout, process.stdout.isTTY === true),
    stderr: createOutput(process.stderr, process.stderr.isTTY === true),
    env: process.env,
    now: () => Math.floor(Date.now() / 1000),
    seed: randomInt(2 ** 48 - 1),
  };
}

/** An {@link Output} over a stream. A closed pipe (EPIPE) is remembered and answers the next write. */
function createOutput(stream: Writable, isTerminal: boolean): Output {
  let failure: Error | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' ? new ClosedPipe() : error;
  });
  return {
    isTerminal,
    write: async (text) => {
      if (failure) throw failure;
      if (stream.write(text)) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          stream.off('drain', done).off('error', done).off('close', done);
          resolve();
        };
        stream.on('drain', done).on('error', done).on('close', done);
      });
      if (failure) throw failure;
    },
  };
}
