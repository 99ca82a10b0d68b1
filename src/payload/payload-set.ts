import { requireObject } from '../inet/index.js';
import type { SeedOptions } from '../tables/index.js';
import { type AspaStore, createAspaStore } from './aspa-store.js';
import type { Payloads } from './payloads.js';
import { createRouterKeyStore, type RouterKeyStore } from './router-key-store.js';
import { createVrpStore, type VrpStore } from './vrp-store.js';

/** All validated payloads of one source: three sets that change by `announce` and `withdraw`. */
export interface PayloadSet extends Payloads {
  readonly vrps: VrpStore;
  readonly aspas: AspaStore;
  readonly routerKeys: RouterKeyStore;
}

/** A set with a copy of the given payloads; several ASPAs of one customer become their union. */
export function createPayloadSet(payloads: Partial<Payloads> = {}, options: SeedOptions = {}): PayloadSet {
  requireObject(payloads, 'payloads', '{vrps, aspas, routerKeys}');
  return {
    vrps: createVrpStore(payloads.vrps, options),
    aspas: createAspaStore(payloads.aspas, options),
    routerKeys: createRouterKeyStore(payloads.routerKeys, options),
  };
}
