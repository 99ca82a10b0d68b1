import {
  AFI_IPV4,
  AFI_IPV6,
  type Afi,
  type Prefix,
  requireIterable,
  requireObject,
  requirePrefix,
} from '../inet/index.js';
import { SeededHash, type SeedOptions } from '../tables/index.js';
import { requireVrp } from './check-payload.js';
import type { KindLoader, KindStore } from './keyed-store.js';
import type { Vrp } from './payload.js';
import { leading, wordOf } from './prefix-words.js';
import { type PackedVrps, type SharedVrps, sharedCopy } from './shared-vrps.js';
import { VrpArena } from './vrp-arena.js';
import { outranks, VrpNotes } from './vrp-notes.js';
import { sortedEntries } from './vrp-order.js';
import { type PackedRows, VrpRows } from './vrp-rows.js';

/**
 * A set of VRPs, packed, open to change at any time. The identity of a VRP is (prefix, maxLength, asn); `expires` and
 * `ta` are notes. Iteration gives fresh values in no particular order; {@link VrpStore.sorted} a stable one.
 */
export interface VrpStore extends KindStore<Vrp, Vrp> {
  /** Number of VRPs. */
  readonly size: number;
  /** Goes up with every change of the set of identities. */
  readonly generation: number;
  /** Octets of the packed arrays. */
  readonly bytes: number;
  /** Slots that are looked at when every prefix and every VRP is looked for once: about two for each. */
  readonly probes: number;
  /**
   * Adds a VRP; false when it was there. What is noted about a VRP that comes several times does not depend on the
   * order: the latest expiry, unknown counting as the latest, and of equal ones the first trust anchor by name.
   *
   * @throws {TypeError} for what is no VRP; {@link RangeError} when `maxLength` or `asn` is impossible for the prefix.
   */
  announce(vrp: Vrp): boolean;
  /** Removes a VRP; false when it was not there. */
  withdraw(vrp: Vrp): boolean;
  has(vrp: Vrp): boolean;
  /** The same as {@link VrpStore.has}: a VRP is its identity. */
  holds(vrp: Vrp): boolean;
  /** Announces each. */
  unite(vrps: Iterable<Vrp>): void;
  /** The VRPs whose prefix covers `prefix` (RFC 6811 §2), from the longest to the shortest, then by maxLength, ASN. */
  covering(prefix: Prefix): Vrp[];
  /** By family, address, length, maxLength, ASN. The store must not change meanwhile. */
  sorted(): IterableIterator<Vrp>;
  /** What the VRPs attest, as they are now, in memory that threads share: for {@link openVrpStore}. */
  share(): SharedVrps;
  /** The packed entries of a family, for verifiers. To be changed through the store only. */
  family(afi: Afi): VrpArena;
}

/** A store of the given VRPs. */
export function createVrpStore(vrps: Iterable<Vrp> = [], options: SeedOptions = {}): VrpStore {
  const loader = createVrpLoader(options);
  for (const vrp of requireVrps(vrps)) loader.add(vrp);
  return loader.finish();
}

/** Takes VRPs one by one for a store that is made of all of them at once, in less time than by announcing each. */
export function createVrpLoader({ seed }: SeedOptions = {}): KindLoader<Vrp, VrpStore> {
  const hash = new SeededHash(seed);
  const ipv4 = { rows: new VrpRows(AFI_IPV4), notes: new VrpNotes() };
  const ipv6 = { rows: new VrpRows(AFI_IPV6), notes: new VrpNotes() };
  return {
    add(vrp) {
      requireVrp(vrp);
      const { prefix, maxLength, asn } = vrp;
      const { octets, length } = prefix;
      const { rows, notes } = prefix.afi === AFI_IPV4 ? ipv4 : ipv6;
      const w0 = leading(wordOf(octets, 0), length);
      const w1 = length > 32 ? leading(wordOf(octets, 4), length - 32) : 0;
      const w2 = length > 64 ? leading(wordOf(octets, 8), length - 64) : 0;
      const w3 = length > 96 ? leading(wordOf(octets, 12), length - 96) : 0;
      rows.append(w0, w1, w2, w3, length, maxLength, asn);
      notes.set(rows.size - 1, vrp.expires, vrp.ta, rows.capacity);
    },
    finish() {
      const families = [ipv4, ipv6].map(({ rows, notes }) => {
        const { capacity } = rows;
        const noted = (row: number) => ({ expires: notes.expires(row), ta: notes.ta(row) });
        const put = (row: number, to: number): void =>
          notes.set(to, notes.expires(row), notes.ta(row), capacity);
        const same = (kept: number, row: number): void => {
          if (outranks(noted(row), notes.expires(kept), notes.ta(kept))) put(row, kept);
        };
        const packed = rows.pack(hash, same, put);
        notes.trim(rows.capacity);
        return { notes, ...packed };
      });
      return adoptVrpStore(hash, families);
    },
  };
}

/**
 * The VRPs that `VrpStore.share` put into memory that threads share, read there without a copy and without their notes.
 * `announce` and `withdraw` throw a {@link TypeError}: others read the same memory.
 *
 * @throws {TypeError} for what is not such a value.
 */
export function openVrpStore(shared: SharedVrps): VrpStore {
  requireObject(shared, 'the shared VRPs', 'what VrpStore.share made');
  requireIterable(shared.families, 'the families of the shared VRPs', 'what VrpStore.share made');
  const { seed, families } = shared;
  return new PackedVrpStore(new SeededHash(seed), { families, readOnly: true });
}

/** The packed arrays of a family that a store takes for its own, and what is noted of their entries. */
export interface OwnVrps extends PackedRows {
  readonly notes: VrpNotes;
}

/** A store of what stands in the arrays, whose indexes are by `hash`. */
export function adoptVrpStore(hash: SeededHash, families: readonly OwnVrps[]): VrpStore {
  return new PackedVrpStore(hash, { families, readOnly: false });
}

function requireVrps(vrps: Iterable<Vrp>): Iterable<Vrp> {
  requireIterable(vrps, 'vrps', 'a list of VRPs {prefix, maxLength, asn}');
  return vrps;
}

/** Arrays to begin with: those that others read too have neither notes nor what is needed to change them. */
interface GivenVrps {
  readonly families: readonly (PackedVrps & Pick<OwnVrps, 'afi'> & Partial<OwnVrps>)[];
  readonly readOnly: boolean;
}

class PackedVrpStore implements VrpStore {
  generation = 0;
  readonly #ipv4: VrpArena;
  readonly #ipv6: VrpArena;
  readonly #notes4: VrpNotes;
  readonly #notes6: VrpNotes;

  readonly #seed: number;
  readonly #readOnly: boolean;

  constructor(hash: SeededHash, { families, readOnly }: GivenVrps) {
    this.#ipv4 = new VrpArena(AFI_IPV4, hash);
    this.#ipv6 = new VrpArena(AFI_IPV6, hash);
    this.#seed = hash.seed;
    this.#readOnly = readOnly;
    for (const one of families) this.family(one.afi).adopt(one, one.prefixes);
    const notes = (afi: Afi): VrpNotes => families.find((one) => one.afi === afi)?.notes ?? new VrpNotes();
    this.#notes4 = notes(AFI_IPV4);
    this.#notes6 = notes(AFI_IPV6);
    if (!readOnly) this.generation = this.size;
  }

  share(): SharedVrps {
    const families = [this.#ipv4, this.#ipv6].map(({ afi, packed }) => ({ afi, ...sharedCopy(packed) }));
    return { seed: this.#seed, families };
  }

  get probes(): number {
    return this.#ipv4.probes + this.#ipv6.probes;
  }

  get size(): number {
    return this.#ipv4.size + this.#ipv6.size;
  }

  get bytes(): number {
    return this.#ipv4.bytes + this.#ipv6.bytes + this.#notes4.bytes + this.#notes6.bytes;
  }

  family(afi: Afi): VrpArena {
    return afi === AFI_IPV4 ? this.#ipv4 : this.#ipv6;
  }

  announce(vrp: Vrp): boolean {
    requireVrp(vrp);
    this.#requireOwn();
    const { prefix, maxLength, asn } = vrp;
    const arena = this.family(prefix.afi);
    const notes = this.#notes(prefix.afi);
    const entry = arena.add(prefix.octets, prefix.length, maxLength, asn);
    if (entry >= 0) {
      notes.set(entry, vrp.expires, vrp.ta, arena.capacity);
      this.generation++;
      return true;
    }
    const known = arena.find(prefix.octets, prefix.length, maxLength, asn);
    if (outranks(vrp, notes.expires(known), notes.ta(known))) {
      notes.set(known, vrp.expires, vrp.ta, arena.capacity);
    }
    return false;
  }

  withdraw(vrp: Vrp): boolean {
    requireVrp(vrp);
    this.#requireOwn();
    const { prefix, maxLength, asn } = vrp;
    const removed = this.family(prefix.afi).remove(prefix.octets, prefix.length, maxLength, asn);
    if (removed) this.generation++;
    return removed;
  }

  has(vrp: Vrp): boolean {
    requireVrp(vrp);
    const { prefix, maxLength, asn } = vrp;
    return this.family(prefix.afi).find(prefix.octets, prefix.length, maxLength, asn) >= 0;
  }

  holds(vrp: Vrp): boolean {
    return this.has(vrp);
  }

  unite(vrps: Iterable<Vrp>): void {
    for (const vrp of requireVrps(vrps)) this.announce(vrp);
  }

  covering(prefix: Prefix): Vrp[] {
    requirePrefix(prefix, 'the prefix');
    const arena = this.family(prefix.afi);
    const found: Vrp[] = [];
    let head = arena.longestCovering(prefix.octets, prefix.length);
    while (head >= 0) {
      const chain: Vrp[] = [];
      for (let entry = head; entry >= 0; entry = arena.next(entry)) {
        chain.push(vrpOf(arena, this.#notes(prefix.afi), entry));
      }
      chain.sort((a, b) => a.maxLength - b.maxLength || a.asn - b.asn);
      for (const vrp of chain) found.push(vrp);
      head = arena.longestCovering(prefix.octets, arena.length(head) - 1);
    }
    return found;
  }

  *[Symbol.iterator](): IterableIterator<Vrp> {
    for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
      const arena = this.family(afi);
      for (let entry = 0; entry < arena.end; entry++) {
        if (arena.isUsed(entry)) yield vrpOf(arena, this.#notes(afi), entry);
      }
    }
  }

  *sorted(): IterableIterator<Vrp> {
    for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
      const arena = this.family(afi);
      for (const entry of sortedEntries(arena)) yield vrpOf(arena, this.#notes(afi), entry);
    }
  }

  #requireOwn(): void {
    if (this.#readOnly) throw new TypeError('the VRPs are in memory that others read: they cannot change');
  }

  #notes(afi: Afi): VrpNotes {
    return afi === AFI_IPV4 ? this.#notes4 : this.#notes6;
  }
}

function vrpOf(arena: VrpArena, notes: VrpNotes, entry: number): Vrp {
  const prefix = { afi: arena.afi, octets: arena.octets(entry), length: arena.length(entry) };
  const maxLength = arena.maxLength(entry);
  const asn = arena.asn(entry);
  const expires = notes.expires(entry);
  const ta = notes.ta(entry);
  // Written out: spreading takes several times as long.
  if (expires === undefined) {
    return ta === undefined ? { prefix, maxLength, asn } : { prefix, maxLength, asn, ta };
  }
  return ta === undefined ? { prefix, maxLength, asn, expires } : { prefix, maxLength, asn, expires, ta };
}
