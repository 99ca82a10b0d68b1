import { type Asn, sayValue } from '../inet/index.js';
import { sameProviders } from './aspa-store.js';
import type { AspaPayload, RouterKey, Vrp } from './payload.js';
import type { PayloadSet } from './payload-set.js';

/** What turns one set of payloads into another; an ASPA whose providers changed is among the announced ones only. */
export interface PayloadDiff {
  readonly announced: {
    readonly vrps: readonly Vrp[];
    readonly aspas: readonly AspaPayload[];
    readonly routerKeys: readonly RouterKey[];
  };
  readonly withdrawn: {
    readonly vrps: readonly Vrp[];
    /** Customers without any ASPA now. */
    readonly aspas: readonly Asn[];
    readonly routerKeys: readonly RouterKey[];
  };
}

/** The changes from `before` to `after`, by identity (notes such as `expires` do not count), in no particular order. */
export function diffPayloads(before: PayloadSet, after: PayloadSet): PayloadDiff {
  for (const set of [before, after]) requireSet(set);
  return {
    announced: {
      vrps: [...after.vrps].filter((vrp) => !before.vrps.has(vrp)),
      aspas: [...after.aspas].filter((aspa) => {
        const old = before.aspas.get(aspa.customer);
        return !old || !sameProviders(old, aspa);
      }),
      routerKeys: [...after.routerKeys].filter((key) => !before.routerKeys.has(key)),
    },
    withdrawn: {
      vrps: [...before.vrps].filter((vrp) => !after.vrps.has(vrp)),
      aspas: [...before.aspas]
        .map(({ customer }) => customer)
        .filter((customer) => !after.aspas.get(customer)),
      routerKeys: [...before.routerKeys].filter((key) => !after.routerKeys.has(key)),
    },
  };
}

/** Applies changes to a set in place. */
export function applyDiff(set: PayloadSet, diff: PayloadDiff): void {
  requireSet(set);
  if (typeof diff?.announced !== 'object' || typeof diff.withdrawn !== 'object') {
    throw new TypeError(`the difference is ${sayValue(diff)}, not what diffPayloads gave`);
  }
  for (const vrp of diff.withdrawn.vrps) set.vrps.withdraw(vrp);
  for (const customer of diff.withdrawn.aspas) set.aspas.withdraw(customer);
  for (const key of diff.withdrawn.routerKeys) set.routerKeys.withdraw(key);
  for (const vrp of diff.announced.vrps) set.vrps.announce(vrp);
  for (const aspa of diff.announced.aspas) set.aspas.announce(aspa);
  for (const key of diff.announced.routerKeys) set.routerKeys.announce(key);
}

function requireSet(set: PayloadSet): void {
  if (typeof set?.vrps?.announce !== 'function') {
    throw new TypeError(`the set is ${sayValue(set)}, not one that createPayloadSet made`);
  }
}
