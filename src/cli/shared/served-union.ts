import type { Asn } from '../../inet/index.js';
import {
  chainPayloads,
  createAspaStore,
  dropOverLimit,
  type OverLimit,
  type Payloads,
} from '../../payload/index.js';
import { applySlurm, type Slurm } from '../../rpki/payloads.js';
import {
  countChanges,
  createCacheUnion,
  listsOfChanges,
  type PayloadChanges,
  type PayloadStore,
  packPayloads,
  type RtrCache,
  type UnionMember,
} from '../../rtr/index.js';
import { limitChanges } from './provider-limit.js';

/** Where the data of sources go. */
export type ServedCache = Pick<RtrCache, 'replace' | 'change' | 'loseData' | 'hasData' | 'serial'>;

/** What a cache serves of its sources: their union, with local exceptions, and no customer above the limit. */
export interface ServedUnion {
  /** Takes in a cache that is followed, while it is empty. */
  add(client: UnionMember): void;
  /** Takes in a file; what it holds may change between two calls of {@link ServedUnion.fill}. */
  addFile(file: { readonly payloads: Payloads }): void;
  /** Makes the union of `sources` the data; the number of changes. Throws as {@link RtrCache.replace}. */
  fill(sources: readonly Payloads[], slurm: Slurm | undefined): number;
  /**
   * Takes over that `client` has just changed by `changes`, in a time that does not depend on how much there is: the
   * number of changes. Undefined where everything has to be filled again, because exceptions apply or the last filling
   * failed.
   */
  follow(client: UnionMember, changes: PayloadChanges): number | undefined;
}

/** The served union in `cache`. Customers above the limit are told once, as long as they stay above it. */
export function createServedUnion(
  cache: Pick<ServedCache, 'replace' | 'change'>,
  seed: number | undefined,
  tell: (one: OverLimit) => void,
): ServedUnion {
  // The limit is applied to the union of all sources.
  const union = createCacheUnion(Number.POSITIVE_INFINITY);
  const packed = new WeakMap<Payloads, PayloadStore>();
  let told = new Set<Asn>();
  /** Whether the data are just the union of what the sources hold. */
  let isUnion = false;
  return {
    add: (client) => union.add(client),
    addFile: (file) =>
      union.add({
        get store() {
          const { payloads } = file;
          const store = packed.get(payloads) ?? packPayloads(payloads, seed);
          packed.set(payloads, store);
          return store;
        },
      }),
    fill(sources, slurm) {
      isUnion = false;
      const chained = chainPayloads(sources);
      const all = { ...chained, aspas: createAspaStore(chained.aspas, { seed }) };
      const served = slurm ? applySlurm(all, slurm, seed) : all;
      const dropped = dropOverLimit(served.aspas);
      for (const one of dropped) if (!told.has(one.customer)) tell(one);
      told = new Set(dropped.map(({ customer }) => customer));
      const count = countChanges(cache.replace(served));
      isUnion = slurm === undefined;
      return count;
    },
    follow(client, changes) {
      if (!isUnion) return undefined;
      isUnion = false; // until it has succeeded
      const merged = union.merge(client, changes);
      const net = limitChanges(merged);
      for (const one of net.overLimit) if (!told.has(one.customer)) tell(one);
      for (const { customer } of merged.aspas) told.delete(customer);
      for (const { customer } of net.overLimit) told.add(customer);
      const { announced, gone } = listsOfChanges(net.changes);
      const count = countChanges(cache.change(announced, gone));
      isUnion = true;
      return count;
    },
  };
}
