import type { Asn } from '../inet/index.js';
import type { AspaPayload, RouterKey, Vrp } from '../payload/index.js';
import { type PayloadChanges, vrpsOf } from './changes.js';

/** Something that payloads of one kind can be announced to and withdrawn from. */
interface Target<Announced, Withdrawn> {
  announce(value: Announced): unknown;
  withdraw(value: Withdrawn): unknown;
}

/** A set of payloads, or the live tables of verifiers; kinds that nobody wants are left out. */
export interface PayloadTarget {
  readonly vrps?: Target<Vrp, Vrp>;
  readonly aspas?: Target<AspaPayload, Asn>;
  readonly routerKeys?: Target<RouterKey, RouterKey>;
}

/**
 * Carries changes out on `target`: per kind announcements before withdrawals, so that nothing valid is invalid in
 * between (8210bis-26 §11.1). VRPs are made one at a time.
 */
export function applyPayloadChanges(target: PayloadTarget, changes: PayloadChanges): void {
  if (target.vrps) {
    for (const vrp of vrpsOf(changes.announced)) target.vrps.announce(vrp);
    for (const vrp of vrpsOf(changes.withdrawn)) target.vrps.withdraw(vrp);
  }
  if (target.routerKeys) {
    for (const key of changes.announcedKeys) target.routerKeys.announce(key);
    for (const key of changes.withdrawnKeys) target.routerKeys.withdraw(key);
  }
  if (target.aspas) {
    for (const { after } of changes.aspas) if (after) target.aspas.announce(after);
    for (const { customer, after } of changes.aspas) if (!after) target.aspas.withdraw(customer);
  }
}
