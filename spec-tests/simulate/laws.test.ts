import fc from 'fast-check';
import { outcomesOf, readScenario, ribs, simulate } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { arbitraryScenario, BY_LENGTH } from './arbitrary-scenario.js';

type Json = Record<string, unknown>;

/** RIBs and outcomes as one value, ASNs turned by `name`. */
function answer(json: Json, name: (asn: number) => number = (asn) => asn): unknown {
  const simulation = simulate(readScenario(json));
  const { asns } = simulation.topology;
  const rib = [...ribs(simulation)].map(([asn, routes]) => [
    name(asn),
    [...routes].map(([prefix, { relation, next, path }]) => [prefix, relation, name(next), path.map(name)]),
  ]);
  return { rib, outcome: outcomesOf(simulation).map((outcome, i) => [name(asns[i] as number), outcome]) };
}

/** Every ASN of a scenario but 0 times ten, which keeps their order. */
function renumbered(json: Json): Json {
  const text = JSON.stringify(json, (key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const isByAs = ['policies', 'aspas', 'asras', 'pathEnd'].includes(key);
      const named = Object.entries(value);
      return isByAs ? Object.fromEntries(named.map(([asn, one]) => [`${asn}0`, one])) : value;
    }
    return value;
  });
  const times = (value: unknown): unknown => (typeof value === 'number' && value > 0 ? 10 * value : value);
  const { links, roas, ...others } = JSON.parse(text) as {
    links: number[][];
    roas: [string, number, number][];
  };
  const deep = (value: unknown, key = ''): unknown => {
    if (key === 'prepend') return value;
    if (Array.isArray(value)) return value.map((one) => deep(one));
    if (typeof value !== 'object' || value === null) return times(value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, name)]));
  };
  return {
    ...(deep(others) as Json),
    links: links.map(([a = 0, b = 0, kind]) => [10 * a, 10 * b, kind]),
    roas: roas.map(([prefix, length, asn]) => [prefix, length, 10 * asn]),
  };
}

const scenarios = arbitraryScenario({ policies: BY_LENGTH });

describe('what holds in every scenario', () => {
  it('other numbers in the same order change nothing', () => {
    fc.assert(
      fc.property(scenarios, (json) => {
        expect(answer(renumbered(json))).toEqual(answer(json, (asn) => 10 * asn));
      }),
      { numRuns: 200 },
    );
  });

  it('an island that nobody reaches changes nothing', () => {
    fc.assert(
      fc.property(scenarios, (json) => {
        const links = [...(json.links as number[][]), [100, 101, -1], [101, 102, 0]];
        const island = answer({ ...json, links }) as { rib: unknown; outcome: [number, string][] };
        const alone = answer(json) as typeof island;
        expect(island.rib).toEqual(alone.rib);
        expect(island.outcome.filter(([asn]) => asn < 100)).toEqual(alone.outcome);
        expect(island.outcome.slice(-3).map(([, outcome]) => outcome)).toEqual(Array(3).fill('disconnected'));
      }),
      { numRuns: 200 },
    );
  });

  const honest = scenarios.map(({ links, ases, seeds }) => ({
    links,
    ases,
    seeds: (seeds as { asn: number; prefix: string }[]).map(({ asn, prefix }) => ({ asn, prefix })),
  }));
  const everywhere = (names: readonly string[], ases: unknown): Json =>
    Object.fromEntries((ases as number[]).map((asn) => [asn, names]));

  it('ASPA and OTC everywhere, with true objects, keep nobody from an honest route', () => {
    fc.assert(
      fc.property(honest, (json) => {
        const policies = everywhere(['asra', 'otc', 'pathEnd', 'firstAs', 'bgpsec'], json.ases);
        expect(answer({ ...json, policies })).toEqual(answer(json));
      }),
      { numRuns: 200 },
    );
  });

  it('OTC everywhere, or ASPA with ASes that publish, stops every leak', () => {
    fc.assert(
      fc.property(
        honest,
        fc.integer({ min: 1, max: 2 }),
        fc.constantFrom('otc', 'aspa'),
        (json, asn, name) => {
          const leaks = [{ asn, from: ['peer', 'provider'], to: ['peer', 'provider'] }];
          const policies = everywhere([name], json.ases);
          expect(answer({ ...json, policies, leaks })).toEqual(answer({ ...json, policies }));
        },
      ),
      { numRuns: 300 },
    );
  });
});
