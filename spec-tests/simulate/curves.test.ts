import {
  type CurveSettings,
  createCurveStudy,
  createTopology,
  curveCsv,
  curveRows,
  drawTrial,
  indexOfAs,
  outcomesOf,
  PLAIN_ATTACKS,
  POLICY_NAMES,
  type PrefixRoutes,
  readAttack,
  readMechanism,
  routeOf,
  type Scenario,
  simulate,
  TIERS,
  tiersOf,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { countsOf, small, withoutDiverted } from './counts.js';
import { literally } from './literal.js';

const settingsOf = (given: Partial<CurveSettings> = {}): CurveSettings => ({
  attacks: PLAIN_ATTACKS.map(readAttack),
  mechanisms: ['none', ...POLICY_NAMES, 'rov+otc', 'aspa+pathEnd', 'aspa+otc+peerlockLite'].map(
    readMechanism,
  ),
  adopt: [0, 40, 100],
  order: 'uniform',
  seed: 11,
  ...given,
});

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

describe('a study', () => {
  const settings = settingsOf({
    attacks: ['exact', 'leak1', 'forged'],
    adopt: [0, 50, 100],
    mechanisms: ['none', 'rov', 'aspa'].map(readMechanism),
  });
  const study = createCurveStudy(small.topology, small.clique, settings);
  const trials = Array.from({ length: 20 }, (_, trial) => study.run(trial));
  const rows = [...curveRows(settings, trials)];
  const rowOf = (attack: string, mechanism: string, adopt: number, group = 'all', outcome = 'attacker') =>
    rows.find(
      (row) =>
        row.attack === attack &&
        row.mechanism === mechanism &&
        row.adopt === adopt &&
        row.group === group &&
        row.outcome === outcome,
    );

  it('gives a trial the same counts whatever came before, and whatever else is asked', () => {
    const again = createCurveStudy(small.topology, small.clique, settings);
    expect(again.run(7)).toEqual(trials[7]);
    expect(again.run(3)).toEqual(trials[3]);
    const alone = createCurveStudy(
      small.topology,
      small.clique,
      settingsOf({ attacks: ['forged'], mechanisms: [readMechanism('aspa')], adopt: [50] }),
    );
    const size = 32 * 9;
    expect(alone.run(7)).toEqual(trials[7]?.subarray(2 * size + 7 * 32, 2 * size + 8 * 32));
    expect(createCurveStudy(small.topology, small.clique, { ...settings, seed: 12 }).run(7)).not.toEqual(
      trials[7],
    );
  });

  it('means the same by every mechanism where nobody adopts', () => {
    for (const attack of ['exact', 'leak1', 'forged']) {
      const none = rowOf(attack, 'none', 0);
      expect(none).toBeDefined();
      for (const name of ['rov', 'aspa'])
        expect(rowOf(attack, name, 0)).toEqual({ ...none, mechanism: name });
      expect(rowOf(attack, 'none', 100)).toEqual({ ...none, adopt: 100 });
    }
  });

  it('stops what a mechanism is for where all adopt', () => {
    expect(rowOf('exact', 'rov', 100)).toMatchObject({ mean: 0, high: 0, trials: 20 });
    expect(rowOf('forged', 'aspa', 100)?.mean).toBe(0);
    expect(rowOf('forged', 'rov', 100)?.mean).toBeGreaterThan(10);
    expect(rowOf('exact', 'rov', 50)?.mean).toBeLessThan(rowOf('exact', 'rov', 0)?.mean ?? 0);
  });

  it('leaves out groups that are empty, and divides the others', () => {
    expect(rowOf('exact', 'rov', 0, 'adopting')).toBeUndefined();
    expect(rowOf('exact', 'rov', 100, 'others')).toBeUndefined();
    expect(rowOf('exact', 'none', 0, 'all', 'diverted')).toBeUndefined();
    expect(rowOf('leak1', 'none', 0, 'all', 'diverted')?.mean).toBeGreaterThan(0);
    const sum = (['attacker', 'victim', 'disconnected'] as const).reduce(
      (all, outcome) => all + (rowOf('exact', 'rov', 50, 'stub', outcome)?.mean ?? Number.NaN),
      0,
    );
    expect(sum).toBeCloseTo(100, 6);
  });

  it('is written as CSV', () => {
    const lines = [...curveCsv(rows)];
    expect(lines[0]).toBe(
      'attack,mechanism,order,adopt,group,outcome,trials,mean,low,high,q05,q25,q50,q75,q95',
    );
    expect(lines[1]).toMatch(/^exact,none,uniform,0,all,attacker,20(?:,-?\d+\.\d{4}){8}$/);
    expect(lines.length).toBe(rows.length + 1);
  });

  it.each([
    [{ attacks: [] }, 'attacks: there is none'],
    [{ adopt: [] }, 'adopt: there is none'],
    [{ adopt: [101] }, 'adopt: 101'],
    [{ adopt: [10, 10] }, 'adopt: 10 is not above'],
    [{ order: 'top' as never }, 'order: top'],
    [{ seed: 1.5 }, 'seed: 1.5'],
    [{ stale: -1 }, 'stale: -1'],
    [{ attacks: ['leak7' as never] }, 'attacks: leak7'],
    [{ attacks: ['exact', 'forged', 'exact'].map(readAttack) }, 'attacks: exact is there twice'],
    [{ mechanisms: [readMechanism('rov'), readMechanism('rov')] }, 'mechanisms: rov is there twice'],
    [
      { mechanisms: [{ name: 'x', policies: ['otc' as const, 'otc' as const] }] },
      'mechanisms: otc twice in one',
    ],
    [{ publish: 101 }, 'publish: 101'],
    [{ verify: -1 }, 'verify: -1'],
    [{ publish: 10, verify: 10 }, 'publish and verify are both fixed'],
  ])('refuses %j', (given, message) => {
    expect(() => createCurveStudy(small.topology, small.clique, settingsOf(given))).toThrow(message);
  });

  it('refuses what nobody can do', () => {
    const topology = createTopology([
      [1, 2, -1],
      [1, 3, -1],
    ]);
    const leaks = createCurveStudy(topology, [1], settingsOf({ attacks: ['leak2'] }));
    expect(() => leaks.run(0)).toThrow('leak2: nobody has a route from a peer');
    expect(() => createCurveStudy(createTopology([[1, 2, 0]]), [], settings)).toThrow('three ASes');
  });

  it.each([
    ['exakt', 'attack-unknown', 'did you mean exact?'],
    ['path:17', 'attack-unknown', ''],
    ['', 'attack-unknown', ''],
  ])('knows no attack %j', (text, code, hint) => {
    expect(() => readAttack(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(hint) }),
    );
  });

  it.each([
    ['rov+asap', 'did you mean aspa?'],
    ['none+rov', 'no mechanism is called "none"'],
    ['', 'it must be none'],
  ])('knows no mechanism %j', (text, hint) => {
    expect(() => readMechanism(text)).toThrow(
      expect.objectContaining({ code: 'mechanism-unknown', message: expect.stringContaining(hint) }),
    );
  });
});

it('a mechanism that names a policy twice is refused', () => {
  for (const [text, twice] of [
    ['rov+rov', 'rov'],
    ['aspa+otc+aspa', 'aspa'],
  ] as const) {
    expect(() => readMechanism(text)).toThrow(
      expect.objectContaining({ code: 'mechanism-twice', message: `${text}: ${twice} is named twice` }),
    );
  }
});

describe('orders of adoption', () => {
  const firstBy = (order: CurveSettings['order'], share: number): number[][] =>
    [0, 1, 2].map((trial) => {
      const point = { trial, attack: readAttack('exact'), mechanism: readMechanism('rov'), share };
      const { adopters, scenario } = drawTrial(small.topology, small.clique, settingsOf({ order }), point);
      return adopters.filter((asn) => !scenario.victims.includes(asn));
    });
  const tiers = tiersOf(small.topology, small.clique);
  const tierOf = (asn: number): string => TIERS[tiers[indexOfAs(small.topology, asn)] as number] as string;

  it('cone: the same ones each time, the largest first', () => {
    const [one, ...others] = firstBy('cone', 10);
    for (const other of others) expect(other).toEqual(one);
    expect(one?.length).toBe(6);
    expect(one?.every((asn) => tierOf(asn) === 'tier1' || tierOf(asn) === 'transit')).toBe(true);
  });

  it('clique: tier 1, then any', () => {
    for (const some of firstBy('clique', 10)) expect(some).toEqual(expect.arrayContaining([...small.clique]));
  });

  it('edge: ASes without customers, then the others', () => {
    for (const some of firstBy('edge', 50))
      expect(some.every((asn) => /stub|multihomed/.test(tierOf(asn)))).toBe(true);
    for (const order of ['uniform', 'cone', 'clique', 'edge'] as const) {
      expect(firstBy(order, 100).map((all) => all.length)).toEqual([58, 58, 58]);
    }
  });
});
