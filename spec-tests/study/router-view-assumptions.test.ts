import { DEFAULT_ASSUMPTIONS, DESCRIBED_ASSUMPTIONS } from 'pathsec/cost';
import { AFI_IPV4, makePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { checkRouterView, chooseAssumptions } from '../../bench/study/router-view/chosen.js';
import { pathMixOf, sharingExponent } from '../../bench/study/router-view/path-mix.js';
import type { TableInput } from '../../bench/study/table-input.js';

describe('what a table says of a router', () => {
  const path = (...asns: number[]) => ({ asns, pCounts: asns.map(() => 1) });
  // Origin first: peers 1 to 4 get AS 10's prefix by AS 20, and then peer 4 by itself.
  const input: TableInput = {
    name: 'by hand',
    paths: [path(10, 20, 1), path(10, 20, 2), path(10, 20, 3), path(10, 20, 4), path(10, 4)],
    prefixes: [0, 1].map((i) => makePrefix(AFI_IPV4, Uint8Array.of(10, i, 0, 0), 16)),
    peers: 4,
    leftOut: 0,
    events: [
      ...[0, 1, 2, 3].map((peer) => ({ peer, prefix: 0, path: peer, time: 20 * peer })),
      { peer: 0, prefix: 1, path: 0, time: 100 },
      { peer: 0, prefix: 1, path: -1, time: 110 },
      { peer: 3, prefix: 0, path: 4, time: 120 },
    ],
  };
  const mix = pathMixOf(input);

  it('is counted', () => {
    expect(mix).toMatchObject({ name: 'by hand', peers: 4 });
    expect(mix.pathLengths).toEqual([0, 1 / 6, 5 / 6]);
    expect(mix.prefixesPerUpdate).toBe(1);
    // 10 to 20; 20 to 1, 2, 3; 1, 2, 3 to here; 10 to 4; 4 to here.
    expect(mix.sharing).toEqual([{ peers: 4, prefixes: 1, statements: 11, distinctStatements: 9 }]);
    expect(sharingExponent(mix.sharing)).toBeCloseTo(Math.log(11 / 9) / Math.log(4), 9);
    expect(sharingExponent([])).toBeUndefined();
  });

  it('with time shows churn, of prefixes that four peers have', () => {
    // Counted: the fourth announcement (two of three statements new, the best stays) and the last (both new, a new best).
    expect(mix.churn).toEqual({
      seconds: 120,
      announcementsPerMinute: 0.75,
      counted: 2,
      unseenShare: 4 / 5,
      bestShare: 1 / 2,
    });
    const events = input.events.map((event) => ({ ...event, time: 0 }));
    expect(pathMixOf({ ...input, events }).churn).toBeUndefined();
  });

  it('goes before the defaults, and what is said before both', () => {
    const settings = { table: 'by hand', updates: 'by hand', unseenShare: 0.5, peers: [3] };
    const { assumptions, described } = chooseAssumptions(settings, [mix]);
    expect(assumptions).toMatchObject({
      peers: [3],
      prefixesPerUpdate: 1,
      announcementsPerMinute: 0.75,
      unseenShare: 0.5,
    });
    const sources = Object.fromEntries(described.map(({ name, source }) => [name, source]));
    expect(sources).toMatchObject({
      peers: 'given',
      unseenShare: 'given',
      sharing: 'measured on "by hand"',
      bestShare: 'measured on "by hand"',
      prefixes: expect.stringContaining('assumed'),
    });
  });

  it('leaves the defaults where it shows nothing', () => {
    const { churn: _, ...still } = { ...mix, sharing: [] };
    const { assumptions, described } = chooseAssumptions({ table: 'by hand', updates: 'by hand' }, [still]);
    expect(assumptions).toMatchObject({
      sharing: DEFAULT_ASSUMPTIONS.sharing,
      bestShare: DEFAULT_ASSUMPTIONS.bestShare,
    });
    expect(described.filter(({ source }) => source.includes('by hand')).map(({ name }) => name)).toEqual([
      'pathLengths',
      'prefixesPerUpdate',
    ]);
  });

  it('has to be a table of the run', () => {
    expect(() => checkRouterView({ updates: 'other' }, ['by hand'])).toThrow(
      'unknown table of routerView "other"; there are: by hand',
    );
  });

  it('every assumption is described', () => {
    expect(DESCRIBED_ASSUMPTIONS.map(({ name }) => name).sort()).toEqual(
      Object.keys(DEFAULT_ASSUMPTIONS).sort(),
    );
  });
});
