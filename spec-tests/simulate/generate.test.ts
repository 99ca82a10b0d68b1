import {
  describeTopology,
  generateTopology,
  indexOfAs,
  type Link,
  readScenario,
  routeOf,
  simulate,
  TIERS,
  tiersOf,
  writeAsRelationships,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';

const linesOf = (settings: Parameters<typeof generateTopology>[0]): string[] => {
  const { topology, clique } = generateTopology(settings);
  return [...writeAsRelationships(topology, clique)];
};

describe('a made topology', () => {
  const { topology, clique } = generateTopology({ ases: 75_000, links: 500_000, seed: 1 });
  const figures = describeTopology(topology, clique);

  // CAIDA's graph of 2016: 8,422 of 55,809 ASes have customers, 19,622 have one neighbour and no customers; 110,479 links to
  // providers; 17 ASes in tier 1.
  it('has the tiers of the graph of 2016 at today’s size', () => {
    expect([figures.ases, figures.links]).toEqual([75_000, 500_000]);
    const { tier1, transit, multihomed, stub } = figures.tiers;
    expect(tier1).toBe(17);
    const shares = [tier1 + transit, multihomed, stub].map((count) => count / figures.ases);
    const real = [8_422, 27_765, 19_622].map((count) => count / 55_809);
    for (const [i, share] of shares.entries()) expect(share).toBeCloseTo(real[i] as number, 2);
    expect(figures.providerLinks / figures.ases).toBeCloseTo(110_479 / 55_809, 2);
    expect(figures.providerCircles).toEqual([]);
  });

  // Faloutsos, Faloutsos and Faloutsos, SIGCOMM 1999: 2.15 to 2.2, of links in routing tables, where few peerings are seen.
  it('has degrees that follow a power law', () => {
    expect(figures.degreeExponent).toBeGreaterThan(1.9);
    expect(figures.degreeExponent).toBeLessThan(2.3);
    const least = describeTopology(
      ...(Object.values(generateTopology({ ases: 55_809, links: 239_064, seed: 2 })) as [
        typeof topology,
        typeof clique,
      ]),
    );
    expect(least.degreeExponent).toBeGreaterThan(2);
    expect(least.degreeExponent).toBeLessThan(2.3);
  });

  it('has large providers and large peers, and none that has all', () => {
    const share = (count = 0): number => count / figures.ases;
    expect(share(figures.mostCustomers?.count)).toBeGreaterThan(0.01);
    expect(share(figures.mostCustomers?.count)).toBeLessThan(0.1);
    expect(share(figures.mostPeers?.count)).toBeGreaterThan(0.02);
    expect(share(figures.mostPeers?.count)).toBeLessThan(0.15);
    const inClique = clique.map((asn) => indexOfAs(topology, asn));
    const { offsets } = topology.peers;
    expect(inClique.map((at) => (offsets[at + 1] as number) - (offsets[at] as number))).toEqual(
      Array(17).fill(16),
    );
  });

  it('has one neighbour for a stub, and several for others at the edge', () => {
    const tiers = tiersOf(topology, clique);
    const degree = (at: number): number =>
      [topology.providers, topology.peers].reduce(
        (sum, { offsets }) => sum + (offsets[at + 1] as number) - (offsets[at] as number),
        0,
      );
    const wrong = [...tiers.keys()].filter((at) => {
      const tier = TIERS[tiers[at] as number];
      if (tier === 'stub') return degree(at) !== 1;
      return tier === 'multihomed' && degree(at) < 2;
    });
    expect(wrong).toEqual([]);
  });

  it('has paths of about five ASes, both ends counted, and reaches everybody', () => {
    const links = [...writeAsRelationships(topology, [])].map((line) =>
      line.split('|').map(Number),
    ) as unknown as Link[];
    const means: number[] = [];
    const origins = [20_000, 40_000, 60_000, 74_999].map((at) => topology.asns[at] as number);
    const seeds = origins.map((asn, i) => ({ asn, prefix: `192.0.${i}.0/24` }));
    const simulation = simulate({ ...readScenario({ seeds }), links });
    expect(simulation.prefixes.length).toBe(4);
    for (const routes of simulation.prefixes) {
      let sum = 0;
      for (let at = 0; at < 75_000; at += 25) {
        const route = routeOf(simulation, routes, at);
        expect(route).toBeDefined();
        sum += route?.path.length ?? 0;
      }
      means.push(sum / 3000);
    }
    const mean = means.reduce((all, one) => all + one, 0) / means.length;
    expect(mean).toBeGreaterThan(4.5);
    expect(mean).toBeLessThan(6);
  });

  it('is the same for the same settings and another one for another seed', () => {
    const settings = { ases: 500, links: 2000, seed: 7 };
    expect(linesOf(settings)).toEqual(linesOf(settings));
    expect(linesOf({ ...settings, seed: 8 })).not.toEqual(linesOf(settings));
    expect(linesOf(settings).length).toBe(2001);
  });

  it('leaves reserved ASNs out', () => {
    const { topology: large } = generateTopology({ ases: 66_000, links: 150_000, seed: 1 });
    const reserved = [...large.asns].filter((asn) => asn === 23456 || (asn >= 64496 && asn < 131072));
    expect(reserved).toEqual([]);
    expect(large.asns.at(-1)).toBeGreaterThan(131_072);
  });

  it.each([20, 21, 30, 50, 100, 1000])(
    'of %i ASes has the number of links that it should, or says what can be',
    (ases) => {
      for (const links of [2 * ases, 3 * ases, 7 * ases]) {
        try {
          const made = generateTopology({ ases, links, seed: 3 });
          expect(describeTopology(made.topology, made.clique)).toMatchObject({
            ases,
            links,
            providerCircles: [],
          });
        } catch (error) {
          expect(String(error)).toMatch(/^RangeError: links: /);
          expect(ases).toBeLessThan(1000);
        }
      }
    },
  );

  it.each([
    [{ ases: 19, links: 40, seed: 1 }, 'ases: 19'],
    [{ ases: 20.5, links: 40, seed: 1 }, 'ases: 20.5'],
    [{ ases: 100, links: 99, seed: 1 }, 'links: 99'],
    [{ ases: 100, links: 1e9, seed: 1 }, 'links: 1000000000'],
    [{ ases: 100, links: 4000, seed: 1 }, 'links: of so many ASes about'],
    [{ ases: 100, links: 400, seed: -1 }, 'seed: -1'],
  ])('refuses %j', (settings, message) => {
    expect(() => generateTopology(settings)).toThrow(message);
  });
});
