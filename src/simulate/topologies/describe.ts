import type { Asn } from '../../inet/index.js';
import type { Topology } from '../topology.js';
import { providerCircles } from './provider-circles.js';
import { degreeOf, TIERS, type Tier, tiersOf } from './tiers.js';

/** An AS and how many of something it has. */
export interface MostOf {
  readonly asn: Asn;
  readonly count: number;
}

/** The figures of a topology. */
export interface TopologyFigures {
  readonly ases: number;
  readonly links: number;
  /** Links between provider and customer. */
  readonly providerLinks: number;
  readonly peerLinks: number;
  /** How many ASes stand where. */
  readonly tiers: Readonly<Record<Tier, number>>;
  /** Providers of an AS outside tier 1, on average. */
  readonly meanProviders: number;
  /** Absent in a topology without ASes. */
  readonly mostCustomers?: MostOf;
  readonly mostPeers?: MostOf;
  /**
   * Exponent of the power law that the numbers of neighbours from 10 on follow, P(k) ~ k^-exponent, by maximum likelihood
   * (Clauset, Shalizi and Newman 2009, equation 3.7); absent without two such ASes.
   */
  readonly degreeExponent?: number;
  /** ASes that are, over others, providers of their own providers. */
  readonly providerCircles: readonly (readonly Asn[])[];
}

/** Below so many neighbours the law does not hold. */
const TAIL = 10;

/** What a topology is like. */
export function describeTopology(topology: Topology, clique: readonly Asn[]): TopologyFigures {
  const { asns, customers, peers, providers } = topology;
  const tiers: Record<Tier, number> = { tier1: 0, transit: 0, multihomed: 0, stub: 0 };
  const codes = tiersOf(topology, clique);
  let [most, mostPeers] = [0, 0];
  let [inTail, logarithms] = [0, 0];
  for (let at = 0; at < asns.length; at++) {
    tiers[TIERS[codes[at] as number] as Tier]++;
    if (degreeOf(customers, at) > degreeOf(customers, most)) most = at;
    if (degreeOf(peers, at) > degreeOf(peers, mostPeers)) mostPeers = at;
    const degree = degreeOf(customers, at) + degreeOf(peers, at) + degreeOf(providers, at);
    if (degree < TAIL) continue;
    inTail++;
    logarithms += Math.log(degree / (TAIL - 0.5));
  }
  const providerLinks = customers.targets.length;
  const peerLinks = peers.targets.length / 2;
  return {
    ases: asns.length,
    links: providerLinks + peerLinks,
    providerLinks,
    peerLinks,
    tiers,
    meanProviders: providerLinks / Math.max(1, asns.length - tiers.tier1),
    ...(asns.length > 0 && {
      mostCustomers: { asn: asns[most] as Asn, count: degreeOf(customers, most) },
      mostPeers: { asn: asns[mostPeers] as Asn, count: degreeOf(peers, mostPeers) },
    }),
    ...(inTail > 1 && { degreeExponent: 1 + inTail / logarithms }),
    providerCircles: providerCircles(topology),
  };
}
