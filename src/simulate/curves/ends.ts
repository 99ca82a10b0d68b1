import { FIXED, NONE } from '../plan.js';
import type { PrefixRoutes } from '../prefix-routes.js';
import type { Routing } from '../routing.js';
import { hasAny } from '../topology.js';
import { type Attack, isLeakedPrefix } from './attack.js';
import type { Ground } from './ground.js';

export const ATTACKER = 0;
export const VICTIM = 1;
export const DISCONNECTED = 2;
const UNKNOWN = 3;

/**
 * Writes to `ground.ends` where the traffic of each AS to the victim ends. Within one prefix it goes where the announcement
 * came from that the AS chose; where an AS has no route to the longer prefix, its next hop decides.
 *
 * @param found the longest prefix first.
 */
export function traceEnds(ground: Ground, attack: Attack, found: readonly PrefixRoutes[]): void {
  const { ends } = ground;
  ends.fill(UNKNOWN);
  ends[attack.attacker] = ATTACKER;
  ends[attack.victim] = VICTIM;
  // A victim that sends nothing on stands in nobody's way to the attacker.
  let isDirect = !hasAny(ground.topology.customers, attack.victim);
  for (const { prefix, routing, blackholes } of found) {
    if (blackholes.size > 0) isDirect = false;
    for (const at of blackholes.keys()) if (ends[at] === UNKNOWN) ends[at] = DISCONNECTED;
    const whose = routing.plan.announcements.map(({ sender }) =>
      sender === attack.attacker || isLeakedPrefix(attack.name, prefix) ? ATTACKER : VICTIM,
    );
    if (attack.name === 'leak6' && !isLeakedPrefix(attack.name, prefix)) whose.fill(VICTIM);
    followAll(routing, whose, ends, isDirect);
    isDirect = false;
  }
  for (let at = 0; at < ends.length; at++) if (ends[at] === UNKNOWN) ends[at] = DISCONNECTED;
}

/**
 * Gives every AS that is not known yet, and has a route, the end of that route, or of the next AS that is known.
 *
 * @param isDirect nobody on the way is known to send traffic elsewhere.
 */
function followAll(
  { relation, sender, source, count }: Routing,
  whose: readonly number[],
  ends: Uint8Array,
  isDirect: boolean,
): void {
  for (let start = 0; start < count; start++) {
    const has = relation[start] as number;
    if (ends[start] !== UNKNOWN || has === NONE || has === FIXED) continue;
    if (isDirect) {
      ends[start] = whose[source[start] as number] as number;
      continue;
    }
    let at = start;
    let last = start;
    // Who announces decides by what it announces, wherever its own traffic ends.
    while (relation[at] !== FIXED && ends[at] === UNKNOWN) {
      last = at;
      at = sender[at] as number;
    }
    const end = (relation[at] === FIXED ? whose[source[last] as number] : ends[at]) as number;
    for (at = start; relation[at] !== FIXED && ends[at] === UNKNOWN; at = sender[at] as number) {
      ends[at] = end;
    }
  }
}

/** Marks the ASes whose traffic passes an AS, by the routes of `routing`. */
export function markCrossed(
  { relation, sender, count }: Routing,
  through: number,
  crossed: Uint8Array,
): void {
  const [yes, no, unknown] = [1, 0, 2];
  crossed.fill(unknown);
  crossed[through] = yes;
  for (let start = 0; start < count; start++) {
    let at = start;
    while (crossed[at] === unknown) {
      const has = relation[at];
      if (has === NONE || has === FIXED) crossed[at] = no;
      else at = sender[at] as number;
    }
    const end = crossed[at] as number;
    for (at = start; crossed[at] === unknown; at = sender[at] as number) crossed[at] = end;
  }
}
