import fc from 'fast-check';
import {
  bucketOf,
  createAggregate,
  createAggregateSet,
  createApvasRib,
  findCulprits,
  GROUP_ORDER,
  type NobleGt,
  type NobleKey,
  type NoblePoint,
  randomCoefficients,
  verifyChain,
  verifyChainBatch,
  verifyChainLiteral,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainLiteral,
  verifyPlainSet,
} from 'pathsec/apvas';
import { describe, expect, it } from 'vitest';
import { engine, honestRoute, nlri24, seededOctets, signers } from './support.js';

const random = seededOctets(11);
const delta = engine.hashToG1(new Uint8Array(5), 'pathsec-test-delta');
const spoil = <R extends { sigma: NoblePoint }>(route: R, times = 1n): R => ({
  ...route,
  sigma: engine.add(route.sigma, engine.combine([delta], [times])),
});
const plain = Array.from({ length: 8 }, (_, i) =>
  honestRoute('plain', i % 2 === 0 ? [i, (i + 1) % 8, 3 + (i > 3 ? -1 : 4)] : [i, (i + 3) % 8], nlri24(i)),
);
const chain = Array.from({ length: 4 }, (_, i) =>
  honestRoute('chain', [i, 5, 6].slice(0, 1 + (i % 3)), nlri24(i)),
);
const member = <V>(values: readonly V[], i: number): V => values[i] as V;

describe('aggregates', () => {
  it('give the sum of their members in any order of additions and removals', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 15 }), { maxLength: 30 }), (steps) => {
        const aggregate = createAggregate(engine, 'plain');
        const counts = new Array<number>(plain.length).fill(0);
        for (const step of steps) {
          const i = step >> 1;
          const { route, sigma } = member(plain, i);
          if ((step & 1) === 0) {
            aggregate.add(route, sigma);
            counts[i] = (counts[i] ?? 0) + 1;
          } else {
            const held = (counts[i] ?? 0) > 0;
            expect(aggregate.remove(route, sigma)).toBe(held ? 'removed' : 'not-a-member');
            if (held) counts[i] = (counts[i] ?? 0) - 1;
          }
        }
        const expected = engine.combine(
          plain.map(({ sigma }) => sigma),
          counts.map(BigInt),
        );
        expect(engine.equal(aggregate.sigma, expected)).toBe(true);
        expect(aggregate.size).toBe(counts.reduce((a, b) => a + b, 0));
        expect([...aggregate.members()]).toHaveLength(aggregate.size);
      }),
      { numRuns: 60 },
    );
  });

  it('count a statement as often as it occurs', () => {
    const route = member(plain, 0);
    const twice = engine.add(route.sigma, route.sigma);
    expect(verifyPlainSet(engine, [route, route], twice)).toBe(true);
    expect(verifyPlainLiteral(engine, [route, route], twice)).toBe(true);
    expect(verifyPlainSet(engine, [route], twice)).toBe(false);
    expect(verifyPlainSet(engine, [route, route], route.sigma)).toBe(false);
  });

  it('hold for the empty set with the identity alone', () => {
    expect(verifyPlainSet(engine, [], engine.identity)).toBe(true);
    expect(verifyPlainSet(engine, [], delta)).toBe(false);
    expect(verifyPlainSet(engine, [member(plain, 0)], engine.identity)).toBe(false);
    expect(verifyPlainLiteral(engine, [], delta)).toBe(false);
    expect(verifyChain(engine, [], engine.identity)).toBe(true);
    expect(verifyChain(engine, [member(chain, 0)], engine.identity)).toBe(false);
    expect(verifyPlain(engine, { ...member(plain, 0), sigma: engine.identity })).toBe(false);
  });

  it('stand side by side per peer and per bucket', () => {
    const set = createAggregateSet<NoblePoint, NobleKey, NobleGt, number>(engine, 'plain');
    for (const [i, { route, sigma }] of plain.entries()) set.add(bucketOf(i, 3), route, sigma);
    expect(set.size).toBe(3);
    expect(set.get(0)?.size).toBe(3);
    expect(verifyPlainSet(engine, plain.slice(3, 6), set.get(1)?.sigma ?? engine.identity)).toBe(true);
    for (const { route, sigma } of plain.slice(6)) expect(set.remove(2, route, sigma)).toBe('removed');
    expect(set.size).toBe(2);
    expect(set.remove(2, member(plain, 7).route, delta)).toBe('not-a-member');
    expect(() => bucketOf(1, 0)).toThrow(RangeError);
  });
});

describe('literal and fast readings agree', () => {
  it('PLAIN and CHAIN, single routes and sets, good and bad', () => {
    for (const bad of [false, true]) {
      const routes = plain.slice(0, 3);
      const sum = routes.reduce((total, { sigma }) => engine.add(total, sigma), engine.identity);
      const aggregate = bad ? engine.add(sum, delta) : sum;
      expect(verifyPlainSet(engine, routes, aggregate)).toBe(!bad);
      expect(verifyPlainLiteral(engine, routes, aggregate)).toBe(!bad);
      const chained = chain.reduce((total, { sigma }) => engine.add(total, sigma), engine.identity);
      const chainSum = bad ? engine.add(chained, delta) : chained;
      expect(verifyChain(engine, chain, chainSum)).toBe(!bad);
      expect(verifyChainLiteral(engine, chain, chainSum)).toBe(!bad);
    }
  });
});

describe('batches', () => {
  it('name exactly the bad routes, cancelling pairs included', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 8 }), (faults) => {
        // Equal and opposite faults cancel in a plain sum.
        const batch = faults.map((fault, i) =>
          fault === 0
            ? member(plain, i)
            : spoil(member(plain, i), fault > 0 ? BigInt(fault) : GROUP_ORDER + BigInt(fault)),
        );
        const expected = faults.flatMap((fault, i) => (fault === 0 ? [] : [i]));
        const coefficients = randomCoefficients(batch.length, random);
        for (const mode of ['plain', 'quotient'] as const) {
          expect(verifyPlainBatch(engine, batch, coefficients, mode).bad).toEqual(expected);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('do the same for CHAIN', () => {
    const batch = chain.map((route, i) =>
      i === 1 || i === 2 ? spoil(route, i === 1 ? 1n : GROUP_ORDER - 1n) : route,
    );
    const coefficients = randomCoefficients(batch.length, random);
    expect(verifyChainBatch(engine, batch, coefficients).bad).toEqual([1, 2]);
    expect(verifyChainBatch(engine, batch, coefficients, 'plain').bad).toEqual([1, 2]);
    expect(verifyChainBatch(engine, chain, coefficients).bad).toEqual([]);
  });

  it('take one coefficient per route, in range', () => {
    expect(() => verifyPlainBatch(engine, plain, [1n])).toThrow(RangeError);
    expect(() => verifyPlainBatch(engine, [member(plain, 0)], [0n])).toThrow(RangeError);
    expect(verifyPlainBatch(engine, [], [])).toEqual({ bad: [], passes: 0, membersPassed: 0 });
  });

  it('draw coefficients of the asked width, never 0', () => {
    expect(randomCoefficients(3, (n) => new Uint8Array(n))).toEqual([1n, 1n, 1n]);
    expect(randomCoefficients(1, (n) => new Uint8Array(n).fill(255), 64)).toEqual([2n ** 64n - 1n]);
    expect(() => randomCoefficients(1, () => new Uint8Array(3))).toThrow(RangeError);
    expect(() => randomCoefficients(1, random, 12)).toThrow(RangeError);
    expect(() => randomCoefficients(1, random, 256)).toThrow(RangeError);
  });
});

describe('bisection', () => {
  // Members are small powers of a GT element: the search itself, without a pairing per case.
  const generator = engine.finalExponentiation(engine.miller([{ point: delta, key: engine.generator }]));
  const productOf = (faults: readonly boolean[]) => (from: number, to: number) => {
    const weight = faults
      .slice(from, to)
      .reduce((sum, bad, i) => sum + (bad ? 3n ** BigInt(from + i) : 0n), 0n);
    return weight === 0n ? engine.one : engine.powGt(generator, weight);
  };

  it('finds every set of bad members for every batch of up to 5, both modes', () => {
    let executed = 0;
    for (let n = 1; n <= 5; n++) {
      for (let set = 0; set < 1 << n; set++) {
        const faults = Array.from({ length: n }, (_, i) => ((set >> i) & 1) === 1);
        const expected = faults.flatMap((bad, i) => (bad ? [i] : []));
        for (const mode of ['plain', 'quotient'] as const) {
          const found = findCulprits(engine, n, productOf(faults), mode);
          expect(found.bad).toEqual(expected);
          executed++;
        }
      }
    }
    expect(executed).toBe(2 * (2 + 4 + 8 + 16 + 32));
  });

  it('needs no pass for the right half with the quotient: one bad in 16 costs less than one pass more', () => {
    const faults = Array.from({ length: 16 }, (_, i) => i === 11);
    const quotient = findCulprits(engine, 16, productOf(faults), 'quotient');
    const plainMode = findCulprits(engine, 16, productOf(faults), 'plain');
    expect(quotient).toMatchObject({ bad: [11], passes: 5, membersPassed: 16 + 15 });
    expect(plainMode).toMatchObject({ bad: [11], passes: 6, membersPassed: 16 + 8 + 4 + 4 + 2 + 1 });
  });
});

describe('memory roles', () => {
  type Rib = ReturnType<typeof createApvasRib<NoblePoint, NobleKey, NobleGt, string>>;
  const filled = (role: 'transit' | 'stub' | 'deferred'): Rib => {
    const rib: Rib = createApvasRib(engine, role, 'plain');
    for (const [i, route] of plain.slice(0, 4).entries()) rib.announce(i < 2 ? 'a' : 'b', route);
    return rib;
  };

  it('transit keeps 48 octets per route and can send each on', () => {
    const rib = filled('transit');
    expect(rib.signatureOctets).toBe(4 * 48);
    const { route, sigma } = member(plain, 1);
    expect(engine.equal(rib.signature('a', route) ?? engine.identity, sigma)).toBe(true);
    expect(rib.withdraw('a', route)).toBe('removed');
    expect(rib.signature('a', route)).toBeUndefined();
    expect([rib.size, rib.tombstones, rib.signatureOctets]).toEqual([3, 0, 3 * 48]);
    expect(rib.verify('a')).toBe(true);
    expect(rib.withdraw('a', route)).toBe('not-a-member');
  });

  it('stub keeps 48 octets per peer and cannot; withdrawals leave tombstones until a refresh', () => {
    const rib = filled('stub');
    const { route, sigma } = member(plain, 0);
    expect(rib.signatureOctets).toBe(2 * 48);
    expect(rib.signature('a', route)).toBeUndefined();
    expect(rib.withdraw('a', route)).toBe('tombstone');
    expect([rib.size, rib.tombstones]).toEqual([3, 1]);
    expect(rib.verify('a')).toBe(true);
    rib.announce('a', { ...member(plain, 0), sigma });
    expect(rib.verify('a')).toBe(true);
    rib.refresh('a');
    expect([rib.size, rib.tombstones]).toEqual([2, 0]);
    expect(rib.verify('a')).toBe(true);
  });

  it('a second announcement replaces the first', () => {
    const rib = filled('transit');
    rib.announce('a', member(plain, 0));
    expect(rib.size).toBe(4);
    rib.refresh('a');
    expect(rib.signatureOctets).toBe(2 * 48);
  });

  it('deferred gives one verdict per peer and names nobody', () => {
    const rib: Rib = createApvasRib(engine, 'deferred', 'plain');
    rib.announce('a', member(plain, 0));
    rib.announce('a', spoil(member(plain, 1)));
    rib.announce('b', member(plain, 2));
    expect([rib.verify('a'), rib.verify('b'), rib.verify('nobody')]).toEqual([false, true, true]);
  });

  it('CHAIN routes live in the same table', () => {
    const rib: Rib = createApvasRib(engine, 'stub', 'chain');
    for (const route of chain.slice(0, 2)) rib.announce('a', route);
    expect(rib.verify('a')).toBe(true);
    expect(rib.withdraw('a', member(chain, 1).route, member(chain, 1).sigma)).toBe('removed');
    expect(rib.verify('a')).toBe(true);
  });

  it('a withdrawn or added key: the routes that name it, and which need asking the peer again', () => {
    const key = member(signers, 1);
    const naming = plain.slice(0, 4).filter(({ route }) => route.segments.some(({ asn }) => asn === key.asn));
    const kept = filled('transit').routesOfKey(key.asn, key.ski);
    expect(kept.map(({ route }) => route)).toEqual(naming.map(({ route }) => route));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ rejudgeable }) => rejudgeable)).toBe(true);
    expect(
      filled('stub')
        .routesOfKey(key.asn, key.ski)
        .every(({ rejudgeable }) => rejudgeable),
    ).toBe(false);
  });
});
