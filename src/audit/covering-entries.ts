import type { Asn } from '../inet/index.js';
import type { VrpArena } from '../payload/index.js';
import { createNumberMap, type NumberMap, type SeededHash } from '../tables/index.js';

/** VRPs of one prefix that are looked through one by one; of more an index by AS is made. */
const FEW = 24;

/** The VRPs of a family that cover prefixes, by their entries; however many stand on one prefix, each look is short. */
export class CoveringEntries {
  readonly #arena: VrpArena;
  readonly #hash: SeededHash;
  readonly #long = new Map<number, NumberMap<number[]>>();

  constructor(arena: VrpArena, hash: SeededHash) {
    this.#arena = arena;
    this.#hash = hash;
  }

  /** The first entries of the prefixes of VRPs that cover the prefix, longest first. */
  *heads(octets: Uint8Array, length: number): Generator<number> {
    for (let head = this.#arena.longestCovering(octets, length); head >= 0; ) {
      yield head;
      head = this.#arena.longestCovering(octets, this.#arena.length(head) - 1);
    }
  }

  /** The entries of an AS among those that begin with `head`. */
  of(head: number, asn: Asn): readonly number[] {
    const known = this.#long.get(head);
    if (known) return known.get(asn) ?? [];
    const found: number[] = [];
    let walked = 0;
    for (let entry = head; entry >= 0; entry = this.#arena.next(entry)) {
      if (this.#arena.asn(entry) === asn) found.push(entry);
      if (++walked > FEW) return this.#index(head).get(asn) ?? [];
    }
    return found;
  }

  #index(head: number): NumberMap<number[]> {
    const byAsn = createNumberMap<number[]>(this.#hash);
    for (let entry = head; entry >= 0; entry = this.#arena.next(entry)) {
      const asn = this.#arena.asn(entry);
      const list = byAsn.get(asn);
      if (list) list.push(entry);
      else byAsn.set(asn, [entry]);
    }
    this.#long.set(head, byAsn);
    return byAsn;
  }
}
