import { type Asn, comparePrefix, equalPrefix, type Prefix, requireAsn } from '../inet/index.js';
import { createNumberMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requirePrefixList } from './check-payload.js';
import { createKeyedStore, type KeyedKind, type KeyedStore } from './keyed-store.js';
import type { PrefixListPayload } from './payload.js';
import { notesOfUnion } from './union-notes.js';

/** Signed prefix lists, one per AS, each in the form that `unionPrefixLists` gives. */
export interface PrefixListStore extends KeyedStore<PrefixListPayload, Asn> {
  get(asn: Asn): PrefixListPayload | undefined;
  /** Makes the union of the lists and what is held, per AS: several lists of one AS form one set (prefixlist §6). */
  unite(lists: Iterable<PrefixListPayload>): void;
  /** By AS ascending. */
  sorted(): IterableIterator<PrefixListPayload>;
}

/**
 * The union of several lists of one AS (prefixlist §6): each prefix once, by family, address and length (prefixlist §3.3.2.1).
 */
function unionPrefixLists(parts: readonly PrefixListPayload[]): PrefixListPayload {
  const [first] = parts as readonly [PrefixListPayload];
  const sorted = parts.flatMap(({ prefixes }) => prefixes).sort(comparePrefix);
  const prefixes = sorted.filter((prefix, i) => i === 0 || !equalPrefix(prefix, sorted[i - 1] as Prefix));
  return { asn: first.asn, prefixes, ...notesOfUnion(parts) };
}

const PREFIX_LIST: KeyedKind<PrefixListPayload, Asn> = {
  list: 'prefixLists',
  shape: 'payloads {asn, prefixes}',
  check: requirePrefixList,
  checkIdentity: (asn) => requireAsn(asn, 'asn'),
  identity: ({ asn }) => asn,
  equal: (a, b) =>
    a.prefixes.length === b.prefixes.length &&
    a.prefixes.every((prefix, i) => equalPrefix(prefix, b.prefixes[i] as Prefix)),
  compare: (a, b) => a.asn - b.asn,
  announced: (list) => unionPrefixLists([list]),
  union: unionPrefixLists,
};

/** A store of the union of the given lists. prefixlist §6. */
export function createPrefixListStore(
  lists: Iterable<PrefixListPayload> = [],
  { seed }: SeedOptions = {},
): PrefixListStore {
  const hash = new SeededHash(seed);
  return createKeyedStore(PREFIX_LIST, <T>() => createNumberMap<T>(hash), lists);
}
