/** Milliseconds of the longest timer: a longer one would be over at once. */
const LONGEST = 2 ** 31 - 1;

/** Waits until SIGINT or SIGTERM, until `stop` is called, or, when given, for `seconds`. */
export function untilStopped(seconds?: number): { readonly done: Promise<void>; stop(): void } {
  let stop = (): void => {};
  const done = new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = (rest: number): void => {
      timer = setTimeout(() => (rest > LONGEST ? wait(rest - LONGEST) : stop()), Math.min(rest, LONGEST));
    };
    if (seconds !== undefined) wait(1000 * seconds);
    // A pending promise alone would not keep the process up.
    const alive = setInterval(() => {}, 3_600_000);
    stop = () => {
      clearTimeout(timer);
      clearInterval(alive);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
  return { done, stop: () => stop() };
}

/** SIGINT and SIGTERM while something begins. */
export interface EarlyStop {
  /** Fulfilled when one came. */
  readonly came: Promise<void>;
  /** Watches no more. */
  end(): void;
}

/** Watches for SIGINT and SIGTERM before {@link untilStopped} can, which keeps the process up. */
export function watchEarlyStop(): EarlyStop {
  let stop = (): void => {};
  const came = new Promise<void>((resolve) => {
    stop = () => resolve();
  });
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { came, end: () => void process.off('SIGINT', stop).off('SIGTERM', stop) };
}
