import type { Routing } from './routing.js';

/** The ASes that may send on what they have, by length of path: the last one of each length, and for each the one before it. */
export class Queue {
  readonly #heads: number[] = [];
  readonly #before: Int32Array;
  readonly #lengths: Int32Array;

  constructor({ before, length }: Routing) {
    this.#before = before;
    this.#lengths = length;
  }

  /** One more than the largest length. */
  get levels(): number {
    return this.#heads.length;
  }

  /** An AS whose path has that length; -1 without. */
  first(length: number): number {
    return this.#heads[length] ?? -1;
  }

  /** The next one of the same length; -1 without. */
  after(at: number): number {
    return this.#before[at] as number;
  }

  /** Takes an AS in, by the length that its path has now. */
  add(at: number): void {
    const length = this.#lengths[at] as number;
    while (this.#heads.length <= length) this.#heads.push(-1);
    this.#before[at] = this.#heads[length] as number;
    this.#heads[length] = at;
  }
}

/** An announcement of a fixed route to one neighbour. */
export interface FixedOffer {
  readonly row: number;
  readonly sender: number;
  readonly to: number;
  readonly length: number;
}

/** The announcements of fixed routes along one kind of link, the shortest first. */
export function fixedBySize({ count, length, plan }: Routing, relation: number): FixedOffer[] {
  const offers: FixedOffer[] = [];
  for (const { as: sender, exports } of plan.fixed.values()) {
    for (const [to, one] of exports) {
      if (one.relation !== relation) continue;
      const row = count + one.announcement;
      offers.push({ row, sender, to, length: length[row] as number });
    }
  }
  return offers.sort((a, b) => a.length - b.length);
}
