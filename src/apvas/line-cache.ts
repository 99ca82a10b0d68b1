/** A bounded cache that forgets what was used longest ago; `onEvict` releases what an entry holds outside the heap. */
export interface LineCache<K extends object, V> {
  get(key: K, compute: () => V): V;
  readonly size: number;
}

/** `capacity` 0 computes every time. The lines of one key take about 50 kB, hence the bound. */
export function createLineCache<K extends object, V>(
  capacity: number,
  onEvict: (value: V) => void = () => {},
): LineCache<K, V> {
  if (!Number.isInteger(capacity) || capacity < 0) throw new RangeError(`capacity ${capacity}`);
  const entries = new Map<K, V>();
  return {
    get size() {
      return entries.size;
    },
    get(key, compute) {
      const known = entries.get(key);
      if (known !== undefined) {
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      const value = compute();
      if (capacity === 0) return value;
      entries.set(key, value);
      if (entries.size > capacity) {
        for (const [oldest, evicted] of entries) {
          entries.delete(oldest);
          onEvict(evicted);
          break;
        }
      }
      return value;
    },
  };
}
