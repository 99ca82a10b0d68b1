import fc from 'fast-check';
import type { BgpsecPath } from 'pathsec/bgp';
import {
  createRevalidationIndex,
  createRouterKeys,
  createSegmentCache,
  isValidRoute,
  isValidRouteAsync,
  type SignatureEngine,
  type SignedRoute,
  selectVerified,
  suite1,
  verifyRoute,
} from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { announced, external, keyOf, native, pathOf } from './world.js';

/** An engine that counts its verifications. */
function counting(): SignatureEngine & { verified: number } {
  const engine = {
    ...native,
    verified: 0,
    verify: (spki: Uint8Array, octets: Uint8Array, signature: Uint8Array) => {
      engine.verified++;
      return native.verify(spki, octets, signature);
    },
  };
  return engine;
}

const routerKey = (asn: number) => ({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki });
const LOCAL = 100;
const routeOf = (path: BgpsecPath): SignedRoute => ({
  path,
  announced,
  session: external(LOCAL, path.segments[0]?.asn ?? 0),
});

/** Routes for one prefix over a few neighbours with common tails, some of them with a bad signature. */
const pool: readonly SignedRoute[] = [[1, 2, 3], [1, 2, 4], [1, 2, 3, 5], [1, 2, 3, 6], [1, 7], [1]].flatMap(
  (asns) => {
    const path = pathOf(asns, LOCAL);
    const bad = (index: number): BgpsecPath => ({
      segments: path.segments,
      blocks: path.blocks.map(({ suite, signatures }) => ({
        suite,
        signatures: signatures.map((one, i) =>
          i === index ? { ...one, signature: native.sign(keyOf(9), one.ski) } : one,
        ),
      })),
    });
    return [path, bad(0), bad(asns.length - 1)].map(routeOf);
  },
);

describe('the three optimisations change no verdict', () => {
  it('early termination and the segment cache, over random UPDATEs and key changes', async () => {
    requirement('!rfc8205:7.3:stop-at-bad-signature', 'rfc8205:7.4:optimisations');
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ route: fc.nat({ max: pool.length - 1 }) }) },
      { weight: 1, arbitrary: fc.record({ key: fc.integer({ min: 1, max: 7 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (steps, capacity) => {
          const keys = createRouterKeys([1, 2, 3, 4, 5, 6, 7].map(routerKey));
          const verifier = { keys, suites: suite1(native) };
          const cache = createSegmentCache(capacity);
          for (const one of steps) {
            if ('key' in one) {
              if (!keys.withdraw(routerKey(one.key))) keys.announce(routerKey(one.key));
              continue;
            }
            const route = pool[one.route] as SignedRoute;
            const expected = isValidRoute(route, verifier, { earlyTermination: false });
            expect(verifyRoute(route, verifier, true).verdict === 'valid').toBe(expected);
            expect(isValidRoute(route, verifier)).toBe(expected);
            expect(isValidRoute(route, verifier, { cache })).toBe(expected);
            expect(await isValidRouteAsync(route, verifier, { cache, earlyTermination: false })).toBe(
              expected,
            );
            expect(cache.size).toBeLessThanOrEqual(capacity);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('the cache saves the common tail, and forgets with the key', () => {
    requirement('!rfc8205:5:rerun-on-change', '!rfc8205:5:reassess-by-ski', 'rfc8205:7.4:optimisations');
    const engine = counting();
    const keys = createRouterKeys([1, 2, 3, 4, 5, 6].map(routerKey));
    const verifier = { keys, suites: suite1(engine) };
    const cache = createSegmentCache(100);
    const first = routeOf(pathOf([1, 2, 3, 5], LOCAL));
    expect([isValidRoute(first, verifier, { cache }), engine.verified]).toEqual([true, 4]);
    expect([isValidRoute(first, verifier, { cache }), engine.verified]).toEqual([true, 4]);
    expect([cache.hits, cache.misses, cache.size]).toEqual([1, 4, 4]);
    // Hops 1 and 2 are the same; AS 3 signed to another neighbour.
    const other = routeOf(pathOf([1, 2, 3, 6], LOCAL));
    expect([isValidRoute(other, verifier, { cache }), engine.verified]).toEqual([true, 6]);
    expect(cache.size).toBe(6);
    // The target of the newest signature is hashed: another receiver gets no hit on it.
    const elsewhere = { ...first, session: external(LOCAL + 1, 5) };
    expect([isValidRoute(elsewhere, verifier, { cache }), engine.verified]).toEqual([false, 7]);
    keys.withdraw(routerKey(1));
    expect(isValidRoute(first, verifier, { cache })).toBe(false);
    keys.announce(routerKey(1));
    expect(isValidRoute(first, verifier, { cache })).toBe(true);
    expect(() => createSegmentCache(0)).toThrow(RangeError);
  });

  it('routes that do not verify never enter the cache', () => {
    requirement('!rfc8205:8.1:validate-completely');
    const cache = createSegmentCache(100);
    const verifier = { keys: createRouterKeys([2, 3].map(routerKey)), suites: suite1(native) };
    for (const route of pool) isValidRoute(route, verifier, { cache });
    expect(cache.size).toBe(0);
  });

  it('early termination stops at the first bad signature', () => {
    requirement('rfc8205:7.3:stop-at-bad-signature', '!rfc8205:8.3:cheap-checks-first');
    const engine = counting();
    const verifier = { keys: createRouterKeys([1, 2, 3, 5].map(routerKey)), suites: suite1(engine) };
    const bad = pool[7] as SignedRoute;
    expect([isValidRoute(bad, verifier), engine.verified]).toEqual([false, 1]);
    expect([isValidRoute(bad, verifier, { earlyTermination: false }), engine.verified]).toEqual([false, 5]);
  });

  it('best path only: the same best path as with full verification, deferral visible', () => {
    requirement('rfc8205:5:defer', 'rfc8205:5:deferral-visible');
    const verdicts = fc.array(fc.constantFrom('valid', 'not-valid', 'unsigned', 'treat-as-withdraw'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(verdicts, fc.boolean(), (candidates, strict) => {
        const usable = (verdict: string) => verdict === 'valid' || (!strict && verdict === 'unsigned');
        let calls = 0;
        const { best, states } = selectVerified(
          candidates.map((verdict, i) => ({ verdict, i })),
          ({ verdict }) => {
            calls++;
            return verdict;
          },
          usable,
        );
        const index = candidates.findIndex(usable);
        expect(best?.i ?? -1).toBe(index);
        const verified = index < 0 ? candidates.length : index + 1;
        expect(calls).toBe(verified);
        expect(states).toEqual(candidates.map((verdict, i) => (i < verified ? verdict : 'deferred')));
      }),
    );
  });
});

describe('re-validation (RFC 8205 5)', () => {
  it('finds exactly the UPDATEs that a key change can touch; verdicts equal a full rerun', () => {
    requirement('rfc8205:5:rerun-on-change', 'rfc8205:5:reassess-by-ski');
    const keys = createRouterKeys([1, 2, 3, 4, 5, 6, 7].map(routerKey));
    const verifier = { keys, suites: suite1(native) };
    const index = createRevalidationIndex<number>();
    const verdicts = pool.map((route) => isValidRoute(route, verifier));
    for (const [id, { path }] of pool.entries()) index.add(id, path);
    expect(index.size).toBe(7);
    for (const asn of [7, 3, 1, 7, 3, 1]) {
      const held = keys.lookup(asn, keyOf(asn).ski).length > 0;
      const before = keys.generation;
      const changes = keys.apply(held ? [] : [routerKey(asn)], held ? [routerKey(asn)] : []);
      expect(keys.generation).toBe(before + 1);
      const affected = index.affected(changes);
      expect([...affected].sort((a, b) => a - b)).toEqual(
        [...pool.keys()].filter((id) => pool[id]?.path.segments.some((segment) => segment.asn === asn)),
      );
      for (const id of affected) verdicts[id] = isValidRoute(pool[id] as SignedRoute, verifier);
      expect(verdicts).toEqual(pool.map((route) => isValidRoute(route, verifier)));
    }
    for (const [id, { path }] of pool.entries()) index.remove(id, path);
    expect([index.size, index.affected([{ min: 1, max: 9, ski: keyOf(1).ski }]).size]).toEqual([0, 0]);
  });

  it('a certificate with a range affects the ASes in it', () => {
    requirement('!rfc8205:5:reassess-by-ski');
    const index = createRevalidationIndex<string>();
    index.add('a', pathOf([5], LOCAL));
    const { ski } = keyOf(5);
    expect([...index.affected([{ min: 1, max: 4, ski }])]).toEqual([]);
    expect([...index.affected([{ min: 1, max: 5, ski }])]).toEqual(['a']);
  });
});
