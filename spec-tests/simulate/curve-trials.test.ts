import {
  createCurveStudy,
  drawTrial,
  indexOfAs,
  outcomesOf,
  PLAIN_ATTACKS,
  type PrefixRoutes,
  readAttack,
  readMechanism,
  routeOf,
  type Scenario,
  simulate,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { countsOf, small, withoutDiverted } from './counts.js';
import { settingsOf } from './curve-settings.js';
import { literally } from './literal.js';

describe('trials', () => {
  const literalOf = (scenario: Scenario): string[] => {
    const result = literally(scenario);
    return [...small.topology.asns].map((asn) => result?.outcome[asn] ?? 'unsettled');
  };

  it.each(
    PLAIN_ATTACKS.filter((name) => name !== 'leak6').flatMap((name) =>
      name === 'forged' ? [name, 'path:0', 'path:3'] : [name],
    ),
  )('of %s count what the literal engine finds in the same scenario', (name) => {
    const settings = settingsOf({ attacks: [readAttack(name)] });
    const study = createCurveStudy(small.topology, small.clique, settings);
    let compared = 0;
    for (let trial = 0; trial < 4; trial++) {
      const counts = study.run(trial);
      let offset = 0;
      for (const mechanism of settings.mechanisms) {
        for (const share of settings.adopt) {
          const { scenario, adopters } = drawTrial(small.topology, small.clique, settings, {
            trial,
            attack: readAttack(name),
            mechanism,
            share,
          });
          const cell = counts.subarray(offset, offset + 32);
          offset += 32;
          const outcomes = literalOf(scenario);
          if (outcomes.includes('unsettled')) continue;
          compared++;
          const left = [...scenario.attackers, ...scenario.victims];
          expect([mechanism.name, share, withoutDiverted(cell)]).toEqual([
            mechanism.name,
            share,
            countsOf(small, outcomes, new Set(adopters), left),
          ]);
          const fast = outcomesOf(simulate(scenario));
          expect(fast).toEqual(outcomes);
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('with stale tables count what the literal engine finds', () => {
    const attack = readAttack('exact');
    const settings = settingsOf({
      attacks: [attack],
      mechanisms: [readMechanism('rov')],
      adopt: [60],
      stale: 50,
    });
    const study = createCurveStudy(small.topology, small.clique, settings);
    const fresh = createCurveStudy(small.topology, small.clique, { ...settings, stale: 0 });
    let differing = 0;
    for (let trial = 0; trial < 10; trial++) {
      const point = { trial, attack, mechanism: readMechanism('rov'), share: 60 };
      const { scenario, adopters } = drawTrial(small.topology, small.clique, settings, point);
      const left = [...scenario.attackers, ...scenario.victims];
      const cell = study.run(trial);
      expect([...cell]).toEqual(countsOf(small, literalOf(scenario), new Set(adopters), left));
      if (cell.some((count, i) => count !== fresh.run(trial)[i])) differing++;
    }
    expect(differing).toBeGreaterThan(3);
  });

  it('of the own more-specific count who follows it', () => {
    const attack = readAttack('leak6');
    const settings = settingsOf({
      attacks: [attack],
      mechanisms: ['none', 'rov', 'rovpp1'].map(readMechanism),
      adopt: [0, 50],
    });
    const study = createCurveStudy(small.topology, small.clique, settings);
    for (let trial = 0; trial < 5; trial++) {
      const counts = study.run(trial);
      for (const [i, mechanism] of settings.mechanisms.entries()) {
        for (const [j, share] of settings.adopt.entries()) {
          const { scenario } = drawTrial(small.topology, small.clique, settings, {
            trial,
            attack,
            mechanism,
            share,
          });
          const [longer] = simulate(scenario).prefixes;
          // The first AS on the way that has the more-specific decides; here as far as every AS goes on from its next hop.
          const follows = (at: number): boolean => {
            const simulation = simulate(scenario);
            const [first, second] = simulation.prefixes as [PrefixRoutes, PrefixRoutes];
            for (let one = at; ; ) {
              if (simulation.topology.asns[one] === scenario.victims[0]) return false;
              if (first.blackholes.has(one)) return false;
              if (routeOf(simulation, first, one)) return true;
              const route = routeOf(simulation, second, one);
              if (!route) return false;
              one = indexOfAs(simulation.topology, route.next);
            }
          };
          expect(longer?.prefix.length).toBe(25);
          const cell = counts.subarray(32 * (2 * i + j), 32 * (2 * i + j + 1));
          const attacked = [...cell].reduce((sum, count, k) => sum + (k % 4 === 0 ? count : 0), 0);
          expect(attacked).toBe([...small.topology.asns.keys()].filter(follows).length);
        }
      }
    }
  });

  it('divert whose traffic passes the leaker now and did not before', () => {
    for (const name of ['leak1', 'leak3', 'replay']) {
      const attack = readAttack(name);
      const mechanism = readMechanism('none');
      const settings = settingsOf({ attacks: [attack], mechanisms: [mechanism], adopt: [0] });
      const study = createCurveStudy(small.topology, small.clique, settings);
      for (let trial = 0; trial < 5; trial++) {
        const { scenario } = drawTrial(small.topology, small.clique, settings, {
          trial,
          attack,
          mechanism,
          share: 0,
        });
        const [now, before] = [scenario, { ...scenario, leaks: [] }].map((one) => outcomesOf(simulate(one)));
        const diverted = now?.filter((end, at) => end === 'attacker' && before?.[at] !== 'attacker').length;
        const counted = [...study.run(trial)].reduce((sum, count, i) => sum + (i % 4 === 3 ? count : 0), 0);
        expect(counted).toBe(diverted);
      }
    }
  });
});
