/** Waits until SIGINT or SIGTERM, until `stop` is called, or, when given, for `seconds`. */
export function untilStopped(seconds?: number): { readonly done: Promise<void>; stop(): void } {
  let stop = (): void => {};
  const done = new Promise<void>((resolve) => {
    const timer = seconds === undefined ? undefined : setTimeout(() => stop(), 1000 * seconds);
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
