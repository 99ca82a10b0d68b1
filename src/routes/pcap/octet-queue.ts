/** Octets of a stream that stand in a row, of which each knows its place in the input. */
export interface OctetQueue {
  /** The octets are `octets[start, end)`; the array is another one after `push`. */
  readonly octets: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** Adds octets that begin at `place` of the input; copied. */
  push(octets: Uint8Array, place: number): void;
  /** Drops the first `count`. */
  drop(count: number): void;
  /** Where the octet with this index of the array stands in the input; behind the last one, where the next would. */
  placeOf(index: number): number;
}

const SMALLEST = 4096;

/** An empty {@link OctetQueue}. */
export function createOctetQueue(): OctetQueue {
  let octets = new Uint8Array(0);
  let start = 0;
  let end = 0;
  let dropped = 0; // octets of the stream before index 0
  let pieces: { readonly from: number; readonly place: number }[] = []; // `from` counts octets of the stream
  return {
    get octets() {
      return octets;
    },
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    get length() {
      return end - start;
    },
    push(chunk, place) {
      if (end + chunk.length > octets.length) {
        const needed = end - start + chunk.length;
        // Twice the need, so that many small pieces cost linear time in total.
        const target = 2 * needed > octets.length ? new Uint8Array(Math.max(SMALLEST, 2 * needed)) : octets;
        target.set(octets.subarray(start, end));
        octets = target;
        dropped += start;
        end -= start;
        start = 0;
      }
      pieces.push({ from: dropped + end, place });
      octets.set(chunk, end);
      end += chunk.length;
    },
    drop(count) {
      start += count;
      if (start === end) pieces = [];
      else if (pieces.length > 1) {
        let whole = 0;
        while (whole + 1 < pieces.length && (pieces[whole + 1]?.from as number) <= dropped + start) whole++;
        if (whole > 0) pieces.splice(0, whole);
      }
    },
    placeOf(index) {
      const at = dropped + index;
      let piece = pieces[0];
      for (const next of pieces) if (next.from <= at) piece = next;
      return piece === undefined ? 0 : piece.place + at - piece.from;
    },
  };
}
