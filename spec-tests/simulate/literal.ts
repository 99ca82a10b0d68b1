import { type Asn, coversPrefix, equalPrefix, formatPrefix, type Prefix } from 'pathsec/inet';
import type { Outcome, Relation, Scenario } from 'pathsec/simulate';
import { type Fixed, type Held, LiteralWorld, MIRROR, type Rib, type Sent } from './literal-world.js';

// The simulator once more, slowly: routes are objects with whole paths, every AS hears in every round what all its
// neighbours had in the round before, and every path is judged from end to end by the verifiers of pathsec/rov and
// pathsec/aspa. A second reading of docs/simulate.md; it shares nothing with src/simulate but types.

export interface LiteralRoute {
  readonly relation: Relation | 'origin';
  readonly next: Asn;
  /** The own AS first. */
  readonly path: readonly Asn[];
  readonly blackhole?: true;
}

function isFor(to: readonly (Relation | Asn)[] | undefined, asn: Asn, relation: Relation): boolean {
  return to === undefined || to.includes(asn) || to.includes(relation);
}

function seedsOf(world: LiteralWorld, prefix: Prefix): Map<Asn, Fixed> {
  const seeds = world.scenario.seeds.filter((seed) => equalPrefix(seed.prefix, prefix));
  return new Map(
    seeds.map((seed): [Asn, Fixed] => {
      const { asn, prepend, pathTo, to } = seed;
      const sentBy = (path: readonly Asn[]): Sent => ({
        path: [...Array<Asn>(prepend).fill(path[0] as Asn), ...path],
        signed: world.speakers.has(asn) && (seed.signed ?? path.every((one) => one === asn)),
        otc: undefined,
      });
      const held: Held = { ...sentBy(seed.path), relation: 'origin', sender: asn };
      const send = (other: Asn, relation: Relation): Sent | undefined =>
        isFor(to, other, relation) ? sentBy(pathTo[relation] ?? seed.path) : undefined;
      return [asn, { held, send }];
    }),
  );
}

function leaksOf(world: LiteralWorld, prefix: Prefix, seeds: Map<Asn, Fixed>, before: Rib): Map<Asn, Fixed> {
  const fixed = new Map(seeds);
  for (const leak of world.scenario.leaks) {
    const held = before.get(leak.asn);
    if (!held || held.relation === 'origin') continue;
    if (leak.prefix && !equalPrefix(leak.prefix, prefix)) continue;
    if (leak.from && !leak.from.includes(held.relation)) continue;
    const earlier = fixed.get(leak.asn);
    const own = { path: [leak.asn], signed: world.speakers.has(leak.asn), otc: undefined };
    fixed.set(leak.asn, {
      held,
      send: (to, relation) => {
        if (isFor(leak.to, to, relation)) return leak.reoriginate ? own : held;
        if (earlier) return earlier.send(to, relation);
        return held.relation === 'customer' || relation === 'customer' ? held : undefined;
      },
    });
  }
  return fixed;
}

export interface LiteralResult {
  readonly rib: Readonly<Record<string, Readonly<Record<string, LiteralRoute>>>>;
  readonly outcome: Readonly<Record<string, Outcome>>;
}

/** What docs/simulate.md says of a scenario; undefined where some prefix does not settle. */
export function literally(scenario: Scenario): LiteralResult | undefined {
  const world = new LiteralWorld(scenario);
  const texts = [...new Set(scenario.seeds.map(({ prefix }) => formatPrefix(prefix)))];
  const prefixes = texts
    .flatMap((text) => scenario.seeds.find(({ prefix }) => formatPrefix(prefix) === text)?.prefix ?? [])
    .sort((a, b) => a.length - b.length);
  const tables: { prefix: Prefix; routes: Map<Asn, LiteralRoute> }[] = [];
  for (const prefix of prefixes) {
    const seeds = seedsOf(world, prefix);
    let fixed = seeds;
    let rib = world.settle(prefix, seeds);
    if (rib && scenario.leaks.length > 0) {
      fixed = leaksOf(world, prefix, seeds, rib);
      rib = world.settle(prefix, fixed);
    }
    if (!rib) return undefined;
    const routes = new Map(
      [...rib].map(([asn, { path, relation, sender }]) => [asn, { relation, next: sender, path }]),
    );
    const table: { prefix: Prefix; routes: Map<Asn, LiteralRoute> } = { prefix, routes };
    addBlackholes(world, table, tables, rib, fixed);
    tables.push(table);
  }
  tables.reverse();
  const rib: Record<string, Record<string, LiteralRoute>> = {};
  const outcome: Record<string, Outcome> = {};
  for (const asn of world.ases) {
    const own = tables.flatMap(({ prefix, routes }) => {
      const route = routes.get(asn);
      return route ? [[formatPrefix(prefix), route] as const] : [];
    });
    if (own.length > 0) rib[asn] = Object.fromEntries(own);
    outcome[asn] = follow(scenario, tables, asn);
  }
  return { rib, outcome };
}

interface Table {
  readonly prefix: Prefix;
  readonly routes: Map<Asn, LiteralRoute>;
}

function addBlackholes(
  world: LiteralWorld,
  { prefix, routes }: Table,
  shorter: readonly Table[],
  rib: Rib,
  fixed: ReadonlyMap<Asn, Fixed>,
): void {
  for (const asn of world.ases) {
    if (!world.does(asn, 'rovpp1') || routes.has(asn)) continue;
    const covering = shorter.filter((one) => coversPrefix(one.prefix, prefix)).reverse();
    const less = covering.map((one) => one.routes.get(asn)).find((route) => route !== undefined);
    if (!less || less.blackhole || less.relation === 'origin' || less.next === asn) continue;
    const sent = world.send(less.next, asn, MIRROR[less.relation], rib, fixed);
    if (!sent || sent.path.includes(asn) || sent.path.includes(0) || !world.isRovInvalid(asn, prefix, sent))
      continue;
    routes.set(asn, { relation: less.relation, next: less.next, path: [asn, ...sent.path], blackhole: true });
  }
}

function follow({ attackers, victims, target }: Scenario, tables: readonly Table[], start: Asn): Outcome {
  const passed = new Set<Asn>();
  for (let asn = start; ; ) {
    if (attackers.includes(asn)) return 'attacker';
    if (victims.includes(asn)) return 'victim';
    if (passed.has(asn)) return 'loop';
    passed.add(asn);
    const table = tables.find(
      ({ prefix, routes }) => target && coversPrefix(prefix, target) && routes.has(asn),
    );
    const route = table?.routes.get(asn);
    if (!route || route.blackhole || route.next === asn) return 'disconnected';
    asn = route.next;
  }
}
