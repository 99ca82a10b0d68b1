import { createPrng } from './prng.js';

/** What a neighbour is to an AS. */
export type Relation = 'customer' | 'peer' | 'provider';

/** An AS of the synthetic Internet. */
export interface Node {
  readonly asn: number;
  readonly tier: 1 | 2 | 3 | 4;
  readonly neighbors: Map<number, Relation>;
}

/** Everything about the synthetic Internet but its routes. */
export interface Topology {
  readonly nodes: Map<number, Node>;
  /** Clients of the transparent route server {@link ROUTE_SERVER}, which peer with each other through it. */
  readonly rsClients: readonly number[];
  /** Extra copies of its own ASN that an AS prepends towards one neighbour; key `asn>neighbor`. */
  readonly prepends: Map<string, number>;
}

const range = (first: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, i) => first + i * step);

/** Provider-free clique: documentation ASNs (RFC 5398). */
export const TIER1 = range(64496, 6);
/** National transit networks: 4-octet documentation ASNs. */
export const TIER2 = range(65536, 14);
/** Regional networks: private ASNs (RFC 6996). */
export const TIER3 = range(64512, 28);
/** Edge networks: two thirds of them with private ASNs beyond 2^31. */
export const STUBS = [...range(4200000007, 150, 6_311), ...range(65000, 70)];
/** The network whose routers speak with the feeds. */
export const COLLECTOR = 64510;
/** A transparent route server: its ASN is in no path. */
export const ROUTE_SERVER = 64511;

/** The n-th tier-1 network, from 1; likewise {@link tier2} and {@link tier3}. */
export const tier1 = (n: number): number => TIER1[n - 1] as number;
export const tier2 = (n: number): number => TIER2[n - 1] as number;
export const tier3 = (n: number): number => TIER3[n - 1] as number;

/** Adds an AS with its providers and lateral peers, and the other half of each link. */
export function addNode(
  topology: Topology,
  asn: number,
  tier: Node['tier'],
  providers: readonly number[],
  peers: readonly number[] = [],
): void {
  const node: Node = topology.nodes.get(asn) ?? { asn, tier, neighbors: new Map() };
  topology.nodes.set(asn, node);
  for (const provider of providers) link(topology, asn, provider, 'provider', 'customer');
  for (const peer of peers) link(topology, asn, peer, 'peer', 'peer');
}

function link(topology: Topology, a: number, b: number, bIsToA: Relation, aIsToB: Relation): void {
  const left = topology.nodes.get(a);
  const right = topology.nodes.get(b);
  if (!left || !right || a === b) throw new RangeError(`no link between ${a} and ${b}`);
  if (left.neighbors.has(b)) return; // the first relationship stands: no sibling links
  left.neighbors.set(b, bIsToA);
  right.neighbors.set(a, aIsToB);
}

/** Builds the synthetic Internet: clique, transit, regional and edge networks, an exchange with a route server. */
export function buildTopology(seed: number): Topology {
  const random = createPrng(seed);
  const rsClients = [...TIER3.slice(2, 12), ...STUBS.slice(0, 6), ...STUBS.slice(150, 154)];
  const topology: Topology = { nodes: new Map(), rsClients, prepends: new Map() };
  for (const [i, asn] of TIER1.entries()) addNode(topology, asn, 1, [], TIER1.slice(0, i));
  for (const [i, asn] of TIER2.entries()) {
    const providers = [tier1((i % 6) + 1), tier1(((i + 2) % 6) + 1)];
    addNode(topology, asn, 2, providers, random.sample(TIER2.slice(0, i), Math.min(i, 3)));
  }
  for (const [i, asn] of TIER3.entries()) {
    addNode(topology, asn, 3, random.sample(TIER2, 2), random.sample(TIER3.slice(0, i), Math.min(i, 1)));
  }
  for (const asn of STUBS) {
    const upstreams = random.chance(75) ? TIER3 : TIER2;
    const providers = random.sample(upstreams, 1 + (random.chance(55) ? 1 : 0) + (random.chance(15) ? 1 : 0));
    addNode(topology, asn, 4, providers);
    if (random.chance(25)) {
      topology.prepends.set(`${asn}>${random.pick(providers)}`, 1 + random.below(4));
    }
  }
  for (const [i, asn] of rsClients.entries()) addNode(topology, asn, 4, [], rsClients.slice(0, i));
  return topology;
}

/** The providers that an AS really has, ascending. */
export function providersOf(topology: Topology, asn: number): number[] {
  const neighbors = topology.nodes.get(asn)?.neighbors ?? new Map<number, Relation>();
  return [...neighbors]
    .flatMap(([other, relation]) => (relation === 'provider' ? [other] : []))
    .sort((a, b) => a - b);
}
