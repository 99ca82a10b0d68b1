/** Work on a text that comes in pieces: it yields where it wants more of the text (`JsonScanner.feed`). */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs steps over a text that is there whole. */
export function wholeText<T>(steps: Steps<T>): T {
  const step = steps.next();
  if (!step.done) throw new Error('the text is whole, and yet more of it is wanted');
  return step.value;
}
