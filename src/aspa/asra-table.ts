import { type Asn, requireAsn, requireIterable, requireObject } from '../inet/index.js';
import type { AsraPayload } from '../payload/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { PackedTable } from './packed-table.js';
import { appendProviders } from './provider-list.js';

/** What an AS says of another one by its ASRAs. */
export type AsraListing = 'no-asra' | 'listed' | 'not-listed';

/** One entry: an AS and its customers and lateral peers, ascending, without AS 0. */
export interface AsraEntry {
  readonly asn: Asn;
  readonly neighbors: readonly Asn[];
}

/**
 * The ASes that an AS has registered as customers or lateral peers: one list an AS, of its ASRA3 alone where there is one, else of its
 * ASRA1 and ASRA2 together (asra-verification §3; what there is of the two counts,
 * docs/decisions/aspa.md D-asra-one-subcategory). Whether the AS has an ASPA, without which its ASRAs are unusable, is asked
 * by the procedures. Made by `createAsraTable`.
 */
export class AsraTable {
  /** NON-SPEC: the storage, read by the fast reading of this room. */
  readonly packed: PackedTable;

  constructor(packed: PackedTable) {
    this.packed = packed;
  }

  /** Number of ASes with an entry. */
  get size(): number {
    return this.packed.size;
  }

  /** Slots that are looked at when every AS is looked for once. */
  get probes(): number {
    return this.packed.probes;
  }

  /** Customers and lateral peers of `asn`, ascending and without AS 0; undefined without an ASRA. */
  neighbors(asn: Asn): readonly Asn[] | undefined {
    const slot = this.packed.find(asn);
    return slot < 0 ? undefined : Array.from(this.packed.list(slot));
  }

  /** Whether `asn` has ASRAs, and whether they list `other` (asra-verification §4). */
  listing(asn: Asn, other: Asn): AsraListing {
    const slot = this.packed.find(asn);
    if (slot < 0) return 'no-asra';
    return this.packed.holds(slot, other) ? 'listed' : 'not-listed';
  }

  /** Entries by AS ascending. */
  *[Symbol.iterator](): Generator<AsraEntry> {
    const { packed } = this;
    const slots = [...packed.usedSlots()].sort((a, b) => (packed.slots[a] as Asn) - (packed.slots[b] as Asn));
    for (const slot of slots) {
      yield { asn: packed.slots[slot] as Asn, neighbors: Array.from(packed.list(slot)) };
    }
  }
}

/**
 * Builds the table from validated ASRA payloads in any order (asra-verification §3). A signer AS 0, which no
 * AS is, is passed over; so are AS 0 beside others in a list, and the signer itself.
 *
 * @throws {TypeError} for what is no list of payloads; {@link RangeError} for a number that is no ASN or no subcategory.
 */
export function createAsraTable(asras: Iterable<AsraPayload>, options: SeedOptions = {}): AsraTable {
  requireIterable(asras, 'asras', 'a list of payloads {asn, subcategory, neighbors}');
  requireObject(options, 'the options', '{seed}');
  const all = [...asras];
  const hash = new SeededHash(options.seed);
  const combined = createNumberMap<true>(hash);
  for (const asra of all) {
    requirePayload(asra);
    if (asra.subcategory === 3) combined.set(asra.asn, true);
  }
  const packed = new PackedTable(all.length, hash);
  for (const { asn, subcategory, neighbors } of all) {
    // §3: with an ASRA3 the other two are ignored.
    if (asn === 0 || (subcategory !== 3 && combined.has(asn))) continue;
    packed.put(asn, appendProviders(packed, asn, neighbors, packed.find(asn)).start);
  }
  packed.compact();
  packed.settle();
  return new AsraTable(packed);
}

function requirePayload(asra: AsraPayload): void {
  requireObject(asra, 'an ASRA', '{asn, subcategory, neighbors}');
  const { asn, subcategory, neighbors } = asra;
  requireAsn(asn, 'the signer of an ASRA');
  if (subcategory !== 1 && subcategory !== 2 && subcategory !== 3) {
    throw new RangeError(`ASRA subcategory ${String(subcategory)} of AS${asn} is none of 1, 2, 3`);
  }
  requireIterable(neighbors, `the neighbours of AS${asn}`, 'a list of ASNs');
  for (const neighbor of neighbors) requireAsn(neighbor, `neighbour of AS${asn}:`);
}
