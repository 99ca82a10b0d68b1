/** The last of many values. */
export interface Ring<T> {
  readonly size: number;
  /** Takes a value in, and lets the oldest go where there are too many. */
  push(value: T): void;
  /** All that are there, oldest first; they are there no more afterwards. */
  take(): T[];
  /** All that are there, oldest first. */
  values(): T[];
}

/** Room for `capacity` values. */
export function createRing<T>(capacity: number): Ring<T> {
  let kept: T[] = [];
  /** Where the oldest is, once the ring is full. */
  let oldest = 0;
  const values = (): T[] => [...kept.slice(oldest), ...kept.slice(0, oldest)];
  return {
    get size() {
      return kept.length;
    },
    push(value) {
      if (kept.length < capacity) {
        kept.push(value);
        return;
      }
      kept[oldest] = value;
      oldest = (oldest + 1) % capacity;
    },
    take() {
      const all = values();
      kept = [];
      oldest = 0;
      return all;
    },
    values,
  };
}
