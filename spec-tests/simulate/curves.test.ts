import {
  type CurveSettings,
  createCurveStudy,
  createTopology,
  curveCsv,
  curveRows,
  drawTrial,
  indexOfAs,
  readAttack,
  readMechanism,
  TIERS,
  tiersOf,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { small } from './counts.js';
import { settingsOf } from './curve-settings.js';

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
    ['path:17', 'attack-unknown', 'leak6, path:N, N up to 16'],
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
