import type { Asn } from '../inet/index.js';
import { eachNeighbor, hasPassed, rowSent } from './offers.js';
import { FIXED, FLAG } from './plan.js';
import { type Choice, CRITERIA, type Criterion, decide } from './prefer.js';
import type { PrefixRoutes } from './prefix-routes.js';
import { ACCEPTED, judge, LOOP, REASONS, type Reason } from './receive.js';
import { type RibRoute, routeOf, sentPath } from './rib.js';
import { RELATIONS, type Relation } from './scenario.js';
import type { Simulation } from './simulate.js';
import { requireAs } from './world.js';

/** A route that a neighbour has for an AS, and what became of it. */
export interface Offer {
  readonly neighbor: Asn;
  /** What the neighbour is to the AS. */
  readonly relation: Relation;
  /** As it is sent. */
  readonly path: readonly Asn[];
  readonly signed: boolean;
  /** `chosen`; `passed-over` for another one, or for an own route; else why it was not sent or not accepted. */
  readonly fate: 'chosen' | 'passed-over' | Reason;
  /** Where it was passed over for another offer: what decided. */
  readonly by?: Criterion;
}

/** What an AS was offered for a prefix, and what it has. */
export interface Explanation {
  readonly route: RibRoute | undefined;
  /** Customers first, then peers, then providers. */
  readonly offers: readonly Offer[];
}

/**
 * Why an AS has the route that it has.
 *
 * @throws {DecodeError} `as-unknown` for an AS that the topology has not.
 */
export function explainRoute(simulation: Simulation, routes: PrefixRoutes, asn: Asn): Explanation {
  const { world } = simulation;
  const { routing } = routes;
  const at = requireAs(world.topology, asn, 'asn');
  const judged: { readonly choice: Choice; readonly reason: number }[] = [];
  eachNeighbor(world.topology, at, (neighbor, as) => {
    const row = rowSent(routing, neighbor, at, as);
    if (row < 0) return;
    const reason = hasPassed(routing, row, at) ? LOOP : judge(world, routing, row, neighbor, at, as);
    judged.push({ choice: { row, neighbor, as }, reason });
  });
  const isFixed = routing.relation[at] === FIXED;
  const best = isFixed
    ? undefined
    : judged
        .filter(({ reason }) => reason === ACCEPTED)
        .map(({ choice }) => choice)
        .reduce<Choice | undefined>((a, b) => (a && decide(world, routing, at, a, b) > 0 ? a : b), undefined);
  const offers = judged.map(({ choice, reason }): Offer => {
    const { row, neighbor, as } = choice;
    const offer = {
      neighbor: world.topology.asns[neighbor] as Asn,
      relation: RELATIONS[as - 1] as Relation,
      path: sentPath(simulation, routes, row),
      signed: ((routing.flags[row] as number) & FLAG.signed) !== 0,
    };
    if (reason !== ACCEPTED) return { ...offer, fate: REASONS[reason - 1] as Reason };
    if (choice === best) return { ...offer, fate: 'chosen' };
    if (best === undefined) return { ...offer, fate: 'passed-over' };
    const by = CRITERIA[decide(world, routing, at, best, choice) - 1] as Criterion;
    return { ...offer, fate: 'passed-over', by };
  });
  return { route: routeOf(simulation, routes, at), offers };
}
