import { type PayloadChanges, type PayloadStore, RTR } from '../rtr-kinds.js';

/** A cache as the union sees it; {@link RtrClient} is one. */
export interface UnionMember {
  readonly store: PayloadStore;
}

/** The payloads of several caches together (8210bis §4, §10): data stays with its cache, what counts is the union. */
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

/** A union without members. `maxProviders` bounds the union of each customer, as in a client. 8210bis §10. */
export function createCacheUnion(maxProviders = 10_000): CacheUnion {
  const members: UnionMember[] = [];
  return {
    add(member) {
      members.push(member);
    },
    merge(member, changes) {
      if (!members.includes(member)) throw new RangeError('not a member of this union');
      const others = members.filter((other) => other !== member).map((other) => other.store);
      return RTR.outside(changes, others, { maxProviders, hash: member.store.hash });
    },
  };
}
