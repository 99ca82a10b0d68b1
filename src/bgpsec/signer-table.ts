import { toHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';

/** Numbers for the pairs (AS, SKI) that occur in stored routes: 24 octets once instead of in every route. */
export interface SignerTable {
  readonly size: number;
  /** The number of the pair, a new one if need be. */
  intern(asn: Asn, ski: Uint8Array): number;
  asnOf(index: number): Asn;
  /** A copy. */
  skiOf(index: number): Uint8Array;
  /** Octets allocated, the index of names estimated at 120 octets an entry. */
  readonly allocated: number;
}

const INDEX_ENTRY = 120;

/** An empty table. */
export function createSignerTable(): SignerTable {
  const names = new Map<string, number>();
  let asns = new Uint32Array(64);
  let skis = new Uint8Array(64 * 20);
  return {
    get size() {
      return names.size;
    },
    get allocated() {
      return asns.byteLength + skis.byteLength + INDEX_ENTRY * names.size;
    },
    intern: (asn, ski) => {
      const name = `${asn} ${toHex(ski)}`;
      const known = names.get(name);
      if (known !== undefined) return known;
      const index = names.size;
      if (index === asns.length) {
        const moreAsns = new Uint32Array(2 * index);
        moreAsns.set(asns);
        asns = moreAsns;
        const moreSkis = new Uint8Array(40 * index);
        moreSkis.set(skis);
        skis = moreSkis;
      }
      names.set(name, index);
      asns[index] = asn;
      skis.set(ski, 20 * index);
      return index;
    },
    asnOf: (index) => asns[index] as number,
    skiOf: (index) => skis.slice(20 * index, 20 * index + 20),
  };
}
