import { bls12_381 } from '@noble/curves/bls12-381.js';
import fc from 'fast-check';
import {
  createAggregate,
  createApvasRib,
  createKeyTable,
  createSigningKey,
  decodePublicKey,
  decodeSignature,
  GROUP_ORDER,
  hashPointPlain,
  keysOfRoute,
  type NoblePoint,
  randomCoefficients,
  routeAtHop,
  type SigningKey,
  signChain,
  signPlain,
  subjectKeyIdentifier,
  verifyChain,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainSet,
  verifyRoute,
} from 'pathsec/apvas';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import {
  engine,
  honestRoute,
  nlri24,
  routeOf,
  routeVector,
  seededOctets,
  signerKeys,
  signers,
  vectorKeys,
  vectors,
} from './support.js';

const random = seededOctets(7);
const path = [0, 1, 2, 3];
const delta = engine.hashToG1(new Uint8Array(4), 'pathsec-test-delta');

describe('cancelling pair: two wrong signatures with the right sum', () => {
  const table = vectorKeys();
  const pair = (['r1', 'r2'] as const).map((id) => {
    const route = routeOf(routeVector(id));
    const hex = id === 'r1' ? vectors.cancellation.sigmaR1 : vectors.cancellation.sigmaR2;
    return { route, keys: keysOfRoute(table, route) ?? [], sigma: decodeSignature(engine, fromHex(hex)) };
  });

  it('each alone is not valid', () => {
    expect(pair.map((route) => verifyPlain(engine, route))).toEqual([false, false]);
  });

  it('NOT caught by the aggregate: it proves the statements, not the signatures', () => {
    const sum = pair.reduce((total, { sigma }) => engine.add(total, sigma), engine.identity);
    expect(toHex(engine.encodeG1(sum))).toBe(vectors.cancellation.sum);
    expect(verifyPlainSet(engine, pair, sum)).toBe(true);
  });

  it('NOT caught by a batch with all coefficients 1, which is why coefficients exist', () => {
    expect(verifyPlainBatch(engine, pair, [1n, 1n]).bad).toEqual([]);
  });

  it('caught by random coefficients, and both are named', () => {
    expect(verifyPlainBatch(engine, pair, randomCoefficients(2, random)).bad).toEqual([0, 1]);
    expect(verifyPlainBatch(engine, pair, randomCoefficients(2, random, 64)).bad).toEqual([0, 1]);
  });
});

describe('repair: a neighbour hands on sigma + delta and takes delta out afterwards', () => {
  const signLast = (scheme: 'plain' | 'chain') => {
    const honest = honestRoute(scheme, path, nlri24(1));
    const before = honestRoute(scheme, path.slice(0, 3), nlri24(1), [], signers[3]?.asn);
    const tainted = engine.add(before.sigma, delta);
    const key = signers[3] as SigningKey;
    const earlier = path.slice(0, 3).map((i) => (signers[i] as SigningKey).publicKey);
    const sigma =
      scheme === 'plain'
        ? signPlain(engine, honest.route, key, tainted)
        : signChain(engine, honest.route, key, earlier, { sigma: tainted });
    return { honest, repaired: engine.add(sigma, engine.negate(delta)) };
  };

  it('NOT caught in PLAIN: the statements are the same and each is signed by its owner', () => {
    const { honest, repaired } = signLast('plain');
    expect(engine.equal(honest.sigma, repaired)).toBe(true);
    expect(verifyPlain(engine, { ...honest, sigma: repaired })).toBe(true);
  });

  it('caught in CHAIN: a contribution counts only on top of the value that its signer saw', () => {
    const { honest, repaired } = signLast('chain');
    expect(verifyChain(engine, [honest], honest.sigma)).toBe(true);
    expect(verifyChain(engine, [honest], repaired)).toBe(false);
  });
});

describe('rogue key: pk = y*g2 - pk of the victim', () => {
  const victim = signers[0] as SigningKey;
  const y = 0x5eedn;
  const rogue = bls12_381.G2.Point.BASE.multiply(y)
    .subtract(bls12_381.G2.Point.fromBytes(victim.publicKey))
    .toBytes();
  const message = Uint8Array.of(1, 2, 3);

  it('forges an aggregate on one message when the key is not in the hash (test code only)', () => {
    const c = engine.hashToG1(message, 'pathsec-test-without-key');
    const forged = engine.multiply(c, y);
    const terms = [victim.publicKey, rogue].map((octets) => ({
      point: c,
      key: decodePublicKey(engine, octets),
    }));
    terms.push({ point: engine.negate(forged), key: engine.generator });
    expect(engine.equalGt(engine.finalExponentiation(engine.miller(terms)), engine.one)).toBe(true);
  });

  it('caught in PLAIN: the key is in the hash, so the two keys never meet on one point', () => {
    const terms = [victim.publicKey, rogue].map((octets) => ({
      point: hashPointPlain(engine, octets, message),
      key: decodePublicKey(engine, octets),
    }));
    const forged = engine.multiply(hashPointPlain(engine, rogue, message), y);
    terms.push({ point: engine.negate(forged), key: engine.generator });
    expect(engine.equalGt(engine.finalExponentiation(engine.miller(terms)), engine.one)).toBe(false);
  });

  it('refused at admission: nobody can prove possession of it', () => {
    const entry = { asn: 64999, ski: subjectKeyIdentifier(rogue), publicKey: rogue, pop: victim.pop };
    expect(() => createKeyTable(engine).admit(entry)).toThrow(expect.objectContaining({ code: 'key-pop' }));
  });
});

describe.each(['plain', 'chain'] as const)('changed paths, %s', (scheme) => {
  const honest = honestRoute(scheme, path, nlri24(2), [1, 2, 1, 1]);
  const verdict = (changed: Partial<typeof honest>) => verifyRoute(engine, { ...honest, ...changed }).verdict;
  const swap = <V>(values: readonly V[], i: number, j: number): V[] =>
    values.map((value, at) => (at === i ? values[j] : at === j ? values[i] : value) as V);
  const { route } = honest;
  const keys: readonly (typeof signerKeys)[number][] = honest.keys;

  it('accepts the path as sent', () => {
    expect(verdict({})).toBe('valid');
  });

  it('catches two swapped hops', () => {
    const swapped = { ...route, segments: swap(route.segments, 1, 2), skis: swap(route.skis, 1, 2) };
    expect(verdict({ route: swapped, keys: swap(keys, 1, 2) })).toBe('not-valid');
  });

  it('catches a truncated path, at either end', () => {
    const withoutOrigin = { ...route, segments: route.segments.slice(0, -1), skis: route.skis.slice(0, -1) };
    expect(verdict({ route: withoutOrigin, keys: keys.slice(1) })).toBe('not-valid');
    expect(verdict({ route: routeAtHop(route, 3), keys: keys.slice(0, 3) })).toBe('not-valid');
  });

  it('catches another target, prefix, pCount and flag', () => {
    const first = route.segments[0] ?? { pCount: 0, flags: 0, asn: 0 };
    const rest = route.segments.slice(1);
    expect(verdict({ route: { ...route, targetAs: 65001 } })).toBe('not-valid');
    expect(verdict({ route: { ...route, nlri: nlri24(3) } })).toBe('not-valid');
    expect(verdict({ route: { ...route, segments: [{ ...first, pCount: 2 }, ...rest] } })).toBe('not-valid');
    expect(verdict({ route: { ...route, segments: [{ ...first, flags: 1 }, ...rest] } })).toBe('not-valid');
  });

  it('catches a signature of the other scheme, of an earlier hop, and the negative', () => {
    const other = honestRoute(scheme === 'plain' ? 'chain' : 'plain', path, nlri24(2), [1, 2, 1, 1]);
    const earlier = honestRoute(scheme, path.slice(0, 3), nlri24(2), [1, 2, 1]);
    expect(verdict({ sigma: other.sigma })).toBe('not-valid');
    expect(verdict({ sigma: earlier.sigma })).toBe('not-valid');
    expect(verdict({ sigma: engine.negate(honest.sigma) })).toBe('not-valid');
  });

  it('catches a replay under another scheme octet', () => {
    expect(verdict({ scheme: scheme === 'plain' ? 'chain' : 'plain' })).toBe('not-valid');
  });

  it('NOT caught: the same path announced again (no freshness, as in BGPsec)', () => {
    expect(verdict({})).toBe('valid');
  });
});

describe('random paths', () => {
  it('verify as signed and fail with any one change, both schemes', () => {
    const random6 = fc.record({
      scheme: fc.constantFrom('plain' as const, 'chain' as const),
      path: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }),
      pCounts: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 3 }),
      length: fc.integer({ min: 0, max: 32 }),
      change: fc.constantFrom('target', 'nlri', 'p-count', 'flags', 'afi', 'safi', 'sigma', 'key'),
    });
    fc.assert(
      fc.property(random6, ({ scheme, path: indices, pCounts, length, change }) => {
        const nlri = Uint8Array.from({ length: 1 + Math.ceil(length / 8) }, (_, i) =>
          i === 0 ? length : 0x80,
        );
        const honest = honestRoute(scheme, indices, nlri, pCounts);
        expect(verifyRoute(engine, honest).verdict).toBe('valid');
        const { route, keys, sigma } = honest;
        const first = route.segments[0] ?? { pCount: 0, flags: 0, asn: 0 };
        const head = (segment: typeof first) => ({
          ...route,
          segments: [segment, ...route.segments.slice(1)],
        });
        const changed = {
          target: { ...honest, route: { ...route, targetAs: route.targetAs + 1 } },
          nlri: { ...honest, route: { ...route, nlri: Uint8Array.of(...nlri, 0) } },
          'p-count': { ...honest, route: head({ ...first, pCount: (first.pCount + 1) % 256 }) },
          flags: { ...honest, route: head({ ...first, flags: 0x40 }) },
          afi: { ...honest, route: { ...route, afi: 2 as const } },
          safi: { ...honest, route: { ...route, safi: 2 } },
          sigma: { ...honest, sigma: engine.add(sigma, delta) },
          key: { ...honest, keys: keys.map((key, i) => (i === 0 ? (signerKeys[6] ?? key) : key)) },
        }[change];
        expect(verifyRoute(engine, changed).verdict).toBe('not-valid');
      }),
      { numRuns: 12 },
    );
  });
});

describe('withdrawal with a bogus signature', () => {
  const routes = [0, 1].map((i) => honestRoute('plain', [i, 2], nlri24(10 + i)));

  it('refused by a table that verifies what is supplied, aggregate unchanged', () => {
    const rib = createApvasRib<NoblePoint, (typeof signerKeys)[number]['prepared'], unknown, string>(
      engine,
      'stub',
      'plain',
    );
    for (const route of routes) rib.announce('peer', route);
    const [first] = routes;
    if (first === undefined) throw new Error('no route');
    expect(rib.withdraw('peer', first.route, engine.add(first.sigma, delta))).toBe('signature-mismatch');
    expect(rib.verify('peer')).toBe(true);
    expect(rib.withdraw('peer', first.route, first.sigma)).toBe('removed');
    expect(rib.verify('peer')).toBe(true);
    expect(rib.size).toBe(1);
  });

  it('NOT caught by subtraction alone until the set is empty: it destroys the aggregate', () => {
    const aggregate = createAggregate(engine, 'plain');
    for (const { route, sigma } of routes) aggregate.add(route, sigma);
    const [first, second] = routes;
    if (first === undefined || second === undefined) throw new Error('no routes');
    expect(aggregate.remove(first.route, engine.add(first.sigma, delta))).toBe('removed');
    expect(verifyPlainSet(engine, [second], aggregate.sigma)).toBe(false);
    expect(aggregate.remove(second.route, second.sigma)).toBe('signature-mismatch');
    expect(aggregate.size).toBe(1);
  });
});

describe('key admission', () => {
  const honest = createSigningKey(engine, 64700, 99n);
  const admit = (change: Partial<SigningKey>) => () => createKeyTable(engine).admit({ ...honest, ...change });

  it('refuses each fault by its name', () => {
    const other = signers[1] as SigningKey;
    const identity = Uint8Array.from({ length: 96 }, (_, i) => (i === 0 ? 0xc0 : 0));
    const code = (name: string) => expect.objectContaining({ code: name });
    expect(admit({ publicKey: identity })).toThrow(code('key-encoding'));
    expect(admit({ ski: other.ski })).toThrow(code('key-ski-mismatch'));
    expect(admit({ pop: other.pop })).toThrow(code('key-pop'));
    expect(admit({ pop: new Uint8Array(48) })).toThrow(code('signature-encoding'));
    expect(admit({ asn: 0 })).toThrow(code('key-as'));
  });

  it('takes the same key again, and forgets a withdrawn one', () => {
    const table = createKeyTable(engine);
    expect(table.admit(honest)).toBe(table.admit(honest));
    expect(table.size).toBe(1);
    expect(table.withdraw(honest.asn, honest.ski)).toBe(true);
    expect(table.find(honest.asn, honest.ski)).toBeUndefined();
    expect(table.withdraw(honest.asn, honest.ski)).toBe(false);
  });

  it('refuses secret scalars outside 1..r-1', () => {
    expect(() => createSigningKey(engine, 1, 0n)).toThrow(RangeError);
    expect(() => createSigningKey(engine, 1, GROUP_ORDER)).toThrow(RangeError);
  });
});
