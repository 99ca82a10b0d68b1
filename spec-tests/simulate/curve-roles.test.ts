import {
  type CurveSettings,
  createCurveStudy,
  curveRows,
  drawTrial,
  outcomesOf,
  POLICY_NAMES,
  readAttack,
  readMechanism,
  simulate,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { countsOf, small, withoutDiverted } from './counts.js';
import { literally } from './literal.js';

const MECHANISMS = ['none', ...POLICY_NAMES, 'aspa+bgpsec', 'asra+pathEnd'].map(readMechanism);
const settingsOf = (given: Partial<CurveSettings>): CurveSettings => ({
  attacks: [readAttack('forged')],
  mechanisms: MECHANISMS,
  adopt: [0, 30, 100],
  order: 'uniform',
  seed: 4,
  ...given,
});

describe('who publishes and who verifies, told apart (D-curves-roles)', () => {
  it.each([
    ['forged', { publish: 50 }],
    ['forged', { verify: 50 }],
    ['shortest', { publish: 30 }],
    ['shortest', { verify: 80, stale: 40 }],
    ['leak1', { publish: 70 }],
    ['exact', { verify: 20 }],
    ['stripped', { publish: 0 }],
  ])('%s with %j counts what the literal engine finds in the same scenario', (name, fixed) => {
    const settings = settingsOf({ attacks: [readAttack(name)], ...fixed });
    const study = createCurveStudy(small.topology, small.clique, settings);
    let compared = 0;
    for (let trial = 0; trial < 3; trial++) {
      const counts = study.run(trial);
      let offset = 0;
      for (const mechanism of settings.mechanisms) {
        for (const share of settings.adopt) {
          const point = { trial, attack: readAttack(name), mechanism, share };
          const { adopters, scenario } = drawTrial(small.topology, small.clique, settings, point);
          const cell = counts.subarray(offset, offset + 32);
          offset += 32;
          const found = literally(scenario);
          if (found === undefined) continue;
          compared++;
          const outcomes = [...small.topology.asns].map((asn) => found.outcome[asn] as string);
          const left = [...scenario.attackers, ...scenario.victims];
          expect([mechanism.name, share, withoutDiverted(cell)]).toEqual([
            mechanism.name,
            share,
            countsOf(small, outcomes, new Set(adopters), left),
          ]);
          expect(outcomesOf(simulate(scenario))).toEqual(outcomes);
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  const rowsOf = (given: Partial<CurveSettings>) => {
    const settings = settingsOf({ mechanisms: [readMechanism('aspa')], adopt: [0, 50, 100], ...given });
    const study = createCurveStudy(small.topology, small.clique, settings);
    const trials = Array.from({ length: 12 }, (_, trial) => study.run(trial));
    const rows = [...curveRows(settings, trials)];
    return (adopt: number): number =>
      rows.find((row) => row.adopt === adopt && row.group === 'all' && row.outcome === 'attacker')?.mean ??
      -1;
  };

  it('all that publish and all that verify are all that adopt', () => {
    const both = rowsOf({});
    expect(rowsOf({ publish: 100 })(100)).toBe(both(100));
    expect(rowsOf({ verify: 100 })(100)).toBe(both(100));
  });

  it('objects that nobody checks are worth nothing, nor checks where hardly anybody publishes', () => {
    const [both, unchecked, unpublished] = [rowsOf({}), rowsOf({ verify: 0 }), rowsOf({ publish: 0 })];
    expect(both(100)).toBeLessThan(both(0));
    expect(unchecked(100)).toBe(unchecked(0));
    // The victim publishes and verifies at every share, so a forged neighbour of it is found.
    expect(unpublished(100)).toBeLessThan(unpublished(0));
  });

  it('publishers and verifiers of equal shares are the same ASes', () => {
    for (const fixed of [{ publish: 40 }, { verify: 40 }]) {
      const settings = settingsOf(fixed);
      const point = { trial: 2, attack: readAttack('forged'), mechanism: readMechanism('aspa'), share: 40 };
      const told = drawTrial(small.topology, small.clique, settings, point);
      const both = drawTrial(small.topology, small.clique, settingsOf({}), point);
      expect([told.adopters, told.scenario]).toEqual([both.adopters, both.scenario]);
    }
  });
});
