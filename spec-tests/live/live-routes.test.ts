import fc from 'fast-check';
import { formatAsPath, parseAsPath } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import {
  type ChangedRoute,
  createLiveRoutes,
  createLiveTables,
  type LiveChange,
  type LiveSession,
  type ReceivedRoute,
} from 'pathsec/live';
import { createPayloadSet } from 'pathsec/payload';
import { createRtrCache } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { expectSentences } from '../misuse/wrong-values.js';
import { type Held, literalVerdicts, nameOf } from './naive-routes.js';
import { SESSIONS, someName, somePayloads, someRoute, suites } from './world.js';

type Numbered = LiveSession & { readonly number: number };

/** Live routes beside a plain map of them that is judged by the literal procedures. */
function world(seed: number) {
  const cache = createRtrCache({ sessionId: 1, maxHistory: 0 });
  cache.replace(createPayloadSet());
  const tables = createLiveTables({ payloads: () => createPayloadSet() }, { seed });
  const live = createLiveRoutes<Numbered>(tables, { seed, suites });
  const sessions = SESSIONS.map((about, number) => live.session({ ...about, number }));
  const held = SESSIONS.map(() => new Map<string, Held>());
  const walks: Generator<ChangedRoute<Numbered> | undefined, void>[] = [];
  const of = (number: number) => {
    const [session, map, about] = [sessions[number], held[number], SESSIONS[number]];
    if (!session || !map || !about) throw new Error(`session ${number}`);
    return { session, map, about };
  };
  /** Takes up to `steps` steps of the oldest walk. */
  const walk = (steps: number): void => {
    for (let step = 0; step < steps && walks[0]; step++) {
      const { done, value } = walks[0].next();
      if (done) walks.shift();
      if (!value) continue;
      const { session: about, was, verdicts, cause, asPath } = value;
      const one = held[about.number]?.get(nameOf(value));
      if (!one) throw new Error(`a change of ${nameOf(value)}, which is not held`);
      expect(was).toEqual(one.told);
      expect(verdicts).not.toEqual(was);
      expect(verdicts).toMatchObject(withoutKeys(literalVerdicts(tables, one.route, about)));
      expect(asPath.flatMap(({ asns }) => asns)).toEqual(one.route.asPath.flatMap(({ asns }) => asns));
      const others = JSON.stringify(
        [withoutKeys(was), withoutKeys(verdicts)].map((all) => JSON.stringify(all)),
      );
      const [before, after] = JSON.parse(others);
      expect(cause).toBe(before === after ? 'key' : 'payload');
      one.told = verdicts;
    }
  };
  return {
    live,
    announce(number: number, route: ReceivedRoute): void {
      const { session, map, about } = of(number);
      const verdicts = session.announce(route);
      const expected = literalVerdicts(tables, route, about);
      if (expected.bgpsec === 'treat-as-withdraw') {
        expect(verdicts).toBe('treat-as-withdraw');
        map.delete(nameOf(route));
        return;
      }
      expect(verdicts).toEqual(expected);
      map.set(nameOf(route), { session: about, route, told: verdicts });
    },
    withdraw(number: number, name: Parameters<typeof nameOf>[0]): void {
      const { session, map } = of(number);
      expect(session.withdraw(name)).toBe(map.delete(nameOf(name)));
    },
    clear(number: number): void {
      of(number).session.clear();
      of(number).map.clear();
    },
    change(announce: Parameters<typeof cache.change>[0], withdraw: Parameters<typeof cache.change>[0]): void {
      const change: LiveChange = tables.apply(cache.change(announce, withdraw));
      walks.push(live.rejudge(change));
    },
    walk,
    /** Walks to the end; then all that was told is right. */
    settle(): void {
      walk(Number.POSITIVE_INFINITY);
      let size = 0;
      for (const [number, map] of held.entries()) {
        expect(of(number).session.size).toBe(map.size);
        const counted = new Map<string, number>();
        for (const { told } of map.values()) {
          counted.set(JSON.stringify(told), (counted.get(JSON.stringify(told)) ?? 0) + 1);
        }
        const tally = of(number).session.tally();
        expect(new Map(tally.map((some) => [JSON.stringify(some.verdicts), some.count]))).toEqual(counted);
        size += map.size;
        for (const { session, route, told } of map.values()) {
          expect(told).toEqual(literalVerdicts(tables, route, session));
        }
      }
      expect(live.size).toBe(size);
    },
  };
}

const withoutKeys = ({ bgpsec: _, ...others }: { readonly bgpsec?: unknown }): object => others;

type Step = (on: ReturnType<typeof world>) => void;
const number = fc.nat({ max: SESSIONS.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(number, someRoute).map(
      ([n, route]): Step =>
        (on) =>
          on.announce(n, route),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(number, someName).map(
      ([n, name]): Step =>
        (on) =>
          on.withdraw(n, name),
    ),
  },
  {
    weight: 1,
    arbitrary: number.map(
      (n): Step =>
        (on) =>
          on.clear(n),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(somePayloads, somePayloads).map(
      ([come, go]): Step =>
        (on) =>
          on.change(come, go),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat({ max: 5 }).map(
      (steps): Step =>
        (on) =>
          on.walk(steps),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((on) => on.settle()) },
);

describe('createLiveRoutes', () => {
  it('tells of every route whose verdict is another one, and of no other, whatever comes between', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(step, { maxLength: 60, size: 'max' }), (seed, steps) => {
        const on = world(seed);
        for (const one of steps) one(on);
        on.settle();
        for (const n of SESSIONS.keys()) on.clear(n);
        const { routes, prefixes, paths } = on.live.memory;
        expect([routes, prefixes, paths]).toEqual([0, 0, 0]);
      }),
      { numRuns: 150 },
    );
  });

  const at = (last: number) => parsePrefix(`192.0.2.${last}/32`);
  const one = (providers: readonly number[]) => {
    const tables = createLiveTables({ payloads: () => createPayloadSet() });
    const set = createPayloadSet({ aspas: [{ customer: 1, providers }] });
    const change = () => tables.apply(createRtrCache({ sessionId: 1 }).replace(set));
    return { tables, change };
  };
  const changesOf = (walk: Iterable<ChangedRoute | undefined>): string[] =>
    [...walk].flatMap((changed) => (changed ? [`${nameOf(changed)}: ${formatAsPath(changed.asPath)}`] : []));

  it('a path that nothing holds any more is forgotten, also by who sends it again', () => {
    const { tables, change } = one([9]);
    const live = createLiveRoutes(tables);
    const session = live.session({ peerAs: 2, neighborRole: 'customer' });
    const [first, second] = [parseAsPath('2 1'), parseAsPath('2 3')];
    session.announce({ prefix: at(1), asPath: first });
    session.withdraw({ prefix: at(1) });
    session.announce({ prefix: at(2), asPath: second });
    session.announce({ prefix: at(1), asPath: first });
    expect(live.memory.paths).toBe(2);
    expect(changesOf(live.rejudge(change()))).toEqual(['192.0.2.1/32 undefined: 2 1']);
  });

  it('many paths that come and go leave their room to others', () => {
    const { tables, change } = one([9]);
    const live = createLiveRoutes(tables);
    const session = live.session({ peerAs: 2, neighborRole: 'customer' });
    session.announce({ prefix: at(1), asPath: parseAsPath('2 7 1') });
    session.announce({ prefix: at(2), asPath: parseAsPath('2 {1} 7') });
    session.announce({ prefix: at(3), asPath: [] });
    for (let i = 0; i < 40_000; i++) {
      session.announce({ prefix: at(4), asPath: [{ type: 2, asns: [2, 1000 + i, 1, 2000 + i] }] });
    }
    const { paths, pathOctets } = live.memory;
    expect(paths).toBe(4);
    expect(pathOctets).toBeLessThan(12 * 4 * 40_000); // three arrays of what came, had nothing been put together
    expect(changesOf(live.rejudge(change()))).toEqual([
      '192.0.2.4/32 undefined: 2 40999 1 41999',
      '192.0.2.1/32 undefined: 2 7 1',
    ]);
  });

  it('looks at nothing but what a change may touch', () => {
    const { tables, change } = one([9]);
    const live = createLiveRoutes(tables);
    const session = live.session({ peerAs: 2, neighborRole: 'customer' });
    for (let last = 0; last < 200; last++) {
      session.announce({ prefix: at(last), asPath: parseAsPath(last < 3 ? '2 1' : '2 3') });
    }
    expect([...live.rejudge(change())]).toHaveLength(3);
    const vrp = { prefix: parsePrefix('192.0.2.128/29'), maxLength: 32, asn: 3 };
    const inside = { prefix: parsePrefix('192.0.2.129/32'), maxLength: 32, asn: 1 };
    const vrps = createRtrCache({ sessionId: 1 }).replace(
      createPayloadSet({ vrps: [vrp, inside, { ...vrp, asn: 1 }] }),
    );
    expect([...live.rejudge(tables.apply(vrps))]).toHaveLength(8);
  });

  it('does not ask of a path to begin with an AS that is not known', () => {
    const { tables } = one([2]);
    const live = createLiveRoutes(tables);
    const route = { prefix: at(1), asPath: parseAsPath('2 1') };
    const outcomes = [2, 3, undefined].map((peerAs) => {
      const verdicts = live.session({ peerAs, neighborRole: 'provider' }).announce(route);
      return typeof verdicts === 'object' && verdicts.aspa;
    });
    expect(outcomes).toEqual(['valid', 'invalid', 'valid']);
  });

  it('without tables holds routes and judges nothing', () => {
    const live = createLiveRoutes(undefined);
    const session = live.session({ peerAs: 2 });
    expect(session.announce({ prefix: at(1), asPath: parseAsPath('2 1') })).toBeUndefined();
    expect([live.size, session.size]).toEqual([1, 1]);
    expect(session.tally()).toEqual([{ verdicts: undefined, count: 1 }]);
    expect([...live.rejudge(one([9]).change())]).toEqual([]);
  });

  it('says in a sentence what is wrong with an argument', async () => {
    const { tables } = one([9]);
    const session: LiveSession = {
      peerAs: 2,
      neighborRole: 'customer',
      bgpsec: { localAs: 1, peerAs: 2, kind: 'external' },
    };
    const route = { prefix: at(1), pathId: 1, asPath: parseAsPath('2 1') };
    const on = () => createLiveRoutes(tables).session(session);
    await expectSentences(['createLiveRoutes', createLiveRoutes, Object.freeze(tables), { seed: 1, suites }]);
    await expectSentences([
      'session',
      (about: LiveSession) => createLiveRoutes(tables).session(about),
      session,
    ]);
    await expectSentences(['announce', (given: ReceivedRoute) => on().announce(given), route]);
    await expectSentences(['withdraw', (given: ReceivedRoute) => on().withdraw(given), route]);
  });
});
