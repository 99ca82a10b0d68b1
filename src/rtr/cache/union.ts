import type { RouterKey } from '../../payload/index.js';
import type { AspaRecord } from '../aspa-union.js';
import { type AspaChange, createVrpRecords, type PayloadChanges, type VrpRecords } from '../changes.js';
import { aspaChange, aspaRecordsOf, byCustomer, type PayloadStore } from '../payload-store.js';

/** A cache as the union sees it; {@link RtrClient} is one. */
export interface UnionMember {
  readonly store: PayloadStore;
}

/** The payloads of several caches together (8210bis-26 §4, §10): data stays with its cache, what counts is the union. */
export interface CacheUnion {
  /** Takes in another cache. Its data so far counts only once its next changes are merged, so add it while empty. */
  add(member: UnionMember): void;
  /**
   * The net changes of the union when `member` has just changed by `changes`: a VRP or key comes with the first cache
   * that has it and goes with the last; an ASPA is the union over all caches, 0 dropped where others remain.
   *
   * @throws {RangeError} for a member that was not added.
   */
  merge(member: UnionMember, changes: PayloadChanges): PayloadChanges;
}

/** A union without members. `maxProviders` bounds the union of each customer, as in a client. 8210bis-26 §10. */
export function createCacheUnion(maxProviders = 10_000): CacheUnion {
  const members: UnionMember[] = [];
  return {
    add(member) {
      members.push(member);
    },
    merge(member, changes) {
      if (!members.includes(member)) throw new RangeError('not a member of this union');
      const others = members.filter((other) => other !== member).map((other) => other.store);
      const elsewhere = (key: RouterKey): boolean => others.some((store) => store.keys.has(key));
      const aspas: AspaChange[] = [];
      for (const { customer, before, after } of changes.aspas) {
        const shared = others.flatMap((store) => aspaRecordsOf(store, customer));
        const own = (payload: AspaChange['after']): AspaRecord[] => recordsOf(payload);
        const change = aspaChange(
          customer,
          [...shared, ...own(before)],
          [...shared, ...own(after)],
          maxProviders,
        );
        if (change) aspas.push(change);
      }
      return {
        announced: notHeld(changes.announced, others),
        withdrawn: notHeld(changes.withdrawn, others),
        announcedKeys: changes.announcedKeys.filter((key) => !elsewhere(key)),
        withdrawnKeys: changes.withdrawnKeys.filter((key) => !elsewhere(key)),
        aspas: aspas.sort(byCustomer),
      };
    },
  };
}

/** A payload of a cache as records again, one per family where providers are limited. */
function recordsOf(payload: AspaChange['after']): AspaRecord[] {
  if (!payload) return [];
  const { customer, providers, afiLimits } = payload;
  if (!afiLimits) return [{ customer, providers }];
  return providers.map((provider) => {
    const limit = afiLimits.get(provider);
    return limit === undefined
      ? { customer, providers: [provider] }
      : { customer, limit, providers: [provider] };
  });
}

/** The records that none of the others holds; those given themselves where no other holds any. */
function notHeld(records: VrpRecords, others: readonly PayloadStore[]): VrpRecords {
  if (others.every(({ vrps }) => vrps.ipv4.size + vrps.ipv6.size === 0)) return records;
  const net = createVrpRecords(records.ipv4.hash);
  for (const family of ['ipv4', 'ipv6'] as const) {
    records[family].each((words, at) => {
      if (!others.some((store) => store.vrps[family].has(words, at))) net[family].add(words, at);
    });
  }
  return net;
}
