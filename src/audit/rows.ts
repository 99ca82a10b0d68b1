/**
 * A list whose members are made whenever they are read, so that it takes no memory for them; it can be read more than
 * once. Every array is such a list.
 */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
}

/** The list of `make(0)` to `make(length - 1)`; `JSON.stringify` writes it as an array. */
export function rowsOf<T>(length: number, make: (index: number) => T): Rows<T> & { toJSON(): T[] } {
  return {
    length,
    *[Symbol.iterator]() {
      for (let i = 0; i < length; i++) yield make(i);
    },
    toJSON() {
      return [...this];
    },
  };
}
