import type { AspaPayload, RouterKey, Vrp } from './payload.js';

/** Payloads of all three kinds as plain sequences: what writers and set builders take. */
export interface Payloads {
  readonly vrps: Iterable<Vrp>;
  readonly aspas: Iterable<AspaPayload>;
  readonly routerKeys: Iterable<RouterKey>;
}
