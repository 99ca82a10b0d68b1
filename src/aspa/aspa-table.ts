import { type Asn, requireAsn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import { type AspaPayload, DEFAULT_MAX_PROVIDERS, sameProviders } from '../payload/index.js';
import { createNumberMap, type NumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { PackedTable } from './packed-table.js';
import { appendProviders } from './provider-list.js';
import type { Authorization } from './terms.js';

/** Room is made at once for as many as this; what calls itself longer is not believed before it is seen. */
const MOST_EXPECTED = 1 << 20;

/** What was done to the providers of a customer on the way into the table. */
export type TableNoteCode =
  | 'customer-zero'
  | 'over-limit'
  | 'as0-mixed'
  | 'self-provider'
  | 'empty-provider-list';

export interface TableNote {
  readonly customer: Asn;
  readonly code: TableNoteCode;
}

export interface AspaTableOptions extends SeedOptions {
  /** Customers whose U-SPAS is longer lose all their ASPAs (aspa-profile §5.5). Default 10,000. */
  readonly maxProviders?: number;
}

/** One entry: a customer and its U-SPAS, ascending, without AS 0. Empty for an AS0 ASPA. */
export interface AspaEntry {
  readonly customer: Asn;
  readonly providers: readonly Asn[];
}

/**
 * The table from CAS to U-SPAS (draft-28 §5.3), which may change while in use. Lists are stored without 0: an AS0 ASPA
 * is an entry of length zero, so that AS 0 can never match. Made by `createAspaTable`.
 */
export class AspaTable {
  readonly maxProviders: number;
  /** NON-SPEC: the storage, read by the fast verifier of this room. */
  readonly packed: PackedTable;
  #generation = 0;
  readonly #notes: NumberMap<Set<TableNoteCode>>;

  constructor(expected: number, maxProviders: number, seed?: number) {
    const hash = new SeededHash(seed);
    this.maxProviders = maxProviders;
    this.packed = new PackedTable(expected, hash);
    this.#notes = createNumberMap(hash);
  }

  /** Number of customers with an entry. */
  get size(): number {
    return this.packed.size;
  }

  /** Grows with every change of an entry: a verdict computed at another generation may be out of date. */
  get generation(): number {
    return this.#generation;
  }

  /** Slots that are looked at when every customer is looked for once. */
  get probes(): number {
    return this.packed.probes;
  }

  /** Bytes of the arrays that hold the table, all told and the part that is provider numbers. */
  get memory(): { readonly bytes: number; readonly providerBytes: number } {
    const { slots, marks, arena, providerCount } = this.packed;
    return {
      bytes: slots.byteLength + marks.byteLength + arena.byteLength,
      providerBytes: providerCount * 4,
    };
  }

  /** Customers that were refused, dropped, or whose lists were amended, in ascending order. */
  get notes(): readonly TableNote[] {
    const customers = [...this.#notes.keys()].sort((a, b) => (a < b ? -1 : 1));
    return customers.flatMap((customer) => this.notesOf(customer));
  }

  /** The notes of one customer. */
  notesOf(customer: Asn): readonly TableNote[] {
    return [...(this.#notes.get(customer) ?? [])].map((code) => ({ customer, code }));
  }

  /** Whether the customer has an entry (draft-28 §5.3); false answers `no-attestation`. */
  has(customer: Asn): boolean {
    return this.packed.find(customer) >= 0;
  }

  /** U-SPAS of `customer`, ascending and without AS 0; undefined without an entry. */
  providers(customer: Asn): readonly Asn[] | undefined {
    const slot = this.packed.find(customer);
    return slot < 0 ? undefined : Array.from(this.packed.list(slot));
  }

  /** authorized(customer, provider) of draft-28 §5.3. */
  authorized(customer: Asn, provider: Asn): Authorization {
    const slot = this.packed.find(customer);
    if (slot < 0) return 'no-attestation';
    return this.packed.holds(slot, provider) ? 'provider+' : 'not-provider+';
  }

  /**
   * Makes the providers of the payload the U-SPAS of its customer, in place of whatever it had, as an RTR announcement
   * does (8210bis §5.12). Where several sources attest one customer, the caller passes the union
   * (docs/decisions/aspa.md D-aspa-announce-replaces).
   *
   * @returns whether the entry is another one than before.
   * @throws {TypeError} for what is no payload; {@link RangeError} for a number that is no ASN.
   */
  announce(aspa: AspaPayload): boolean {
    requireObject(aspa, 'an ASPA', '{customer, providers}');
    const { customer, providers } = aspa;
    const before = this.#entry(customer);
    this.#notes.delete(customer);
    this.#write(customer, providers, -1);
    if (sameProviders(before, this.#entry(customer))) return false;
    this.#generation++;
    return true;
  }

  /**
   * Removes the entry of a customer, who alone identifies an ASPA; from now on it answers `no-attestation`.
   *
   * @returns whether there was one.
   * @throws {TypeError} for what is neither a payload nor an ASN; {@link RangeError} for a number that is no ASN.
   */
  withdraw(aspa: AspaPayload | Asn): boolean {
    const customer = typeof aspa === 'object' && aspa !== null ? aspa.customer : aspa;
    requireAsn(customer, 'customer');
    this.#notes.delete(customer);
    const removed = this.packed.remove(customer);
    if (removed) this.#generation++;
    return removed;
  }

  /** Adds the providers of one more ASPA to the union of its customer; used while a table is built. */
  unite(aspa: AspaPayload): void {
    requireObject(aspa, 'an ASPA', '{customer, providers}');
    if (this.#notes.size > 0 && this.#notes.get(aspa.customer)?.has('over-limit')) return;
    this.#write(aspa.customer, aspa.providers, this.packed.find(aspa.customer));
    this.#generation++;
  }

  /** Entries by customer ascending. Changing the table meanwhile is not supported. */
  *[Symbol.iterator](): Generator<AspaEntry> {
    const { packed } = this;
    const slots = [...packed.usedSlots()].sort((a, b) => (packed.slots[a] as Asn) - (packed.slots[b] as Asn));
    for (const slot of slots) {
      yield { customer: packed.slots[slot] as Asn, providers: Array.from(packed.list(slot)) };
    }
  }

  #entry(customer: Asn): AspaEntry | undefined {
    const providers = this.providers(customer);
    return providers && { customer, providers };
  }

  #write(customer: Asn, providers: readonly Asn[], earlier: number): void {
    requireAsn(customer, 'customer');
    if (!Array.isArray(providers)) {
      throw new TypeError(`the providers of AS${customer} are ${sayValue(providers)}, not a list of ASNs`);
    }
    if (customer === 0) {
      this.#note(customer, 'customer-zero'); // ASN.1: customerASID is 1..4294967295
      return;
    }
    if (providers.length === 0) this.#note(customer, 'empty-provider-list');
    const { packed } = this;
    const earlierWasEmpty = earlier >= 0 && packed.list(earlier).length === 0;
    const { start, zero, self } = appendProviders(packed, customer, providers, earlier);
    const length = packed.end - start;
    if (self) this.#note(customer, 'self-provider');
    const earlierWasAs0 = earlierWasEmpty && !this.#notes.has(customer);
    if (length > 0 && (zero || earlierWasAs0)) this.#note(customer, 'as0-mixed');
    if (length > this.maxProviders) {
      packed.end = start;
      packed.remove(customer);
      this.#note(customer, 'over-limit');
    } else {
      packed.put(customer, start);
    }
  }

  #note(customer: Asn, code: TableNoteCode): void {
    const codes = this.#notes.get(customer);
    if (codes) codes.add(code);
    else this.#notes.set(customer, new Set([code]));
  }
}

/**
 * Builds the U-SPAS table (draft-28 §5.3) from validated ASPA payloads in any order: the union of all ASPAs of a customer,
 * AS 0 without influence beside others, over-long unions dropped whole. AFI limits of old payloads are forgotten
 * (draft-28 §7.1). What was dropped or amended is told by `notes`.
 *
 * @throws {TypeError} for what is no list of payloads; {@link RangeError} for a number that is no ASN, or a `maxProviders` that is no positive integer.
 */
export function createAspaTable(aspas: Iterable<AspaPayload>, options: AspaTableOptions = {}): AspaTable {
  requireIterable(aspas, 'aspas', 'a list of payloads {customer, providers}');
  requireObject(options, 'the options', '{maxProviders, seed}');
  const maxProviders = options.maxProviders ?? DEFAULT_MAX_PROVIDERS;
  if (!Number.isInteger(maxProviders) || maxProviders < 1) {
    throw new RangeError(`maxProviders ${sayValue(maxProviders)} is not a positive integer`);
  }
  const table = new AspaTable(expectedOf(aspas), maxProviders, options.seed);
  for (const aspa of aspas) table.unite(aspa);
  table.packed.compact();
  table.packed.settle();
  return table;
}

/** How many there will be, where the list says it: a table that need not grow is built in half the time. */
function expectedOf(aspas: Iterable<AspaPayload>): number {
  const { length, size } = aspas as { readonly length?: unknown; readonly size?: unknown };
  const count = length ?? size;
  return Number.isInteger(count) ? Math.min(Math.max(count as number, 0), MOST_EXPECTED) : 0;
}
