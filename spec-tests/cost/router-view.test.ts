import fc from 'fast-check';
import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  distinctShare,
  meanCost,
  meanHops,
  type Protection,
  type RouterViewRow,
  routerView,
} from 'pathsec/cost';
import { describe, expect, it } from 'vitest';
import { routerViewCsv } from '../../bench/study/router-view/csv.js';

const exactly = (ms: number) => ({ median: ms, q1: ms, q3: ms });
const perSignature = (ms: number) => ({ byHops: [{ hops: 1, ms: exactly(ms) }] });
const bgpsec: Protection = {
  family: 'bgpsec',
  scheme: 'BGPsec',
  engine: 'any',
  verified: 'every route',
  signatures: 'one per hop',
  octets: { fixed: 52, perHop: 99 },
  cost: perSignature(0.125),
};
const aggregate: Protection = { ...bgpsec, signatures: 'one', octets: { fixed: 102, perHop: 26 } };
const payloads: Protection = {
  family: 'payloads',
  scheme: 'ROV',
  engine: 'any',
  verified: 'every route',
  signatures: 'none',
};
const only = (rows: readonly RouterViewRow[]): RouterViewRow => {
  const [row, ...more] = rows;
  if (row === undefined || more.length > 0) throw new Error(`${rows.length} rows`);
  return row;
};

describe("the router's view", () => {
  // Half of the paths have two hops, half have four.
  const small = {
    ...DEFAULT_ASSUMPTIONS,
    prefixes: 1_000,
    peers: [16],
    cores: [1, 4],
    pathLengths: [0, 2, 0, 2],
    prefixesPerUpdate: 2,
    sharing: 0.25,
    announcementsPerMinute: 60,
    unseenShare: 0.4,
    bestShare: 0.1,
  };

  it('of every route is as worked out by hand', () => {
    const row = only(routerView(small, [bgpsec]));
    // 16,000 routes of three hops at 0.125 ms, of 52 + 3 * 99 octets.
    expect(row.startUp).toEqual({
      routes: 16_000,
      signatures: 48_000,
      octets: 5_584_000,
      coreSeconds: exactly(6),
    });
    expect(row.perMinute).toMatchObject({ routes: 960, signatures: 2_880, octets: 335_040 });
    expect(row.perMinute.coreSeconds?.median).toBeCloseTo(0.36, 9);
    expect(row.onCores).toMatchObject([
      { cores: 1, startUpMinutes: { median: 0.1 } },
      { cores: 4, startUpMinutes: { median: 0.025 } },
    ]);
    expect(row.onCores[1]?.churnShare?.median).toBeCloseTo(0.0015, 9);
  });

  it('of best paths asks for one route of a prefix, then for what churn makes the best', () => {
    const row = only(routerView(small, [{ ...bgpsec, verified: 'best paths' }]));
    expect(row.startUp).toMatchObject({ routes: 16_000, signatures: 3_000, octets: 5_584_000 });
    expect(row.perMinute.signatures).toBeCloseTo(288, 9);
  });

  it('of unseen segments asks for a share of 16^-0.25, and of the peers own signatures at least', () => {
    const cached = { ...bgpsec, verified: 'unseen segments' } as const;
    const row = only(routerView(small, [cached]));
    expect(row.startUp.signatures).toBe(24_000);
    expect(row.startUp.coreSeconds?.median).toBeCloseTo(3, 9);
    expect(row.perMinute.signatures).toBeCloseTo(1_152, 9);
    expect(only(routerView({ ...small, sharing: 1 }, [cached])).startUp.signatures).toBeCloseTo(16_000, 6);
  });

  it('of an aggregate has one signature a route', () => {
    const row = only(routerView(small, [aggregate]));
    expect(row.startUp).toMatchObject({ signatures: 16_000, octets: 16_000 * (102 + 3 * 26) });
  });

  it('of payloads has none, shorter messages, and judges every route', () => {
    const row = only(
      routerView({ ...small, signedShare: 0 }, [
        { ...payloads, cost: { byHops: [1, 2].map((hops) => ({ hops, ms: exactly(0.001) })) } },
      ]),
    );
    // (44 + 3 * 4) / 2 + 4 octets a route.
    expect(row.startUp).toMatchObject({ signatures: 0, octets: 16_000 * 32 });
    expect(row.startUp.coreSeconds?.median).toBeCloseTo(0.016, 9);
  });

  it('has no time where the unit cost is absent', () => {
    const { cost: _, ...absent } = bgpsec;
    const row = only(routerView(small, [absent]));
    expect(row.startUp).toEqual({ routes: 16_000, signatures: 48_000, octets: 5_584_000 });
    expect(row.onCores).toEqual([{ cores: 1 }, { cores: 4 }]);
    const lines = routerViewCsv([row]).split('\n');
    expect(lines[0]).toBe('scheme,engine,verified,peers,cores,quantity,value,q1,q3,unit');
    expect(lines).toContain('BGPsec,any,every route,16,4,"time, start-up",absent,,,minutes');
    expect(lines).toContain('BGPsec,any,every route,16,,"signatures, start-up",48000,,,signatures');
  });

  it('keeps every route: by its hops where each signs, else the same for each, and tables once', () => {
    // Measured at six hops; the paths here have three. 16,000 routes.
    const memory = { perRoute: 600, hops: 6, tables: 1e6 };
    const octets = (protection: Protection): number | undefined =>
      only(routerView(small, [{ ...protection, memory }])).memory;
    expect(octets(bgpsec)).toBe(1e6 + 16_000 * 300);
    expect(octets({ ...bgpsec, verified: 'best paths' })).toBe(1e6 + 16_000 * 300);
    expect(octets(aggregate)).toBe(1e6 + 16_000 * 600);
    expect(octets(payloads)).toBe(1e6);
    expect(only(routerView(small, [bgpsec])).memory).toBeUndefined();
  });

  it.each<[string, Partial<Record<keyof Assumptions, unknown>>, string]>([
    ['no number', { prefixes: '1' }, 'prefixes has "1" for a number'],
    ['no list', { peers: 3 }, 'peers is 3, not a list'],
    ['a list', { sharing: [1] }, 'sharing is a list, not a number'],
    ['less than nothing', { bestShare: -0.1 }, 'bestShare has -0.1, not a number of at least 0'],
    ['no end', { announcementsPerMinute: Number.POSITIVE_INFINITY }, 'announcementsPerMinute has Infinity'],
    ['no peer', { peers: [0] }, 'peers has 0, not a number of at least 1'],
    ['no path', { pathLengths: [0, 0] }, 'pathLengths has no share above 0'],
    ['empty UPDATEs', { prefixesPerUpdate: 0 }, 'prefixesPerUpdate has 0'],
  ])('refuses %s', (_title, wrong, message) => {
    expect(() => routerView({ ...small, ...wrong } as Assumptions, [bgpsec])).toThrow(message);
  });

  it.each([
    ['one length is in proportion', [[4, 8]], 6],
    [
      'two are a line',
      [
        [2, 5],
        [6, 9],
      ],
      6,
    ],
    [
      'beyond the last goes on',
      [
        [1, 2],
        [2, 3],
      ],
      4,
    ],
    [
      'before the first goes back',
      [
        [4, 10],
        [5, 12],
      ],
      8,
    ],
    [
      'never below nothing',
      [
        [4, 1],
        [5, 12],
      ],
      0,
    ],
  ])('a cost: %s', (_title, points, ms) => {
    const byHops = points.map(([hops = 0, cost = 0]) => ({ hops, ms: exactly(cost) }));
    expect(meanCost({ byHops }, [0, 0, 1]).median).toBeCloseTo(ms, 9);
  });
});

describe("the router's view, for any assumptions", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const anyAssumptions = fc.record({
    prefixes: fc.integer({ min: 1, max: 2_000_000 }),
    peers: fc.integer({ min: 1, max: 200 }).map((peers) => [peers]),
    cores: fc.constant([1, 4, 16]),
    pathLengths: fc
      .array(share, { minLength: 1, maxLength: 12 })
      .filter((shares) => shares.some((one) => one > 1e-6)),
    signedShare: share,
    prefixesPerUpdate: fc.double({ min: 1, max: 100, noNaN: true }),
    sharing: share,
    announcementsPerMinute: fc.double({ min: 0, max: 10_000, noNaN: true }),
    unseenShare: share,
    bestShare: share,
  });
  const anyProtection = fc.record({
    family: fc.constant('bgpsec'),
    scheme: fc.constant('any'),
    engine: fc.constant('any'),
    verified: fc.constantFrom('every route', 'best paths', 'unseen segments'),
    signatures: fc.constantFrom('one per hop', 'one'),
    octets: fc.constant({ fixed: 52, perHop: 99 }),
    cost: fc.double({ min: 0, max: 100, noNaN: true }).map(perSignature),
  } as const);
  const numbersOf = ({ startUp, perMinute }: RouterViewRow): number[] =>
    [startUp, perMinute].flatMap(({ routes, signatures, octets, coreSeconds }) => [
      routes,
      signatures,
      octets,
      coreSeconds?.median ?? Number.NaN,
    ]);
  const expectClose = (own: readonly number[], other: readonly number[]): void => {
    for (const [i, value] of own.entries()) {
      expect(Math.abs(value - (other[i] ?? Number.NaN))).toBeLessThanOrEqual(
        1e-9 * Math.max(1, Math.abs(value)),
      );
    }
  };

  it('start-up is linear in the prefixes, and churn does not know them', () => {
    fc.assert(
      fc.property(anyAssumptions, anyProtection, (assumptions, protection) => {
        const row = only(routerView(assumptions, [protection]));
        const three = only(routerView({ ...assumptions, prefixes: 3 * assumptions.prefixes }, [protection]));
        expectClose(
          numbersOf(three),
          numbersOf(row).map((value, i) => (i < 4 ? 3 * value : value)),
        );
      }),
    );
  });

  it('where every route is verified, all is linear in the peers', () => {
    fc.assert(
      fc.property(anyAssumptions, anyProtection, (assumptions, any) => {
        const protection = { ...any, verified: 'every route' } as const;
        const row = only(routerView(assumptions, [protection]));
        const peers = assumptions.peers.map((count) => 3 * count);
        const three = only(routerView({ ...assumptions, peers }, [protection]));
        expectClose(
          numbersOf(three),
          numbersOf(row).map((value) => 3 * value),
        );
      }),
    );
  });

  it('one core takes four times what four take, and sixteen a quarter of that', () => {
    fc.assert(
      fc.property(anyAssumptions, anyProtection, (assumptions, protection) => {
        const [one, four, sixteen] = only(routerView(assumptions, [protection])).onCores;
        for (const what of ['startUpMinutes', 'churnShare'] as const) {
          const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = [one, four, sixteen].map(
            (cores) => cores?.[what]?.median,
          );
          expectClose([a, b], [4 * b, 4 * c]);
        }
      }),
    );
  });

  it('a cache and best paths never ask for more than every route', () => {
    fc.assert(
      fc.property(anyAssumptions, anyProtection, (assumptions, any) => {
        const of = (verified: Protection['verified']): number[] =>
          numbersOf(only(routerView(assumptions, [{ ...any, verified }])));
        const every = of('every route');
        for (const verified of ['best paths', 'unseen segments'] as const) {
          for (const [i, value] of of(verified).entries()) {
            expect(value).toBeLessThanOrEqual((every[i] ?? Number.NaN) * (1 + 1e-12));
          }
        }
        const [peers = 1] = assumptions.peers;
        expect(distinctShare(assumptions, peers)).toBeGreaterThanOrEqual(
          Math.min(1, 1 / meanHops(assumptions.pathLengths)),
        );
      }),
    );
  });

  it('without churn there is no work after the start', () => {
    fc.assert(
      fc.property(anyAssumptions, anyProtection, (assumptions, protection) => {
        const quiet = { ...assumptions, announcementsPerMinute: 0 };
        const { perMinute, onCores } = only(routerView(quiet, [protection]));
        expect(perMinute).toEqual({ routes: 0, signatures: 0, octets: 0, coreSeconds: exactly(0) });
        expect(onCores.map(({ churnShare }) => churnShare?.median)).toEqual([0, 0, 0]);
      }),
    );
  });
});
