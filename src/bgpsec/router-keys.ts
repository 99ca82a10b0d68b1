import { compareOctets, equalOctets } from '../bytes/index.js';
import { type Asn, isAsn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { RouterKey } from '../payload/index.js';
import { HashedMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requireOctets } from './check-arguments.js';
import { createOctetPool } from './octet-pool.js';
import { RangeIndex } from './range-index.js';
import { isForeignSki } from './spki.js';

/**
 * A public key certified for a range of ASNs under one SKI (RFC 8209 §3.1.3.5); ranges stay ranges
 * (D-bgpsec-key-ranges).
 */
export interface RouterKeyRange {
  readonly min: Asn;
  readonly max: Asn;
  readonly ski: Uint8Array;
  readonly spki: Uint8Array;
}

/** One entry of the table that a change added or took away. */
export interface RouterKeyChange {
  readonly min: Asn;
  readonly max: Asn;
  readonly ski: Uint8Array;
}

/**
 * The valid router keys of a verifier: (AS, SKI) to public keys. Several keys may stand under one (AS, SKI); all of
 * them count (RFC 8205 §5.2 step 2, docs/decisions/bgpsec.md D-bgpsec-keys-of-one-ski). The table knows no time:
 * whoever makes the payloads judges expiry and revocation.
 */
export interface RouterKeys {
  /** Entries. */
  readonly size: number;
  /** Grows with every change: verdicts made under another generation may be out of date. */
  readonly generation: number;
  /** Entries whose SKI is not SHA-1 of their key (docs/decisions/bgpsec.md D-bgpsec-ski-not-sha1). */
  readonly foreignSkis: number;
  /** Slots that are looked at when every key and every pair of AS and SKI is looked for once. */
  readonly probes: number;
  /**
   * The public keys for the pair, by their octets ascending; not to be changed, and valid until the next change of the
   * table. One key under many ASes is one and the same array.
   */
  lookup(asn: Asn, ski: Uint8Array): readonly Uint8Array[];
  /** All entries, a key of one AS as a range of one; not to be changed, and the table must not change meanwhile. */
  entries(): Iterable<RouterKeyRange>;
  /** Adds a key; false when the entry is there already. */
  announce(key: RouterKey | RouterKeyRange): boolean;
  /** Removes a key; false when there is no such entry. ASN or range, SKI and key are all compared (RFC 8210 §5.10). */
  withdraw(key: RouterKey | RouterKeyRange): boolean;
  /**
   * Many changes at once, as at RTR End of Data; returns those that made a difference. Withdrawals come first, so a
   * key in both lists stays.
   */
  apply(announced: Iterable<RouterKey>, withdrawn: Iterable<RouterKey>): readonly RouterKeyChange[];
}

interface Entry extends RouterKeyRange {
  readonly spki: Uint8Array;
}

/** What stands under one (AS, SKI), or, for ranges, under one SKI. */
interface Group {
  /** Keys certified for the one AS, by their octets ascending. */
  readonly spkis: Uint8Array[];
  /** Of an SKI alone. */
  readonly ranges: RangeIndex<Entry> | undefined;
}

const NONE: readonly Uint8Array[] = [];

/**
 * A table of router keys. RFC 8205 §5, RFC 8608 §3.1.
 *
 * @throws {TypeError} here or from `announce` and `withdraw`, for what is no key; {@link RangeError} for an AS outside
 * 1..4294967295 or an SKI that has not 20 octets (shorter or longer ones: {@link fitSki}).
 */
export function createRouterKeys(
  keys: Iterable<RouterKey | RouterKeyRange> = [],
  { seed }: SeedOptions = {},
): RouterKeys {
  const hash = new SeededHash(seed);
  const ofOctets = (octets: Uint8Array): number => hash.octets(octets, 0, octets.length);
  const entries = new HashedMap<RouterKeyRange, Entry>({
    hash: ({ min, max, ski, spki }) => hash.five(min, max, ofOctets(ski), ofOctets(spki), 0, 3),
    equal: same,
  });
  // A range lies under AS 0, which no certificate can name.
  const groups = new HashedMap<{ readonly asn: Asn; readonly ski: Uint8Array }, Group>({
    hash: ({ asn, ski }) => hash.two(asn, ofOctets(ski)),
    equal: (a, b) => a.asn === b.asn && equalOctets(a.ski, b.ski),
  });
  const spkis = new HashedMap<Uint8Array, { readonly octets: Uint8Array; uses: number }>({
    hash: ofOctets,
    equal: equalOctets,
  });
  const pooled = createOctetPool();
  let rangeCount = 0;
  let generation = 0;
  let foreignSkis = 0;

  const routerKeys: RouterKeys = {
    get size() {
      return entries.size;
    },
    get generation() {
      return generation;
    },
    get foreignSkis() {
      return foreignSkis;
    },
    get probes() {
      return entries.probes + groups.probes;
    },
    lookup: (asn, ski) => {
      requireOctets(ski, 'the SKI');
      if (asn === 0 || ski.length !== 20) return NONE;
      const exact = groups.get({ asn, ski })?.spkis ?? NONE;
      if (rangeCount === 0) return exact;
      const found = [...exact];
      groups.get({ asn: 0, ski })?.ranges?.containing(asn, ({ spki }) => found.push(spki));
      return found.length > exact.length ? found.sort(compareOctets) : exact;
    },
    entries: () => entries.values(),
    announce: (key) => {
      const { index, range } = checked(key);
      if (entries.has(range)) return false;
      const spki = spkis.get(range.spki) ?? { octets: pooled(range.spki), uses: 0 };
      spki.uses++;
      if (spki.uses === 1) spkis.set(spki.octets, spki);
      const { min, max } = range;
      const entry: Entry = { min, max, ski: pooled(range.ski), spki: spki.octets };
      entries.set(entry, entry);
      const place = { asn: index, ski: entry.ski };
      const group = groups.get(place);
      // A list that is written down with its element has room for no others, one that grows has room for many.
      if (group === undefined) groups.set(place, newGroup(index, entry));
      else if (index === 0) group.ranges?.add(entry);
      else group.spkis.splice(placeOf(group.spkis, entry.spki), 0, entry.spki);
      if (index === 0) rangeCount++;
      generation++;
      if (isForeignSki(range.ski, range.spki)) foreignSkis++;
      return true;
    },
    withdraw: (key) => {
      const { index, range } = checked(key);
      const entry = entries.get(range);
      if (entry === undefined) return false;
      entries.delete(range);
      const place = { asn: index, ski: range.ski };
      const group = groups.get(place);
      if (group !== undefined) {
        if (index === 0) {
          group.ranges?.remove(entry);
          rangeCount--;
        } else group.spkis.splice(placeOf(group.spkis, entry.spki), 1);
        if (isEmpty(group)) groups.delete(place);
      }
      const spki = spkis.get(range.spki);
      if (spki !== undefined && --spki.uses === 0) spkis.delete(range.spki);
      generation++;
      if (isForeignSki(range.ski, range.spki)) foreignSkis--;
      return true;
    },
    apply: (announced, withdrawn) => {
      const changes: RouterKeyChange[] = [];
      const note = ({ asn, ski }: RouterKey): void => {
        changes.push({ min: asn, max: asn, ski });
      };
      for (const key of withdrawn) if (routerKeys.withdraw(key)) note(key);
      for (const key of announced) if (routerKeys.announce(key)) note(key);
      return changes;
    },
  };
  requireIterable(keys, 'keys', 'a list of router keys {asn, ski, spki}');
  for (const key of keys) routerKeys.announce(key);
  return routerKeys;
}

function newGroup(index: Asn, entry: Entry): Group {
  if (index !== 0) return { spkis: [entry.spki], ranges: undefined };
  const ranges = new RangeIndex<Entry>();
  ranges.add(entry);
  return { spkis: [], ranges };
}

function isEmpty({ spkis, ranges }: Group): boolean {
  return spkis.length + (ranges?.size ?? 0) === 0;
}

/** Where the key stands in the ascending list, or would. */
function placeOf(spkis: readonly Uint8Array[], spki: Uint8Array): number {
  let low = 0;
  let high = spkis.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareOctets(spkis[middle] as Uint8Array, spki) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checked(key: RouterKey | RouterKeyRange): { readonly index: Asn; readonly range: RouterKeyRange } {
  requireObject(key, 'a router key', '{asn, ski, spki}');
  const { ski, spki } = key;
  requireOctets(ski, 'the SKI');
  requireOctets(spki, 'the key');
  const { min, max } = 'asn' in key ? { min: key.asn, max: key.asn } : key;
  if (!isAsn(min) || !isAsn(max) || min === 0 || min > max) {
    throw new RangeError(`router key of AS ${sayValue(min)}..${sayValue(max)}`);
  }
  if (ski.length !== 20) throw new RangeError(`an SKI has 20 octets, not ${ski.length}`);
  return { index: min === max ? min : 0, range: { min, max, ski, spki } };
}

function same(a: RouterKeyRange, b: RouterKeyRange): boolean {
  return a.min === b.min && a.max === b.max && equalOctets(a.ski, b.ski) && equalOctets(a.spki, b.spki);
}
