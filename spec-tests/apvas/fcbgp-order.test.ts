import fc from 'fast-check';
import { createFcKeys, FC_FLAG, type FcSegment, type FcSession, verifyFcRoute } from 'pathsec/apvas';
import { suite1 } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { native } from '../bgpsec/world.js';
import { prefix } from './fcbgp-world.js';

/** What a segment says about the path, newest first in a list. */
type Triplet = readonly [previousAs: number, asn: number, nextAs: number, routeServer: boolean];

const LOCAL = 9;
const SERVERS = [7, 8] as const;

/**
 * Check 3 by definition, without placing anything: whether there is a choice of a route server or none between all
 * neighbours, and of which ASes and route servers sign, that gives exactly these triplets.
 */
function isInOrder(hops: readonly number[], triplets: readonly Triplet[], session: FcSession): boolean {
  const wanted = JSON.stringify(triplets);
  const between = (link: number): readonly (number | undefined)[] => {
    if (link > 0 || session.kind === 'internal') return [undefined, 1, 2, 3, 4, ...SERVERS];
    // The peer itself is between, or nobody.
    return [session.peerAs === hops[0] ? undefined : session.peerAs];
  };
  const choose = (link: number, chosen: readonly (number | undefined)[]): boolean => {
    if (link < hops.length) return between(link).some((server) => choose(link + 1, [...chosen, server]));
    // Everybody who may sign, newest first, with whether the path needs that segment.
    const all: { readonly triplet: Triplet; readonly needed: boolean }[] = [];
    for (const [i, asn] of hops.entries()) {
      const newer = hops[i - 1] ?? LOCAL;
      const server = chosen[i];
      if (server !== undefined) {
        if (hops.includes(server)) return false;
        all.push({
          triplet: [asn, server, newer, true],
          needed: session.routeServers?.has(server) !== true,
        });
      }
      const older = hops[i + 1];
      all.push({
        triplet: [older === undefined ? 0 : (chosen[i + 1] ?? older), asn, server ?? newer, false],
        needed: false,
      });
    }
    const sign = (at: number, made: readonly Triplet[]): boolean => {
      const next = all[at];
      if (next === undefined) return JSON.stringify(made) === wanted;
      return sign(at + 1, [...made, next.triplet]) || (!next.needed && sign(at + 1, made));
    };
    return sign(0, []);
  };
  return hops.length > 0 && choose(0, []);
}

/** Whether the verifier finds the segments in order; what comes after check 3 is left out. */
function verdictOf(hops: readonly number[], triplets: readonly Triplet[], session: FcSession): boolean {
  const segments = triplets.map(
    ([previousAs, asn, nextAs, routeServer]): FcSegment => ({
      previousAs,
      asn,
      nextAs,
      ski: new Uint8Array(20),
      algorithm: 1,
      flags: routeServer ? FC_FLAG.routeServer : 0,
      signature: Uint8Array.of(1),
    }),
  );
  const route = { prefix, path: { segments }, asPath: [{ type: 2 as const, asns: hops }] };
  const { reason } = verifyFcRoute(route, session, { keys: createFcKeys(), suites: suite1(native) });
  return reason !== 'segment-order' && reason !== 'peer-as-mismatch';
}

const asn = fc.integer({ min: 1, max: 4 });
/** An AS that comes back has its own test below. */
const hops = fc.uniqueArray(asn, { minLength: 1, maxLength: 4 });
const session = (path: readonly number[]): fc.Arbitrary<FcSession> =>
  fc.record({
    localAs: fc.constant(LOCAL),
    peerAs: fc.constantFrom(path[0] ?? 1, path[0] ?? 1, ...SERVERS),
    kind: fc.constantFrom('external' as const, 'internal' as const),
    routeServers: fc.constantFrom(new Set<number>(), new Set([7])),
  });

/** Triplets that somebody could have meant, and some of them changed. */
const triplets = (path: readonly number[]): fc.Arbitrary<readonly Triplet[]> => {
  const maybe = fc.boolean();
  const server = fc.constantFrom(undefined, undefined, undefined, ...SERVERS);
  const number = fc.constantFrom(0, 1, 2, 3, 4, ...SERVERS, LOCAL);
  return fc
    .record({
      servers: fc.array(server, { minLength: path.length, maxLength: path.length }),
      signs: fc.array(maybe, { minLength: 2 * path.length, maxLength: 2 * path.length }),
      change: fc.option(fc.tuple(fc.nat(), fc.nat({ max: 3 }), number), { freq: 2 }),
      turned: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
    })
    .map(({ servers, signs, change, turned }) => {
      const list: [number, number, number, boolean][] = [];
      for (const [i, each] of path.entries()) {
        const newer = path[i - 1] ?? LOCAL;
        const here = servers[i];
        if (here !== undefined && signs[2 * i] === true) list.push([each, here, newer, true]);
        const older = path[i + 1];
        if (signs[2 * i + 1] === true) {
          list.push([older === undefined ? 0 : (servers[i + 1] ?? older), each, here ?? newer, false]);
        }
      }
      const changed = change === null ? undefined : list[change[0] % Math.max(1, list.length)];
      if (change !== null && changed !== undefined) {
        if (change[1] === 3) changed[3] = !changed[3];
        else changed[change[1]] = change[2];
      }
      return turned ? list.reverse() : list;
    });
};

describe('the order of segments (check 3)', () => {
  it('is what the definition says, for whatever gaps and route servers', () => {
    const seen = { good: 0, bad: 0 };
    fc.assert(
      fc.property(
        hops.chain((path) => fc.tuple(fc.constant(path), triplets(path), session(path))),
        ([path, list, from]) => {
          const good = isInOrder(path, list, from);
          seen[good ? 'good' : 'bad']++;
          expect(verdictOf(path, list, from)).toBe(good);
        },
      ),
      { numRuns: 4000 },
    );
    expect(seen.good).toBeGreaterThan(400);
    expect(seen.bad).toBeGreaterThan(400);
  });

  it('of an AS that comes back in the path needs all of its segments', () => {
    const session = { localAs: LOCAL, peerAs: 4, kind: 'external' } as const;
    const both: Triplet[] = [
      [3, 4, LOCAL, false],
      [0, 4, 3, false],
    ];
    expect(verdictOf([4, 3, 4], both, session)).toBe(true);
    expect(verdictOf([4, 3, 4], both.slice(1), session)).toBe(false);
  });
});
