import type { Asn } from '../../inet/index.js';
import { seededRandom } from '../../tables/index.js';
import { createTopology, type Link, type Topology } from '../topology.js';
import { peerLinks } from './generate-peers.js';

/** What {@link generateTopology} makes. */
export interface GeneratorSettings {
  /** 20 to 1,000,000. */
  readonly ases: number;
  /** At least as many as ASes; up to four million, and no more than the peering ASes can have among each other. */
  readonly links: number;
  /** 0 to 2^32 - 1; equal settings give the same topology on every machine. */
  readonly seed: number;
}

/** A topology that was made, and its tier 1. */
export interface GeneratedTopology {
  readonly topology: Topology;
  readonly clique: readonly Asn[];
}

/**
 * Shapes that the result is held to, all from CAIDA's graph of 2016 (serial 1; 55,809 ASes, 239,064 links), which do not
 * depend on its size: 17 ASes in tier 1, 15.1 % of the ASes with customers, 35.2 % without and with a single neighbour, the
 * rest at the edge with several; 110,479 links to providers, 1.98 for each AS, however many links are peerings.
 */
const TIER_1 = 17;
const TRANSIT = 0.151;
const SINGLE = 0.352;
const PROVIDERS = 1.98;

/**
 * A provider is chosen in proportion to the customers that it has (Simon 1955), by ASes at the edge now and then by nothing at
 * all. With 0.076 new transit ASes for each such link the numbers of customers follow a power law with an exponent of about
 * 1 + 1 / ((1 - 0.076) (1 - 0.15)) = 2.27; Faloutsos, Faloutsos and Faloutsos (SIGCOMM 1999) measured 2.15 to 2.2.
 */
const BY_CHANCE = 0.15;
/** As many customers does an AS of tier 1 seem to have at the beginning: they have about a quarter of all at the end. */
const HEAD_START = 30;

const [CLIQUE, MIDDLE, STUB, EDGE] = [0, 1, 2, 3];

/**
 * Makes a topology whose degrees, tiers and peerings are like those of the Internet; no geography, no siblings. ASes come one
 * after the other, tier 1 first, and choose providers among the transit ASes that are there, so that nobody is in a circle;
 * then peers find each other (docs/decisions/simulate.md D-simulate-made-topology). Low ASNs are the old ones, as they are in truth; reserved ones are left out.
 *
 * @throws {RangeError} for numbers outside those of {@link GeneratorSettings}.
 */
export function generateTopology({ ases, links, seed }: GeneratorSettings): GeneratedTopology {
  checkNumber('ases', ases, 20, 1_000_000);
  checkNumber('links', links, ases, 4_000_000);
  checkNumber('seed', seed, 0, 2 ** 32 - 1);
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(limit * random());
  const kinds = kindsOf(ases, below);
  const tier1 = kinds.indexOf(MIDDLE as number);
  const mesh: [number, number][] = [];
  for (let a = 0; a < tier1; a++) for (let b = a + 1; b < tier1; b++) mesh.push([a, b]);
  // Where links are few, some are left for those that have to peer.
  const wanted = Math.min(Math.round(PROVIDERS * ases), Math.floor(0.85 * links) - mesh.length);
  const providers = providerLinks(kinds, wanted, below, random);
  const customers = new Int32Array(ases);
  const named = new Int32Array(ases);
  for (const [provider, customer] of providers) {
    customers[provider] = (customers[provider] as number) + 1;
    named[customer] = (named[customer] as number) + 1;
  }
  // Who has one provider and is no stub peers in any case; of the others at the edge four in ten.
  const mustPeer: number[] = [];
  const mayPeer: number[] = [];
  for (let at = tier1; at < ases; at++) {
    if (kinds[at] === STUB) continue;
    if (kinds[at] === EDGE && named[at] === 1) mustPeer.push(at);
    else if (kinds[at] === MIDDLE || random() < 0.4) mayPeer.push(at);
  }
  const count = links - providers.length - mesh.length;
  const peers = peerLinks({ ases, customers, mustPeer, mayPeer, count, taken: providers }, random);
  const asns = asnsOf(ases);
  const asn = (at: number): Asn => asns[at] as Asn;
  const all: Link[] = [
    ...providers.map(([a, b]): Link => [asn(a), asn(b), -1]),
    ...[...mesh, ...peers].map(([a, b]): Link => [asn(a), asn(b), 0]),
  ];
  return { topology: createTopology(all), clique: [...asns.subarray(0, tier1)] };
}

/** What the ASes are, in the order in which they come: tier 1, then the others well mixed, a transit AS first. */
function kindsOf(ases: number, below: (limit: number) => number): Uint8Array {
  const tier1 = Math.min(TIER_1, Math.max(2, Math.round(ases / 40)));
  const transit = Math.max(1, Math.round(TRANSIT * ases) - tier1);
  const single = Math.round(SINGLE * ases);
  const kinds = new Uint8Array(ases).fill(EDGE as number);
  kinds.fill(CLIQUE as number, 0, tier1);
  kinds.fill(MIDDLE as number, tier1, tier1 + transit);
  kinds.fill(STUB as number, tier1 + transit, tier1 + transit + single);
  for (let i = ases - 1; i > tier1 + 1; i--) {
    const j = tier1 + 1 + below(i - tier1);
    [kinds[i], kinds[j]] = [kinds[j] as number, kinds[i] as number];
  }
  return kinds;
}

/** Pairs of provider and customer, about `wanted` of them; every transit AS has a customer. */
function providerLinks(
  kinds: Uint8Array,
  wanted: number,
  below: (limit: number) => number,
  random: () => number,
): [number, number][] {
  const ases = kinds.length;
  const links: [number, number][] = [];
  const transit: number[] = [];
  /** Each transit AS once, and once more for each customer. */
  const ends: number[] = [];
  /** Transit ASes that have no customer yet. */
  const alone: number[] = [];
  const further = furtherProviders(kinds, wanted, below);
  const choose = (kind: number): number => {
    const byChance = kind !== MIDDLE && random() < BY_CHANCE;
    return (byChance ? transit[below(transit.length)] : ends[below(ends.length)]) as number;
  };
  for (let at = 0; at < ases; at++) {
    const kind = kinds[at];
    if (kind !== CLIQUE) {
      const chosen: number[] = [];
      const count = 1 + (further[at] as number);
      if (kind !== MIDDLE && alone.length > 0) chosen.push(alone.shift() as number);
      // Where hardly anybody is there to choose from, fewer do.
      for (let tries = 0; chosen.length < count && tries < 20 * count; tries++) {
        const one = choose(kind as number);
        if (!chosen.includes(one)) chosen.push(one);
      }
      for (const one of chosen) {
        links.push([one, at]);
        ends.push(one);
      }
    }
    if (kind === CLIQUE || kind === MIDDLE) {
      transit.push(at);
      for (let i = 0; i < (kind === CLIQUE ? HEAD_START : 1); i++) ends.push(at);
      alone.push(at);
    }
  }
  // The last ones had nobody after them: an AS at the edge takes one provider more.
  const edge = kinds.findLastIndex((kind) => kind === EDGE || kind === STUB);
  for (const one of alone) links.push([one, edge]);
  return links;
}

/** How many providers each AS has beyond the first; stubs have none. */
function furtherProviders(kinds: Uint8Array, wanted: number, below: (limit: number) => number): Int32Array {
  const further = new Int32Array(kinds.length);
  const able = [...kinds.keys()].filter((at) => kinds[at] === MIDDLE || kinds[at] === EDGE);
  const first = kinds.reduce((sum, kind) => sum + (kind === CLIQUE ? 0 : 1), 0);
  for (let i = first; i < wanted; i++) {
    const at = able[below(able.length)] as number;
    further[at] = (further[at] as number) + 1;
  }
  return further;
}

/** So many ASNs in ascending order, without those that RFC 5398, 6793, 6996 and 7300 set apart. */
function asnsOf(count: number): Uint32Array {
  const asns = new Uint32Array(count);
  let asn = 0;
  for (let i = 0; i < count; i++) {
    asn++;
    if (asn === 23456) asn++;
    if (asn === 64496) asn = 131072;
    asns[i] = asn;
  }
  return asns;
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name}: ${value} is not a whole number in ${least}..${most}`);
}
