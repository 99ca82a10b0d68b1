import type { Asn } from '../inet/index.js';
import { numberHash, type SeededHash } from '../tables/index.js';

/** No place. */
export const NO_PLACE = 0xffff_ffff;
const SMALLEST = 1 << 7;

/** A place for each of many ASNs, packed: ASN and place side by side, found by open addressing under the seed. */
export class AsnPlaces {
  readonly #multiplier: number;
  #cells = emptyCells(SMALLEST);
  #used = 0;

  constructor(hash: SeededHash) {
    this.#multiplier = hash.multiplier;
  }

  /** Octets of the packed array. */
  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** The place of the ASN, {@link NO_PLACE} where it has none. */
  get(asn: Asn): number {
    return this.#cells[this.#slot(asn) + 1] as number;
  }

  /** Gives the ASN another place; the one that it had. */
  exchange(asn: Asn, place: number): number {
    let at = this.#slot(asn);
    const before = this.#cells[at + 1] as number;
    if (before === NO_PLACE) {
      this.#used++;
      if (this.#used * 3 > this.#cells.length) {
        this.#grow();
        at = this.#slot(asn);
      }
      this.#cells[at] = asn;
    }
    this.#cells[at + 1] = place;
    return before;
  }

  /** Forgets all. */
  clear(): void {
    this.#cells = emptyCells(SMALLEST);
    this.#used = 0;
  }

  /** Where the cells of the ASN stand, or those that it would have. */
  #slot(asn: Asn): number {
    const cells = this.#cells;
    const mask = cells.length - 2;
    let at = (numberHash(asn, this.#multiplier) << 1) & mask;
    while (cells[at + 1] !== NO_PLACE && cells[at] !== asn) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = emptyCells(old.length);
    for (let from = 0; from < old.length; from += 2) {
      const place = old[from + 1] as number;
      if (place === NO_PLACE) continue;
      const at = this.#slot(old[from] as number);
      this.#cells[at] = old[from] as number;
      this.#cells[at + 1] = place;
    }
  }
}

/** Two cells each for `slots` ASNs without a place. */
function emptyCells(slots: number): Uint32Array {
  return new Uint32Array(2 * slots).fill(NO_PLACE);
}
