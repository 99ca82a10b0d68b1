import { equalOctets, readU32, toHex } from '../bytes/index.js';
import { type Asn, isAsn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { RouterKey } from '../payload/index.js';
import { requireOctets } from './check-arguments.js';
import { isForeignSki } from './spki.js';

/** A public key certified for a range of ASNs under one SKI (RFC 8209 §3.1.3.5); ranges stay ranges (D-29). */
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
 * them count (RFC 8205 §5.2 step 2, docs/decisions.md D-13). The table knows no time: whoever makes the payloads
 * judges expiry and revocation.
 */
export interface RouterKeys {
  /** Entries. */
  readonly size: number;
  /** Grows with every change: verdicts made under another generation may be out of date. */
  readonly generation: number;
  /** Entries whose SKI is not SHA-1 of their key (docs/decisions.md D-16). */
  readonly foreignSkis: number;
  /** The public keys for the pair. One key under many ASes is one and the same array. */
  lookup(asn: Asn, ski: Uint8Array): readonly Uint8Array[];
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

interface Entry {
  readonly min: Asn;
  readonly max: Asn;
  readonly ski: Uint8Array;
  readonly spki: Uint8Array;
}

const NONE: readonly Uint8Array[] = [];

/**
 * A table of router keys. RFC 8205 §5, RFC 8608 §3.1.
 *
 * @throws {RangeError} here or from `announce` and `withdraw`, for an AS outside 1..4294967295 or an SKI that has not 20
 * octets (shorter or longer ones: {@link fitSki}).
 */
export function createRouterKeys(keys: Iterable<RouterKey | RouterKeyRange> = []): RouterKeys {
  // AS, then the first four octets of the SKI; a range lies under AS 0, which no certificate can name.
  const table = new Map<Asn, Map<number, Entry[]>>();
  const spkis = new Map<string, { readonly octets: Uint8Array; uses: number }>();
  let size = 0;
  let generation = 0;
  let foreignSkis = 0;

  const bucket = (asn: Asn, ski: Uint8Array): Entry[] | undefined => table.get(asn)?.get(readU32(ski, 0));

  const routerKeys: RouterKeys = {
    get size() {
      return size;
    },
    get generation() {
      return generation;
    },
    get foreignSkis() {
      return foreignSkis;
    },
    lookup: (asn, ski) => {
      requireOctets(ski, 'the SKI');
      if (asn === 0 || ski.length !== 20) return NONE;
      const exact = bucket(asn, ski);
      const ranges = bucket(0, ski);
      if (exact === undefined && ranges === undefined) return NONE;
      const found: Uint8Array[] = [];
      for (const entry of exact ?? []) if (equalOctets(entry.ski, ski)) found.push(entry.spki);
      for (const entry of ranges ?? []) {
        if (entry.min <= asn && asn <= entry.max && equalOctets(entry.ski, ski)) found.push(entry.spki);
      }
      return found;
    },
    announce: (key) => {
      const { index, min, max } = checked(key);
      if (bucket(index, key.ski)?.some((entry) => same(entry, min, max, key))) return false;
      const name = toHex(key.spki);
      const spki = spkis.get(name) ?? { octets: key.spki.slice(), uses: 0 };
      spki.uses++;
      spkis.set(name, spki);
      const bySki = table.get(index) ?? new Map<number, Entry[]>();
      table.set(index, bySki);
      const prefix = readU32(key.ski, 0);
      bySki.set(prefix, [
        ...(bySki.get(prefix) ?? []),
        { min, max, ski: key.ski.slice(), spki: spki.octets },
      ]);
      size++;
      generation++;
      if (isForeignSki(key.ski, key.spki)) foreignSkis++;
      return true;
    },
    withdraw: (key) => {
      const { index, min, max } = checked(key);
      const bySki = table.get(index);
      const prefix = readU32(key.ski, 0);
      const entries = bySki?.get(prefix);
      const at = entries?.findIndex((entry) => same(entry, min, max, key)) ?? -1;
      if (bySki === undefined || entries === undefined || at < 0) return false;
      bySki.set(prefix, entries.toSpliced(at, 1));
      if (entries.length === 1) bySki.delete(prefix);
      if (bySki.size === 0) table.delete(index);
      const name = toHex(key.spki);
      const spki = spkis.get(name);
      if (spki !== undefined && --spki.uses === 0) spkis.delete(name);
      size--;
      generation++;
      if (isForeignSki(key.ski, key.spki)) foreignSkis--;
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

function checked(key: RouterKey | RouterKeyRange): { index: Asn; min: Asn; max: Asn } {
  requireObject(key, 'a router key', '{asn, ski, spki}');
  requireOctets(key.ski, 'the SKI');
  requireOctets(key.spki, 'the key');
  const { min, max } = 'asn' in key ? { min: key.asn, max: key.asn } : key;
  if (!isAsn(min) || !isAsn(max) || min === 0 || min > max)
    throw new RangeError(`router key of AS ${sayValue(min)}..${sayValue(max)}`);
  if (key.ski.length !== 20) throw new RangeError(`an SKI has 20 octets, not ${key.ski.length}`);
  return { index: min === max ? min : 0, min, max };
}

function same(entry: Entry, min: Asn, max: Asn, key: RouterKey | RouterKeyRange): boolean {
  return (
    entry.min === min &&
    entry.max === max &&
    equalOctets(entry.ski, key.ski) &&
    equalOctets(entry.spki, key.spki)
  );
}
