import fc from 'fast-check';
import { DEFAULT_ASSUMPTIONS, routerView } from 'pathsec/cost';
import { COST_LIMITS, COST_NUMBERS, type CostState, LINK_COSTS, LINK_SCHEMES, readLink } from 'pathsec/links';
import { describe, expect, it } from 'vitest';
import { browserProtections } from '../../src/site/cost/browser-protections.js';
import { aspaVerification, originValidation, portableVerification } from '../../src/site/cost/operations.js';
import { measureRounds } from '../../src/site/cost/rounds.js';
import { START } from '../../src/site/cost/start.js';
import { STUDY } from '../../src/site/cost/study.js';
import {
  answerOf,
  assumptionsOf,
  costPoints,
  costRows,
  distinctPoints,
  readLengths,
  readNumber,
} from '../../src/site/cost/view.js';
import {
  coresText,
  countText,
  digits,
  octetsText,
  powerText,
  timesText,
  timeText,
} from '../../src/site/cost/words.js';

const rowsOf = (state: Omit<CostState, 's'>) => costRows({ s: 'cost', ...state }, STUDY.protections);

describe('the table of costs', () => {
  it('is that of the model, with the assumptions of the state', () => {
    const rows = rowsOf({ peers: 20, cores: 16, schemes: 'all' });
    const model = routerView({ ...DEFAULT_ASSUMPTIONS, peers: [20], cores: [16] }, STUDY.protections);
    expect(rows.map(({ churnCores: _, name: __, routeSeconds: ___, ...row }) => row)).toEqual(model);
    expect(assumptionsOf({ s: 'cost', pathLengths: '0 1' }).pathLengths).toEqual([0, 1]);
    expect(assumptionsOf({ s: 'cost', pathLengths: 'x' }).pathLengths).toEqual(
      DEFAULT_ASSUMPTIONS.pathLengths,
    );
    const families = LINK_SCHEMES.map((schemes) => [
      ...new Set(rowsOf({ schemes }).map(({ protection }) => protection.family)),
    ]);
    expect(families).toEqual([
      ['payloads', 'bgpsec'],
      ['payloads', 'bgpsec', 'fc-bgp', 'aggregate'],
      ['payloads', 'bgpsec', 'post-quantum'],
      ['payloads', 'bgpsec', 'fc-bgp', 'aggregate', 'post-quantum'],
    ]);
  });

  it('has an answer in sentences, for a router that holds churn and for one that does not', () => {
    const answer = answerOf(START, costRows(START, STUDY.protections));
    expect(answer).toMatch(
      /^BGPsec by OpenSSL: 191 million signatures until .* of 4 cores; churn then keeps/,
    );
    expect(answer).toMatch(/ASPA judges the same routes in \S+ \S+ of one core\.$/);
    const busy: CostState = { s: 'cost', cores: 1, announcementsPerMinute: 100_000, peers: 100 };
    expect(answerOf(busy, costRows(busy, STUDY.protections))).toContain('so that they fall behind.');
    expect(answerOf(START, [])).toBe('');
  });

  it('is drawn: a point for each row and quantity, or words why there is none', () => {
    for (const show of LINK_COSTS) {
      const points = costPoints(rowsOf({ schemes: 'all' }), show);
      expect(points.every(({ text, value }) => (value === undefined) === (text === 'not measured'))).toBe(
        true,
      );
      const labels = distinctPoints(points).map(({ label, text }) => `${label} ${text}`);
      expect(new Set(labels).size).toBe(labels.length);
    }
    const [cpu = [], octets = []] = (['cpu', 'octets'] as const).map((show) =>
      distinctPoints(costPoints(rowsOf({ schemes: 'all' }), show)),
    );
    expect(cpu.length).toBeGreaterThan(octets.length);
    expect(cpu.some(({ dashed }) => dashed)).toBe(true);
  });

  it('is there for any state that a link can hold', async () => {
    const numbers = COST_NUMBERS.map((name) => {
      const [min, max] = COST_LIMITS[name];
      return [name, fc.double({ min, max, noNaN: true })] as const;
    });
    fc.assert(
      fc.property(
        fc.record(
          { s: fc.constant('cost' as const), ...Object.fromEntries(numbers) },
          { requiredKeys: ['s'] },
        ),
        (state) => {
          const rows = costRows(state as CostState, STUDY.protections);
          expect(rows.length).toBeGreaterThan(8);
          for (const show of LINK_COSTS) {
            for (const { value } of costPoints(rows, show)) {
              expect(value === undefined || (Number.isFinite(value) && value >= 0)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(await readLink('cost')).toEqual(START);
  });
});

describe('what is typed', () => {
  it.each([
    ['1 2 1', [1, 2, 1]],
    ['0.5, 0.5;', [0.5, 0.5]],
  ])('%s are shares of lengths', (text, lengths) => {
    expect(readLengths(text)).toEqual({ lengths });
  });

  it.each([
    ['1 x', '"x" is no share, a number'],
    ['0 0', 'no share above 0'],
    ['', 'no share above 0'],
    ['1 '.repeat(31), 'more than 30 lengths'],
  ])('%.20s is none', (text, problem) => {
    expect(readLengths(text)).toEqual({ problem });
  });

  it('is a number of the assumptions, in the unit of its field, or none', () => {
    expect(readNumber(' 40', 'peers')).toBe(40);
    expect(readNumber('50', 'signedShare', 100)).toBe(0.5);
    for (const text of ['', 'x', '0', '-1', '1e3', '1001', '1 2'])
      expect(readNumber(text, 'peers')).toBeUndefined();
  });
});

describe('numbers in words', () => {
  it('have three digits and a unit', () => {
    expect([digits(1_234_567), digits(0.000_312), digits(0), digits(1e-9)]).toEqual([
      '1,230,000',
      '0.000312',
      '0',
      '1.0e-9',
    ]);
    expect([octetsText(0), octetsText(999), octetsText(19_440_000_000)]).toEqual(['0 B', '999 B', '19.4 GB']);
    expect([countText(12), countText(191_040_000), countText(2.5e9)]).toEqual([
      '12',
      '191 million',
      '2.5 billion',
    ]);
    expect([0, 1e-7, 0.004, 1, 119, 120, 7200, 200_000].map(timeText)).toEqual([
      '0 s',
      '0.1 µs',
      '4 ms',
      '1 s',
      '119 s',
      '2 minutes',
      '2 hours',
      '2.31 days',
    ]);
    expect(timesText({ median: 7200, q1: 3600, q3: 9000 })).toBe('2 hours (1 to 2.5)');
    expect([1e-4, 0.1, 1, 1000, 1e12].map((value) => powerText(value, 's'))).toEqual([
      '10⁻⁴ s',
      '0.1 s',
      '1 s',
      '1,000 s',
      '10¹² s',
    ]);
    expect([coresText(1), coresText(0.5), coresText(1e-6)]).toEqual([
      '1 core',
      '0.5 cores',
      'less than 0.0001 cores',
    ]);
  });
});

describe('measuring in a browser', () => {
  it('has rounds with a sample of each operation, the first of which does not count', async () => {
    let clock = 0;
    const ran: string[] = [];
    const operation = <Name extends string>(name: Name, ms: number) => ({
      name,
      run: (times: number): void => {
        clock += ms * times;
        ran.push(name);
      },
    });
    const told: string[] = [];
    const plan = { sampleMs: 10, rounds: 3, discard: 1 };
    const measured = await measureRounds(
      [operation('slow', 4), operation('fast', 0.01), operation('none', 0)],
      plan,
      () => clock,
      (done, of) => told.push(`${done}/${of}`),
    );
    expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(ran.slice(-12).join(' ')).toBe('slow fast none '.repeat(4).trim());
    expect(measured.map(({ name, rounds }) => [name, rounds])).toEqual([
      ['slow', 3],
      ['fast', 3],
      ['none', 3],
    ]);
    expect(measured[0]).toMatchObject({ median: 4, q1: 4, q3: 4 });
    expect(measured[1]?.median).toBeCloseTo(0.01, 9);
    expect(measured[2]?.median).toBe(0);
  });

  it('measures what it says: a signature that is good, and verdicts', async () => {
    const { operation, signed } = portableVerification();
    await operation.run(1);
    expect([signed.signature.length, signed.spki.length]).toEqual([64, 91]);
    const key = await crypto.subtle.importKey(
      'spki',
      signed.spki,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    expect(await crypto.subtle.verify(algorithm, key, signed.signature, signed.octets)).toBe(true);
    for (const one of [originValidation(), aspaVerification([0, 1, 3])]) await one.run(5000);
  });

  it('gives rows to the table: one signature a hop, and the same for all lengths of verdicts', () => {
    const measured = (['P-256, WebCrypto', 'P-256, noble', 'origin validation', 'ASPA'] as const).map(
      (name) => ({
        name,
        median: 2,
        q1: 1,
        q3: 3,
        rounds: 10,
      }),
    );
    const [native, noble, rov, aspa] = costRows({ s: 'cost', peers: 1, prefixes: 1000, pathLengths: '0 1' }, [
      ...browserProtections(measured),
    ]);
    expect(native?.startUp.coreSeconds).toEqual({ median: 4, q1: 2, q3: 6 });
    expect(noble?.protection.engine).toBe('this browser, noble');
    expect(rov?.startUp.coreSeconds?.median).toBe(2);
    expect(aspa?.name).toBe('ASPA');
  });
});
