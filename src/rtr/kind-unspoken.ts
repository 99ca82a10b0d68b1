import type { RtrKind, RtrTypes } from './kind.js';

/** A kind of payload that RTR has no PDU for: nothing of it is held, sent or heard. */
export type UnspokenTypes<V, I = V> = RtrTypes<V, undefined, undefined, I>;

/**
 * What RTR does with such a kind: its payloads are left out wherever a cache is given them
 * (docs/decisions/rtr.md D-rtr-unspoken).
 */
export function unspokenKind<V, I = V>(): RtrKind<V, undefined, undefined, I> {
  return {
    since: 0,
    pduTypes: [],
    create: () => undefined,
    size: () => 0,
    units: () => 0,
    unitsOfPdu: () => 0,
    load: () => undefined,
    values: () => [],
    diff: () => undefined,
    changesTo: () => undefined,
    everything: () => undefined,
    apply: () => {},
    merge: () => undefined,
    outside: () => undefined,
    count: () => 0,
    lists: () => ({ announced: [], withdrawn: [], gone: [] }),
    encode: () => ({ length: 0, write: () => {} }),
    begin: () => ({
      take: () => {},
      commit: () => ({ records: undefined, changes: undefined }),
    }),
  };
}
