import { CUSTOMER, FIXED, NONE, PEER, PROVIDER } from './plan.js';
import type { Routing } from './routing.js';
import type { Topology } from './topology.js';

/**
 * The row that `sender` sends to its neighbour `to`, to whom it is a `relation`; -1 where it sends nothing. Own routes and
 * those from customers go to all, others to customers only; a fixed route goes where its plan says.
 */
export function rowSent({ count, plan, relation }: Routing, sender: number, to: number, is: number): number {
  const has = relation[sender] as number;
  if (has === NONE) return -1;
  if (has === FIXED) {
    const sent = plan.fixed.get(sender)?.exports.get(to);
    return sent === undefined ? -1 : count + sent.announcement;
  }
  return has === CUSTOMER || is === PROVIDER ? sender : -1;
}

/** Calls back with every neighbour of an AS and what it is to the AS, customers first, then peers, then providers. */
export function eachNeighbor(
  { customers, peers, providers }: Topology,
  at: number,
  visit: (neighbor: number, relation: number) => void,
): void {
  const kinds = [customers, peers, providers];
  for (const [i, { offsets, targets }] of kinds.entries()) {
    const end = offsets[at + 1] as number;
    for (let j = offsets[at] as number; j < end; j++)
      visit(targets[j] as number, RELATION_CODES[i] as number);
  }
}

const RELATION_CODES = [CUSTOMER, PEER, PROVIDER];

/** Whether the route in `row` has passed `to`, as far as it is made of what the ASes have now. */
export function hasPassed({ count, plan, sender }: Routing, row: number, to: number): boolean {
  if (row >= count) return false;
  let at = row;
  for (let steps = 0; steps <= count; steps++) {
    if (at === to) return true;
    if (plan.fixed.has(at)) return false;
    at = sender[at] as number;
  }
  return true; // what goes round in a circle comes from nowhere
}
