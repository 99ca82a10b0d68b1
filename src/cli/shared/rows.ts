import type { Rows } from '../../audit/index.js';

/** The first rows of a list, at most `limit`, each turned into something else when it is read. */
export function firstRows<T, U>(rows: Rows<T>, limit: number, convert: (row: T) => U): Rows<U> {
  const length = Math.min(rows.length, limit);
  return {
    length,
    *[Symbol.iterator]() {
      let left = length;
      for (const row of rows) {
        if (left-- <= 0) return;
        yield convert(row);
      }
    },
  };
}
