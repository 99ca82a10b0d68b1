import type { Asn } from '../../inet/index.js';
import { coreOf } from '../core.js';
import { Objects } from '../objects.js';
import { Routing } from '../routing.js';
import { tiersOf } from '../topologies/tiers.js';
import { indexOfAs, type Topology } from '../topology.js';
import type { World } from '../world.js';

/** Announcements of a plan that an attack makes, at most: two seeds with another path to customers each, and a leak. */
const MAX_ANNOUNCEMENTS = 8;

/** What all trials of a study have in common, and room for one trial at a time. */
export interface Ground {
  readonly topology: Topology;
  readonly world: World;
  /** Places in `TIERS`, by index. */
  readonly tiers: Uint8Array;
  /** Where attackers and victims are drawn: ASes without customers; all of them where there are fewer than two. */
  readonly edges: Int32Array;
  /** Edge ASes with several neighbours; all edge ASes where there are fewer than two. */
  readonly multihomed: Int32Array;
  /** Indices by customer cone, the largest first; made when it is first asked for. */
  cones?: Int32Array;
  readonly before: Routing;
  readonly routings: readonly [Routing, Routing];
  /** Who adopts, by index, and who publishes and verifies, which is the same unless the settings tell them apart. */
  readonly adopts: Uint8Array;
  readonly publishes: Uint8Array;
  readonly verifies: Uint8Array;
  /** All indices in the order of adoption of a trial. */
  readonly queue: Int32Array;
  /** Where the traffic of each AS ends, and where it passed the leaker before. */
  readonly ends: Uint8Array;
  readonly crossed: Uint8Array;
}

/** @throws {RangeError} for a topology of fewer than three ASes. */
export function createGround(topology: Topology, clique: readonly Asn[]): Ground {
  const count = topology.asns.length;
  if (count < 3) throw new RangeError('a study needs three ASes at least');
  const tier1 = new Uint8Array(count);
  for (const asn of clique) {
    const at = indexOfAs(topology, asn);
    if (at >= 0) tier1[at] = 1;
  }
  const tiers = tiersOf(topology, clique);
  const core = coreOf(topology);
  const all = Int32Array.from(tiers.keys());
  const edges = core.edges.length >= 2 ? core.edges : all;
  const several = core.edges.filter((at) => tiers[at] === 2);
  const world: World = {
    topology,
    does: new Uint32Array(count),
    done: 0,
    clique: Uint32Array.from(clique).sort(),
    tier1,
    objects: new Objects(topology, { aspas: [], asras: [], pathEnd: [] }),
    core,
  };
  const room = (): Routing => new Routing(count, MAX_ANNOUNCEMENTS);
  return {
    topology,
    world,
    tiers,
    edges,
    multihomed: several.length >= 2 ? several : edges,
    before: room(),
    routings: [room(), room()],
    adopts: new Uint8Array(count),
    publishes: new Uint8Array(count),
    verifies: new Uint8Array(count),
    queue: new Int32Array(count),
    ends: new Uint8Array(count),
    crossed: new Uint8Array(count),
  };
}
