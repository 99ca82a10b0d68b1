/** Octets behind the dictionary that come in before its beginning is moved to the front. */
const LEAST_SLACK = 1 << 22;
const FIRST = 1 << 16;

/** What an LZMA decoder has written, of which the last `dictionary` octets can be copied from. */
export interface LzmaWindow {
  /** Octets `[from, at)` are there to be copied from; the array moves when room is made. */
  octets: Uint8Array;
  at: number;
  /** Octets before it are of before the dictionary was reset. */
  from: number;
  /** Octets since the dictionary was reset. */
  position: number;
  readonly dictionary: number;
}

/** A window that takes memory as it fills, at most one and a half times the dictionary and 4 MiB. */
export function createLzmaWindow(dictionary: number): LzmaWindow {
  return { octets: new Uint8Array(FIRST), at: 0, from: 0, position: 0, dictionary };
}

/** Makes room for `size` octets more. */
export function makeRoom(window: LzmaWindow, size: number): void {
  const { octets, at, dictionary } = window;
  if (at + size <= octets.length) return;
  const most = dictionary + Math.max(dictionary >>> 1, LEAST_SLACK);
  if (octets.length < most) {
    window.octets = new Uint8Array(Math.min(most, Math.max(2 * octets.length, at + size)));
    window.octets.set(octets.subarray(0, at));
    if (at + size <= window.octets.length) return;
  }
  const start = Math.max(0, at - dictionary);
  window.octets.copyWithin(0, start, at);
  window.at = at - start;
  window.from = Math.max(0, window.from - start);
}

/** What was written is no longer to be copied from. */
export function resetDictionary(window: LzmaWindow): void {
  window.from = window.at;
  window.position = 0;
}
