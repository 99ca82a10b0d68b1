/** Waits for what others do, and gives up when nothing has moved for too long. */
export interface Patience {
  /** Without any move, after which a wait is given up. */
  readonly seconds: number;
  /** Something moved. */
  stir(): void;
  /** The router has gone, and every wait is given up at once; or it is back. */
  setGone(isGone: boolean): void;
  readonly isGone: boolean;
  /** Something changed that is no progress, as when a session goes down: waits look again, and wait no longer for it. */
  look(): void;
  /** Waits until `done`, which is asked again after each move; false when it was given up. */
  until(done: () => boolean): Promise<boolean>;
  /** Waits until `done`, or until nothing has moved for so many milliseconds. */
  quiet(milliseconds: number, done: () => boolean): Promise<void>;
  /** Waits for the next move, at most so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * @param seconds without any move after which a wait is given up.
 * @param signal ends every wait at once.
 */
export function createPatience(seconds: number, signal?: AbortSignal): Patience {
  const waiting = new Set<() => void>();
  let movedAt = performance.now();
  let isGone = false;
  const wake = (): void => {
    for (const one of [...waiting]) one();
  };
  signal?.addEventListener('abort', wake);
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      waiting.add(done);
    });
  return {
    seconds,
    stir() {
      movedAt = performance.now();
      wake();
    },
    setGone(value) {
      isGone = value;
      wake();
    },
    get isGone() {
      return isGone;
    },
    look: wake,
    async until(done) {
      movedAt = performance.now();
      while (!done()) {
        const left = movedAt + 1000 * seconds - performance.now();
        if (left <= 0 || isGone || signal?.aborted) return false;
        await pause(left);
      }
      return true;
    },
    async quiet(milliseconds, done) {
      movedAt = performance.now();
      while (!done()) {
        const left = movedAt + milliseconds - performance.now();
        if (left <= 0 || isGone || signal?.aborted) return;
        await pause(left);
      }
    },
    pause,
  };
}
