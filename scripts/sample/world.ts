import { ipv4Block, ipv4Subnet, ipv6Block, ipv6Subnet } from './addresses.js';
import { heard } from './feeds.js';
import { HIJACKS, MISTAKES } from './hijacks.js';
import type { Incident, Scenario } from './incident.js';
import { LEAKS } from './leaks.js';
import { createPrng, type Prng } from './prng.js';
import { propagate, type SamplePath, type Seed } from './propagate.js';
import { addNode, buildTopology, STUBS, TIER1, TIER2, TIER3, type Topology } from './topology.js';

/** A route as a feed delivers it. */
export interface HeardRoute {
  /** Index into FEEDS. */
  readonly feed: number;
  readonly prefix: string;
  readonly path: SamplePath;
}

/** An everyday origin: what it holds and what it announces. */
export interface Origin {
  readonly asn: number;
  readonly blocks: readonly string[];
  readonly announced: readonly string[];
}

export interface World {
  readonly topology: Topology;
  readonly origins: readonly Origin[];
  readonly scenarios: readonly Scenario[];
  readonly routes: readonly HeardRoute[];
  /** The routes of each incident that would not be there, or not be so, without it. */
  readonly seen: ReadonlyMap<Incident, readonly HeardRoute[]>;
}

/** Builds the world of one seed: topology, everyday routes, incidents. */
export function buildWorld(seed: number): World {
  const topology = buildTopology(seed);
  const scenarios = [...LEAKS, ...HIJACKS, ...MISTAKES];
  for (const { asn, providers } of scenarios.flatMap((scenario) => scenario.actors)) {
    addNode(topology, asn, 4, providers);
  }
  for (const { asn, peers = [] } of scenarios.flatMap((scenario) => scenario.actors)) {
    addNode(topology, asn, 4, [], peers);
  }
  const origins = buildOrigins(createPrng(seed + 1));
  const routes: HeardRoute[] = origins.flatMap(({ asn, announced }) => {
    const paths = listen(topology, [{ at: asn, path: seedPath(asn) }], {});
    return announced.flatMap((prefix) => routesOf(prefix, paths));
  });
  const seen = new Map<Incident, readonly HeardRoute[]>();
  for (const { incident } of scenarios) {
    const { regular, wrong, circumstances, prefixes } = incident;
    const everyday = listen(topology, regular, { ...circumstances, leaks: [] }).map((path) =>
      JSON.stringify(path),
    );
    const paths = listen(topology, [...regular, ...wrong], circumstances);
    routes.push(...prefixes.flatMap((prefix) => routesOf(prefix, paths)));
    const changed = paths.map((path, i) => (JSON.stringify(path) === everyday[i] ? undefined : path));
    seen.set(
      incident,
      prefixes.flatMap((prefix) => routesOf(prefix, changed)),
    );
  }
  return { topology, origins, scenarios, routes, seen };
}

function listen(topology: Topology, seeds: readonly Seed[], circumstances: Incident['circumstances']) {
  return heard(topology, propagate(topology, seeds, circumstances), circumstances);
}

function routesOf(prefix: string, paths: ReadonlyArray<SamplePath | undefined>): HeardRoute[] {
  return paths.flatMap((path, feed) => (path ? [{ feed, prefix, path }] : []));
}

/** One edge network has an old 2-octet customer whose 4-octet ASN was lost on the way: AS_TRANS (RFC 6793 §9). */
function seedPath(asn: number): SamplePath {
  return asn === STUBS.at(-1) ? [23456] : [];
}

function buildOrigins(random: Prng): Origin[] {
  const sizes = new Map([
    [TIER1, 4],
    [TIER2, 4],
    [TIER3, 3],
    [STUBS, 2],
  ] as const);
  let slot = 0;
  return [...sizes].flatMap(([asns, most]) =>
    asns.map((asn) => {
      const own = slot++;
      const blocks = [ipv4Block(own)];
      const announced = [ipv4Block(own)];
      for (let n = random.below(most + 1); n > 0; n--) {
        const length = 22 + random.below(3);
        announced.push(ipv4Subnet(own, length, n % (1 << (length - 20))));
      }
      if (random.chance(60)) {
        blocks.push(ipv6Block(own));
        announced.push(ipv6Block(own));
        for (let n = random.below(most); n > 0; n--) announced.push(ipv6Subnet(own, n));
      }
      return { asn, blocks, announced };
    }),
  );
}
