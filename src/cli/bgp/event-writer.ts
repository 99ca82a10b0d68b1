import type { Output } from '../shared/io.js';

/** Characters that may wait before those who make lines are held. */
const PORTION = 1 << 20;

/** Lines on their way to an output. */
export interface EventWriter {
  /** Adds a line; what was added in one turn is written at once. */
  line(text: string): void;
  /** A promise where much waits: whoever makes lines waits for it, so that a slow reader fills no memory. */
  full(): Promise<void> | undefined;
  /** Writes what is left. Rejects with what went wrong in writing: a closed pipe. */
  end(): Promise<void>;
}

/** A writer to `output`; `failed` is told once when writing goes wrong, and nothing more is written then. */
export function createEventWriter(output: Output, failed: () => void): EventWriter {
  let text = '';
  let failure: unknown;
  let writing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    while (text !== '' && failure === undefined) {
      const part = text;
      text = '';
      try {
        await output.write(part);
      } catch (error) {
        failure = error;
        failed();
      }
    }
    writing = undefined;
  };
  return {
    line(one) {
      if (failure !== undefined) return;
      text += `${one}\n`;
      writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(flush);
    },
    full: () => (text.length > PORTION ? writing : undefined),
    async end() {
      await writing;
      if (failure !== undefined) throw failure;
    },
  };
}
