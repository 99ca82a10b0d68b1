import { type Asn, requireIterable, requireObject, sayValue } from '../inet/index.js';
import { HashedMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { requireAsra, requireAsraIdentity } from './check-payload.js';
import { createKeyedStore, type KeyedKind, type KeyedStore } from './keyed-store.js';
import type { AsraPayload } from './payload.js';
import { notesOfUnion } from './union-notes.js';

/** What names an ASRA payload: its signer and its subcategory. */
export type AsraIdentity = Pick<AsraPayload, 'asn' | 'subcategory'>;

/** ASRA payloads, one for each signer and subcategory, each in the form that `unionAsras` gives. */
export type AsraStore = KeyedStore<AsraPayload, AsraIdentity>;

/**
 * The union of several ASRA payloads of one signer and subcategory (asra-verification §3: all
 * neighbours of valid ASRAs of a subcategory make one list): ascending and once each, 0 only where it stands alone, the signer
 * itself dropped. A list that is empty after that is 0 alone. It expires with its first part, as a union of ASPAs does
 * (docs/decisions/payload.md D-aspa-union-expiry).
 *
 * @throws {TypeError} for what is no list of payloads; {@link RangeError} when `parts` is empty or not of one signer and
 * subcategory.
 */
export function unionAsras(parts: readonly AsraPayload[]): AsraPayload {
  if (!Array.isArray(parts)) throw new TypeError(`the parts of a union are ${sayValue(parts)}, not a list`);
  for (const part of parts as readonly AsraPayload[]) {
    requireObject(part, 'an ASRA', '{asn, subcategory, neighbors}');
    requireIterable(part.neighbors, 'the neighbours of an ASRA', 'a list of ASNs');
  }
  const [first] = parts;
  if (!first || parts.some((part) => !sameIdentity(part, first))) {
    throw new RangeError('a union needs ASRA payloads of one signer and subcategory');
  }
  const { asn, subcategory } = first;
  // Sorted, not gathered in a set: the numbers come from outside.
  const listed = parts
    .flatMap(({ neighbors }) => neighbors as readonly Asn[])
    .filter((one) => one !== 0 && one !== asn)
    .sort((a, b) => a - b);
  const neighbors = listed.filter((one, i) => one !== listed[i - 1]);
  return { asn, subcategory, neighbors: neighbors.length > 0 ? neighbors : [0], ...notesOfUnion(parts) };
}

function sameIdentity(a: AsraIdentity, b: AsraIdentity): boolean {
  return a.asn === b.asn && a.subcategory === b.subcategory;
}

const ASRA: KeyedKind<AsraPayload, AsraIdentity> = {
  list: 'asras',
  shape: 'payloads {asn, subcategory, neighbors}',
  check: requireAsra,
  checkIdentity: requireAsraIdentity,
  identity: (asra) => asra,
  equal: (a, b) =>
    a.neighbors.length === b.neighbors.length && a.neighbors.every((asn, i) => asn === b.neighbors[i]),
  compare: (a, b) => a.asn - b.asn || a.subcategory - b.subcategory,
  announced: (asra) => unionAsras([asra]),
  union: unionAsras,
};

/** A store of the union of the given payloads. */
export function createAsraStore(asras: Iterable<AsraPayload> = [], { seed }: SeedOptions = {}): AsraStore {
  const hash = new SeededHash(seed);
  const newMap = <T>() =>
    new HashedMap<AsraIdentity, T>({
      hash: ({ asn, subcategory }) => hash.two(asn, subcategory),
      equal: sameIdentity,
    });
  return createKeyedStore(ASRA, newMap, asras);
}
