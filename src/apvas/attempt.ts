/** The value of `decode`, or undefined when it throws: for libraries that answer "no" by an exception. */
export function attempt<V>(decode: () => V): V | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
