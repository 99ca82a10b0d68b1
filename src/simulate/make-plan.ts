import { DecodeError } from '../bytes/index.js';
import { type Asn, equalPrefix, type Prefix } from '../inet/index.js';
import { type RovTable, validateOrigin } from '../rov/index.js';
import { loopsOf, makeAnnouncement } from './announcement.js';
import { eachNeighbor, rowSent } from './offers.js';
import {
  type Announcement,
  CUSTOMER,
  FACT,
  FIXED,
  type FixedExport,
  type FixedRoute,
  NONE,
  PEER,
  type Plan,
  PROVIDER,
} from './plan.js';
import { DOES } from './policies.js';
import { adopt } from './receive.js';
import type { Routing } from './routing.js';
import { type Leak, RELATIONS, type Receivers, type Relation, type Seed } from './scenario.js';
import { isEdge, requireAs, type World } from './world.js';

/** What the sender is to a neighbour that is a `customer`, `peer`, `provider` of it: the codes of plan.ts, mirrored. */
const MIRRORED: Readonly<Record<Relation, number>> = { customer: PROVIDER, peer: PEER, provider: CUSTOMER };

/** Collects announcements and fixed routes. */
class PlanMaker {
  readonly announcements: Announcement[] = [];
  readonly fixed = new Map<number, FixedRoute>();

  add(announcement: Announcement): number {
    return this.announcements.push(announcement) - 1;
  }
}

/**
 * What the seeds announce for one prefix.
 *
 * @throws {DecodeError} `as-unknown` and `seed-twice`, with the place in `seeds`.
 */
export function planSeeds(
  world: World,
  vrps: readonly RovTable[],
  seeds: readonly Seed[],
  prefix: Prefix,
): Plan {
  const plan = new PlanMaker();
  for (const [i, seed] of seeds.entries()) {
    if (!equalPrefix(seed.prefix, prefix)) continue;
    const at = requireAs(world.topology, seed.asn, `seeds[${i}].asn`);
    if (plan.fixed.has(at)) {
      // NON-SPEC: docs/decisions/simulate.md D-simulate-seed-twice
      throw new DecodeError('seed-twice', `AS${seed.asn} announces the prefix already`, {
        field: `seeds[${i}]`,
      });
    }
    plan.fixed.set(at, fixedSeed(world, vrps, plan, at, seed));
  }
  return plan;
}

function fixedSeed(
  world: World,
  vrps: readonly RovTable[],
  plan: PlanMaker,
  at: number,
  seed: Seed,
): FixedRoute {
  const announced = (path: readonly Asn[]): number => {
    const sent = [...Array<Asn>(seed.prepend).fill(path[0] as Asn), ...path];
    const rovInvalid = invalidIn(vrps, seed.prefix, sent.at(-1));
    const signed = seed.signed !== false && isSignable(world, at, sent, seed.signed === true);
    return plan.add(makeAnnouncement(world, at, sent, { rovInvalid, signed }));
  };
  const usual = announced(seed.path);
  const others = new Map(
    RELATIONS.flatMap((relation) => {
      const path = seed.pathTo[relation];
      return path === undefined ? [] : [[relation, announced(path)] as const];
    }),
  );
  const exports = new Map<number, FixedExport>();
  eachNeighbor(world.topology, at, (neighbor, code) => {
    const relation = RELATIONS[code - 1] as Relation;
    if (!isReceiver(world, seed.to, neighbor, relation)) return;
    exports.set(neighbor, { announcement: others.get(relation) ?? usual, relation: MIRRORED[relation] });
  });
  const path = plan.announcements[usual]?.path ?? [];
  return { as: at, relation: FIXED, next: at, path, exports };
}

/** NON-SPEC: docs/decisions/simulate.md D-simulate-signed */
function isSignable(world: World, at: number, path: readonly Asn[], asked: boolean): boolean {
  if (((world.does[at] as number) & DOES.speaksBgpsec) === 0) return false;
  return asked || path.every((asn) => asn === world.topology.asns[at]);
}

/** What is announced for one prefix by seeds and by who leaks; the same plan where nobody does. */
export function planLeaks(
  world: World,
  vrps: readonly RovTable[],
  { leaks, prefix }: { readonly leaks: readonly Leak[]; readonly prefix: Prefix },
  before: Routing,
): Plan {
  const plan = new PlanMaker();
  plan.announcements.push(...before.plan.announcements);
  for (const [at, fixed] of before.plan.fixed) plan.fixed.set(at, fixed);
  for (const [i, leak] of leaks.entries()) {
    const at = requireAs(world.topology, leak.asn, `leaks[${i}].asn`);
    const relation = before.relation[at] as number;
    // An own route is sent to all neighbours anyway, and is none that was learnt.
    if (relation === NONE || relation === FIXED) continue;
    if (leak.prefix && !equalPrefix(leak.prefix, prefix)) continue;
    if (leak.from && !leak.from.includes(RELATIONS[relation - 1] as Relation)) continue;
    plan.fixed.set(at, fixedLeak(world, vrps, plan, at, leak, prefix, before));
  }
  return plan;
}

function fixedLeak(
  world: World,
  vrps: readonly RovTable[],
  plan: PlanMaker,
  at: number,
  leak: Leak,
  prefix: Prefix,
  before: Routing,
): FixedRoute {
  const known = plan.fixed.get(at);
  const relation = before.relation[at] as number;
  const path = before.pathOf(at, world.topology.asns);
  carryLate(world, before, at);
  const usual = plan.add(pinned(world, at, path, before));
  // NON-SPEC: docs/decisions/simulate.md D-simulate-reoriginate
  let leaked = usual;
  if (leak.reoriginate) {
    const rovInvalid = invalidIn(vrps, prefix, leak.asn);
    const signed = isSignable(world, at, [leak.asn], false);
    leaked = plan.add(makeAnnouncement(world, at, [leak.asn], { rovInvalid, signed }));
  }
  const exports = new Map<number, FixedExport>(known?.exports);
  eachNeighbor(world.topology, at, (neighbor, code) => {
    const is = RELATIONS[code - 1] as Relation;
    const mirrored = MIRRORED[is];
    const isLeaked = isReceiver(world, leak.to, neighbor, is);
    const isUsual = (relation === CUSTOMER || mirrored === PROVIDER) && !exports.has(neighbor);
    if (isLeaked || isUsual)
      exports.set(neighbor, { announcement: isLeaked ? leaked : usual, relation: mirrored });
  });
  return { as: at, relation, next: before.sender[at] as number, path, exports };
}

/** The route of an AS as it was, to be announced whatever comes. */
function pinned(world: World, at: number, path: readonly Asn[], before: Routing): Announcement {
  const source = before.plan.announcements[before.source[at] as number];
  if (source === undefined) throw new RangeError(`the AS at ${at} has no route`);
  return {
    sender: at,
    path,
    facts: isEdge(world, at) ? FACT.edgeForeign : 0,
    rovInvalid: source.rovInvalid,
    flags: before.flags[at] as number,
    prepends: source.prepends,
    firstUp: before.firstUp[at] as number,
    lastDown: before.lastDown[at] as number,
    otc: before.otc[at] as number,
    loops: loopsOf(world, at, path),
  };
}

/** What an AS without customers has was not carried on when it chose, for nobody would have asked. */
function carryLate(world: World, before: Routing, at: number): void {
  const sender = before.sender[at] as number;
  const relation = before.relation[at] as number;
  const row = rowSent(before, sender, at, relation);
  if (row >= 0) adopt(world, before, row, sender, at, relation, at);
}

/** Bit v where origin validation by the table of view v finds the origin invalid. */
function invalidIn(vrps: readonly RovTable[], prefix: Prefix, origin: Asn | undefined): number {
  return vrps.reduce(
    (bits, table, view) => (validateOrigin(table, prefix, origin) === 'invalid' ? bits | (1 << view) : bits),
    0,
  );
}

/** Whether a route that goes `to` these goes to the neighbour; without a list it goes to all. */
function isReceiver(
  { topology }: World,
  to: Receivers | undefined,
  neighbor: number,
  relation: Relation,
): boolean {
  return to === undefined || to.includes(relation) || to.includes(topology.asns[neighbor] as Asn);
}
