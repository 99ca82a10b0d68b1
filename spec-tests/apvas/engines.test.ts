import * as blst from '@chainsafe/blst';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import fc from 'fast-check';
import * as mcl from 'mcl-wasm';
import {
  aggregatePathScheme,
  type BlstModule,
  createBlstEngine,
  createKeyTable,
  createLineCache,
  createMclEngine,
  createNobleEngine,
  DST_CHAIN,
  DST_PLAIN,
  DST_POP,
  ed25519Signer,
  halfAggregatedSchnorr,
  keysOfRoute,
  longAggregatePathScheme,
  type MclModule,
  nobleOctetEngine,
  type PathScheme,
  perHopPathScheme,
  verifyChain,
  verifyChainLiteral,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainSet,
} from 'pathsec/apvas';
import { fromHex, toHex } from 'pathsec/bytes';
import { beforeAll, describe, expect, it } from 'vitest';
import { engine, honestRoute, nlri24, routeOf, routeVector, signers, vectors } from './support.js';

beforeAll(async () => {
  await mcl.init(mcl.BLS12_381);
});

describe('mcl-wasm as oracle', () => {
  const open = () => {
    const other = createMclEngine(mcl as unknown as MclModule, { cachedKeys: 3 });
    const table = createKeyTable(other);
    for (const { asn, ski, publicKey, pop } of vectors.keys) {
      table.admit({ asn, ski: fromHex(ski), publicKey: fromHex(publicKey), pop: fromHex(pop) });
    }
    const signed = (id: string, sigma: string) => {
      const route = routeOf(routeVector(id));
      const point = other.decodeG1(fromHex(sigma));
      if (point === undefined) throw new Error('sigma');
      return { route, keys: keysOfRoute(table, route) ?? [], sigma: point };
    };
    return { other, signed };
  };

  it('agrees on PLAIN: routes, aggregate, batch, cancelling pair', () => {
    const { other, signed } = open();
    const routes = ['r1', 'r2', 'r3'].map((id) => signed(id, routeVector(id).hops.at(-1)?.sigma ?? ''));
    expect(routes.map((route) => verifyPlain(other, route))).toEqual([true, true, true]);
    const sum = routes.reduce((total, { sigma }) => other.add(total, sigma), other.identity);
    expect(toHex(other.encodeG1(sum))).toBe(vectors.aggregates[0]?.sigma);
    expect(verifyPlainSet(other, routes, sum)).toBe(true);
    const pair = [signed('r1', vectors.cancellation.sigmaR1), signed('r2', vectors.cancellation.sigmaR2)];
    expect(pair.map((route) => verifyPlain(other, route))).toEqual([false, false]);
    expect(verifyPlainBatch(other, pair, [1n, 1n]).bad).toEqual([]);
    expect(verifyPlainBatch(other, pair, [1n, 0xfedcba9876543210n]).bad).toEqual([0, 1]);
  });

  it('agrees on CHAIN: E, both readings', () => {
    const { other, signed } = open();
    for (const { route: id, hops } of vectors.chain.routes) {
      const route = signed(id, hops.at(-1)?.sigma ?? '');
      expect(verifyChain(other, [route], route.sigma)).toBe(true);
      expect(verifyChainLiteral(other, [route], route.sigma)).toBe(true);
    }
    const wrong = signed('r2', routeVector('r2').hops.at(-1)?.sigma ?? '');
    expect(verifyChain(other, [wrong], wrong.sigma)).toBe(false);
  });

  it('refuses what the strict form lets through to it', () => {
    const { other } = open();
    for (const { group, octets, accept, fault } of vectors.encodings) {
      if (fault !== 'outside-subgroup' && fault !== 'not-on-curve' && !accept) continue;
      const decoded = group === 'G1' ? other.decodeG1(fromHex(octets)) : other.decodeG2(fromHex(octets));
      expect(decoded !== undefined, fault).toBe(accept);
    }
  });
});

describe('hash to G1 without the check of its own result', () => {
  it('equals that of the library, and is in the subgroup', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(DST_PLAIN, DST_CHAIN, DST_POP),
        (octets, dst) => {
          const point = engine.hashToG1(octets, dst);
          expect(point.equals(bls12_381.shortSignatures.hash(octets, dst))).toBe(true);
          expect(point.isTorsionFree()).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('noble, caching lines or not', () => {
  it('gives the same answers', () => {
    const bare = createNobleEngine({ cachedKeys: 0 });
    const route = honestRoute('plain', [0, 1], nlri24(0));
    expect(verifyPlain(bare, route)).toBe(true);
    expect(verifyPlain(bare, { ...route, sigma: engine.negate(route.sigma) })).toBe(false);
  });

  it('bounds the cache and forgets the oldest first', () => {
    const evicted: number[] = [];
    const cache = createLineCache<object, number>(2, (value) => evicted.push(value));
    const [a, b, c] = [{}, {}, {}];
    expect([cache.get(a, () => 1), cache.get(b, () => 2), cache.get(a, () => 9)]).toEqual([1, 2, 1]);
    expect(cache.get(c, () => 3)).toBe(3);
    expect(evicted).toEqual([2]);
    expect(cache.size).toBe(2);
    expect(() => createLineCache(-1)).toThrow(RangeError);
  });
});

describe('blst as oracle of the variant with 96-octet signatures', () => {
  const native = createBlstEngine(blst as unknown as BlstModule);

  it('gives the keys and signatures of noble', () => {
    fc.assert(
      fc.property(
        fc
          .uint8Array({ minLength: 32, maxLength: 32 })
          .map((s) => Uint8Array.from(s, (o, i) => (i === 0 ? o & 0x3f : o | 1))),
        fc.uint8Array({ maxLength: 60 }),
        (secret, message) => {
          expect(toHex(native.publicKey(secret))).toBe(toHex(nobleOctetEngine.publicKey(secret)));
          expect(toHex(native.sign(message, secret))).toBe(toHex(nobleOctetEngine.sign(message, secret)));
        },
      ),
      { numRuns: 5 },
    );
  });

  it('refuses the identity and what is no point, like noble', () => {
    const identity = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0));
    for (const octets of [identity, new Uint8Array(48), new Uint8Array(3)]) {
      expect(native.decodeKey(octets)).toBeUndefined();
      expect(nobleOctetEngine.decodeKey(octets)).toBeUndefined();
    }
  });

  it('agrees on aggregates across the two', () => {
    const { route } = honestRoute('plain', [0, 1, 2], nlri24(1));
    const [mine, theirs] = [longAggregatePathScheme(nobleOctetEngine), longAggregatePathScheme(native)];
    const seeds = [1, 2, 3].map((i) => new Uint8Array(32).fill(i));
    const secrets = seeds.map((seed) => mine.keyPair(seed).secret);
    const signatures = mine.sign(route, secrets);
    expect(theirs.sign(route, secrets).map(toHex)).toEqual(signatures.map(toHex));
    const keys = seeds.map((seed) => theirs.keyPair(seed).verifier);
    expect(theirs.verify(route, keys, signatures)).toBe(true);
    expect(theirs.verify({ ...route, targetAs: 1 }, keys, signatures)).toBe(false);
    expect(theirs.verify(route, keys, [new Uint8Array(96)])).toBe(false);
  });
});

function check<S, V>(scheme: PathScheme<S, V>, octets: number): void {
  const { route } = honestRoute('plain', [0, 1, 2], nlri24(2));
  const pairs = [1, 2, 3].map((i) => scheme.keyPair(new Uint8Array(32).fill(i)));
  const keys = pairs.map(({ verifier }) => verifier);
  const signatures = scheme.sign(
    route,
    pairs.map(({ secret }) => secret),
  );
  expect(signatures.reduce((sum, s) => sum + s.length, 0)).toBe(octets);
  expect(scheme.signatureOctets(3)).toBe(octets);
  expect(scheme.verify(route, keys, signatures)).toBe(true);
  expect(scheme.verify({ ...route, nlri: nlri24(3) }, keys, signatures)).toBe(false);
  expect(scheme.verify({ ...route, segments: [...route.segments].reverse() }, keys, signatures)).toBe(false);
  expect(scheme.verify(route, [...keys].reverse(), signatures)).toBe(false);
  expect(scheme.verify(route, keys, signatures.slice(1))).toBe(false);
  const spoilt = signatures.map((s, i) => (i === 0 ? s.map((o, at) => (at === 9 ? o ^ 1 : o)) : s));
  expect(scheme.verify(route, keys, spoilt)).toBe(false);
}

describe('path schemes sign, verify and refuse', () => {
  it('PLAIN', () => {
    check(aggregatePathScheme(engine, 'plain'), 48);
  });
  it('CHAIN', () => {
    check(aggregatePathScheme(engine, 'chain'), 48);
  });
  it('BLS with 96-octet signatures', () => {
    check(longAggregatePathScheme(nobleOctetEngine), 96);
  });
  it('Ed25519 per hop', () => {
    check(perHopPathScheme(ed25519Signer), 3 * 64);
  });
  it('half-aggregated Schnorr', () => {
    check(halfAggregatedSchnorr, 32 * 3 + 32);
  });
  it('use the same keys for the same seed', () => {
    const scheme = aggregatePathScheme(engine, 'plain');
    const seed = new Uint8Array(32).fill(4);
    expect(scheme.keyPair(seed).secret).toEqual(scheme.keyPair(seed).secret);
    expect(signers).toHaveLength(8);
  });
});
