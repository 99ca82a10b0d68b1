import { AFI_IPV4, AFI_IPV6, type Afi, type Prefix } from '../../inet/index.js';
import { createSlotTable, reserveSlot, SeededHash, type SeedOptions } from '../../tables/index.js';
import { createPrefixSet } from './prefix-set.js';

/** Octets of a stored prefix: an address of IPv6, and a length. */
const PREFIX = 17;
const NONE = -1;

/**
 * Routes that wait for others with equal attributes, packed: many short arrays would keep the garbage collector busier than
 * the writing is.
 */
export interface UpdateWindow {
  /** Routes in it. */
  readonly size: number;
  /** Octets of attributes in it. */
  readonly octets: number;
  /** Adds a route of `attributes[0, length)`. */
  add(prefix: Prefix, attributes: Uint8Array, length: number): void;
  /**
   * Gives the groups with equal attributes, and empties the window: of one prefix the routes in the order of their arrival. The
   * octets of a group are NLRI (RFC 4271 §4.3), valid during the call.
   */
  take(group: (afi: Afi, attributes: Uint8Array, nlri: Nlris) => void): void;
}

/** Prefixes as NLRI, one behind the other. */
export interface Nlris {
  readonly octets: Uint8Array;
  /** Where each of them ends. */
  readonly ends: readonly number[];
}

/** An empty window for at most `capacity` routes. */
export function createUpdateWindow(capacity: number, { seed }: SeedOptions): UpdateWindow {
  const hash = new SeededHash(seed);
  const seen = {
    [AFI_IPV4]: createPrefixSet(AFI_IPV4, { seed }),
    [AFI_IPV6]: createPrefixSet(AFI_IPV6, { seed }),
  };
  /** How often each prefix has come: its routes go out in so many waves. */
  const times = { [AFI_IPV4]: new Int32Array(capacity), [AFI_IPV6]: new Int32Array(capacity) };
  const prefixes = new Uint8Array(capacity * PREFIX);
  /** By route: the next one of its group. */
  const next = new Int32Array(capacity);
  let size = 0;
  /** By group: hash, end of its attributes, wave, family, first and last route. */
  let groups = 0;
  const hashes = new Int32Array(capacity);
  const ends = new Int32Array(capacity);
  const waves = new Int32Array(capacity);
  const afis = new Uint8Array(capacity);
  const heads = new Int32Array(capacity);
  const tails = new Int32Array(capacity);
  let table = createSlotTable();
  let arena = new Uint8Array(1 << 16);
  const hashOf = (group: number): number => hashes[group] as number;
  const startOf = (group: number): number => (group === 0 ? 0 : (ends[group - 1] as number));

  const equals = (group: number, attributes: Uint8Array, length: number): boolean => {
    const start = startOf(group);
    if ((ends[group] as number) - start !== length) return false;
    for (let i = 0; i < length; i++) if (arena[start + i] !== attributes[i]) return false;
    return true;
  };
  const groupOf = (afi: Afi, wave: number, attributes: Uint8Array, length: number): number => {
    const filed = (hash.octets(attributes, 0, length) ^ (wave << 1) ^ afi) | 0;
    reserveSlot(table, hashOf);
    const mask = table.slots.length - 1;
    let at = filed & mask;
    for (; table.slots[at] !== NONE; at = (at + 1) & mask) {
      const group = table.slots[at] as number;
      const same = hashes[group] === filed && waves[group] === wave && afis[group] === afi;
      if (same && equals(group, attributes, length)) return group;
    }
    table.slots[at] = groups;
    table.used++;
    const start = startOf(groups);
    if (start + length > arena.length) {
      const larger = new Uint8Array(Math.max(2 * arena.length, start + length));
      larger.set(arena);
      arena = larger;
    }
    for (let i = 0; i < length; i++) arena[start + i] = attributes[i] as number;
    hashes[groups] = filed;
    ends[groups] = start + length;
    waves[groups] = wave;
    afis[groups] = afi;
    heads[groups] = NONE;
    return groups++;
  };
  const nlrisOf = (group: number): Nlris => {
    const places: number[] = [];
    const octets: number[] = [];
    for (let route = heads[group] as number; route !== NONE; route = next[route] as number) {
      const at = route * PREFIX;
      const length = prefixes[at] as number;
      for (let i = 0; i <= (length + 7) >> 3; i++) octets.push(prefixes[at + i] as number);
      places.push(octets.length);
    }
    return { octets: Uint8Array.from(octets), ends: places };
  };
  return {
    get size() {
      return size;
    },
    get octets() {
      return startOf(groups);
    },
    add({ afi, octets, length }, attributes, attributesLength) {
      const place = seen[afi].add({ afi, octets, length });
      const wave = times[afi][place] as number;
      times[afi][place] = wave + 1;
      const group = groupOf(afi, wave, attributes, attributesLength);
      const route = size++;
      prefixes[route * PREFIX] = length;
      prefixes.set(octets, route * PREFIX + 1);
      next[route] = NONE;
      if (heads[group] === NONE) heads[group] = route;
      else next[tails[group] as number] = route;
      tails[group] = route;
    },
    take(give) {
      const order = Array.from({ length: groups }, (_, group) => group);
      order.sort((a, b) => (waves[a] as number) - (waves[b] as number));
      for (const group of order) {
        give(afis[group] as Afi, arena.subarray(startOf(group), ends[group]), nlrisOf(group));
      }
      for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
        times[afi].fill(0, 0, seen[afi].size);
        seen[afi].clear();
      }
      table = createSlotTable();
      size = groups = 0;
    },
  };
}
