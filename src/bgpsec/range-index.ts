import type { Asn } from '../inet/index.js';

/** A range of ASNs, both ends included. */
interface AsnRange {
  readonly min: Asn;
  readonly max: Asn;
}

/**
 * Ranges by the ASNs they contain, found without looking at the others: sorted by their beginning, with the greatest end
 * of each half, quarter and so on beside them. Made anew after a change, by whoever asks next.
 */
export class RangeIndex<R extends AsnRange> {
  readonly #ranges: R[] = [];
  #sorted: R[] | undefined;
  /** Greatest end in the subtree whose root is the middle of a stretch, by the index of that middle. */
  #ends: number[] = [];

  get size(): number {
    return this.#ranges.length;
  }

  add(range: R): void {
    this.#ranges.push(range);
    this.#sorted = undefined;
  }

  /** Removes the range, an object that was added. */
  remove(range: R): void {
    const at = this.#ranges.indexOf(range);
    if (at < 0) return;
    this.#ranges.splice(at, 1);
    this.#sorted = undefined;
  }

  /** Calls back for each range that contains the ASN, by beginning ascending. */
  containing(asn: Asn, visit: (range: R) => void): void {
    const sorted = this.#sorted ?? this.#sort();
    const walk = (from: number, to: number): void => {
      if (from >= to) return;
      const middle = (from + to) >>> 1;
      if ((this.#ends[middle] as number) < asn) return;
      walk(from, middle);
      const range = sorted[middle] as R;
      if (range.min > asn) return;
      if (range.max >= asn) visit(range);
      walk(middle + 1, to);
    };
    walk(0, sorted.length);
  }

  #sort(): R[] {
    const sorted = this.#ranges.toSorted((a, b) => a.min - b.min || a.max - b.max);
    const ends = new Array<number>(sorted.length);
    const endOf = (from: number, to: number): number => {
      if (from >= to) return -1;
      const middle = (from + to) >>> 1;
      const end = Math.max((sorted[middle] as R).max, endOf(from, middle), endOf(middle + 1, to));
      ends[middle] = end;
      return end;
    };
    endOf(0, sorted.length);
    this.#sorted = sorted;
    this.#ends = ends;
    return sorted;
  }
}
