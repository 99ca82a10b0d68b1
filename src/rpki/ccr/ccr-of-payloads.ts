import {
  ALL_KINDS,
  type PayloadSet,
  type PayloadTypes,
  type RouterKey,
  type ValueOf,
} from '../../payload/index.js';
import { type Said, type Sayable, UNSAID } from '../said.js';
import { encodeCcr } from './encode-ccr.js';
import { isPublicKeyInfo } from './router-keys.js';

const NO_KEY = 'the key is no SubjectPublicKeyInfo';
const leavesOut = ({ spki }: RouterKey): string | undefined => (isPublicKeyInfo(spki) ? undefined : NO_KEY);

/** What a CCR says of each kind. */
export const CCR_KINDS: { readonly [K in keyof PayloadTypes]: Said<Sayable<ValueOf<PayloadTypes[K]>>> } = {
  vrps: {},
  routerKeys: { leavesOut },
  aspas: {},
  prefixLists: UNSAID,
  asras: UNSAID,
};

/**
 * A CCR of the payloads, with a state for each kind of which there are any: an empty state would say that a cache has none of
 * that kind, which a file that does not mention it does not say. Of no payloads at all the states are there and empty
 * (docs/decisions/rpki-files.md D-ccr-states).
 */
export function ccrOfPayloads(payloads: PayloadSet, producedAt: number): Uint8Array {
  const sayable = ALL_KINDS.filter((kind) => CCR_KINDS[kind] !== UNSAID);
  const kinds = sayable.filter((kind) => payloads[kind].size > 0);
  const routerKeys = [...payloads.routerKeys].filter((key) => leavesOut(key) === undefined);
  const held = { ...payloads, routerKeys };
  const states = kinds.length > 0 ? kinds : sayable;
  return encodeCcr(producedAt, Object.fromEntries(states.map((kind) => [kind, held[kind]])));
}
