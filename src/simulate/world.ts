import { DecodeError } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { type Core, coreOf } from './core.js';
import { NOTHING, Objects, TRUE } from './objects.js';
import { bitsOf, DOES, inView, MAX_VIEWS, type PolicyName } from './policies.js';
import type { Scenario } from './scenario.js';
import { createTopology, hasAny, indexOfAs, type Topology } from './topology.js';

/** What is the same for every prefix: the links, what each AS does, and what it publishes. */
export interface World {
  readonly topology: Topology;
  /** Bits of `DOES` by index. */
  readonly does: Uint32Array;
  /** All of them together: what nobody does need not be carried. */
  readonly done: number;
  /** The ASes of tier 1, ascending; and 1 for each of them by index. */
  readonly clique: Uint32Array;
  readonly tier1: Uint8Array;
  readonly objects: Objects;
  readonly core: Core;
}

export const PUBLISHES_ASPA: readonly PolicyName[] = ['aspa', 'asra', 'asraA', 'aspaEgress'];
export const PUBLISHES_ASRA: readonly PolicyName[] = ['asra', 'asraA'];

/**
 * The world of a scenario.
 *
 * @param seed of the tables of given objects.
 * @throws {DecodeError} `as-unknown` where an AS is named that the topology has not, and as `createTopology`.
 */
export function createWorld(scenario: Scenario, seed?: number): World {
  const topology = createTopology(scenario.links, scenario.ases);
  const count = topology.asns.length;
  const does = new Uint32Array(count);
  const objects = new Objects(topology, scenario, seed);
  const silent = new Uint8Array(count);
  for (const [i, asn] of scenario.silent.entries()) silent[requireAs(topology, asn, `silent[${i}]`)] = 1;
  for (const { asn, names } of scenario.policies) {
    const at = requireAs(topology, asn, `policies.${asn}`);
    does[at] = bitsOf(names);
    if (silent[at] === 1) continue;
    const publishes = (those: readonly PolicyName[]): boolean => names.some((name) => those.includes(name));
    if (publishes(PUBLISHES_ASPA)) publish(objects.aspa, at);
    if (publishes(PUBLISHES_ASRA)) publish(objects.asra, at);
    if (names.includes('pathEnd')) publish(objects.pathEnd, at);
  }
  for (const [i, asn] of scenario.bgpsecRouters.entries()) {
    const at = requireAs(topology, asn, `bgpsecRouters[${i}]`);
    does[at] = (does[at] as number) | DOES.speaksBgpsec;
  }
  const views = scenario.views ?? [];
  if (views.length >= MAX_VIEWS) throw new RangeError(`views: there are more than ${MAX_VIEWS - 1}`);
  for (const [view, { ases }] of views.entries()) {
    for (const [i, asn] of ases.entries()) {
      const at = requireAs(topology, asn, `views[${view}].ases[${i}]`);
      does[at] = inView(does[at] as number, view + 1);
    }
  }
  const tier1 = new Uint8Array(count);
  for (const asn of scenario.clique) {
    const at = indexOfAs(topology, asn);
    if (at >= 0) tier1[at] = 1;
  }
  const clique = Uint32Array.from(scenario.clique).sort();
  const done = does.reduce((all, one) => all | one, 0);
  return { topology, does, done, clique, tier1, objects, core: coreOf(topology) };
}

/**
 * The index of an AS that has to be there (docs/decisions/simulate.md D-simulate-as-unknown).
 *
 * @throws {DecodeError} `as-unknown`.
 */
export function requireAs(topology: Topology, asn: Asn, field: string): number {
  const at = indexOfAs(topology, asn);
  if (at >= 0) return at;
  throw new DecodeError('as-unknown', `AS${asn} is neither linked nor among the ases`, { field });
}

/** Whether an AS is at the edge: it has no customers. */
export function isEdge({ topology }: World, at: number): boolean {
  return !hasAny(topology.customers, at);
}

/** A true object, unless one is given. */
function publish(marks: Uint8Array, at: number): void {
  if (marks[at] === NOTHING) marks[at] = TRUE;
}
