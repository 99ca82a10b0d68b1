import {
  DST_PLAIN,
  longAggregatePathScheme,
  longPlainVerifier,
  nobleOctetEngine,
  type PairingEngine,
  type PlainItem,
  type PlainVerifier,
  plainVerifier,
  randomCoefficients,
  verifyPlainBatch,
  verifyPlainLiteral,
} from 'pathsec/apvas';
import { fromHex } from 'pathsec/bytes';
import { loadPlainVerifier, PackageMissing } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { plainVerifierFrom } from '../../src/node/load-plain-verifier.js';
import { engine, honestRoute, nlri24, signers, vectors } from './support.js';

/** Octets that are the same in every run. */
const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 167 + 13) & 0xff);

const flipped = (octets: Uint8Array, at: number): Uint8Array => octets.with(at, (octets[at] ?? 0) ^ 1);

/** Good items, and what an attacker or a fault can make of each; most of them are refused. */
function variants(good: readonly PlainItem[]): PlainItem[] {
  return good.flatMap((item, i) => {
    const { route, publicKeys, signature } = item;
    const other = good[(i + 1) % good.length] as PlainItem;
    return [
      item,
      { ...item, signature: other.signature },
      { ...item, signature: flipped(signature, signature.length - 1) },
      { ...item, signature: flipped(signature, 0) },
      { ...item, signature: signature.subarray(1) },
      { ...item, signature: new Uint8Array(signature.length) },
      { ...item, signature: signature.map((_, at) => (at === 0 ? 0xc0 : 0)) },
      { ...item, signature: signature.map((_, at) => (at === 0 ? 0x9f : 0xff)) },
      { ...item, publicKeys: [...publicKeys].reverse() },
      { ...item, publicKeys: publicKeys.map((key, at) => (at === 0 ? flipped(key, 20) : key)) },
      { ...item, publicKeys: publicKeys.map((key, at) => (at === 0 ? new Uint8Array(key.length) : key)) },
      { ...item, route: { ...route, targetAs: route.targetAs + 1 } },
      { ...item, route: { ...route, nlri: nlri24(99) } },
      { ...item, route: { ...route, segments: [...route.segments].reverse() } },
    ];
  });
}

function agree(verifier: PlainVerifier, oracle: PlainVerifier, good: readonly PlainItem[]): void {
  const items = variants(good);
  const expected = items.map((item) => oracle.verify(item));
  expect(expected.filter(Boolean).length).toBeGreaterThanOrEqual(good.length);
  expect(items.map((item) => verifier.verify(item))).toEqual(expected);
  expect(verifier.verifyBatch(items, random)).toEqual(expected);
  expect(oracle.verifyBatch(items, random)).toEqual(expected);
  expect(verifier.verifyBatch([], random)).toEqual([]);
  expect(verifier.verifyBatch(good, random)).toEqual(good.map(() => true));
  const short = { ...(good[0] as PlainItem), publicKeys: [] };
  expect(() => verifier.verify(short)).toThrow(RangeError);
}

const paths = [[0, 1, 2, 3], [4], [2, 5, 1]];

describe('one option for the engine of PLAIN', () => {
  it('mcl-wasm agrees with noble, alone and in batches', async () => {
    const good = paths.map((path, i): PlainItem => {
      const { route, keys, sigma } = honestRoute('plain', path, nlri24(i));
      return { route, publicKeys: keys.map(({ publicKey }) => publicKey), signature: engine.encodeG1(sigma) };
    });
    const noble = await loadPlainVerifier('noble');
    expect([noble.name, noble.signatureOctets, noble.publicKeyOctets]).toEqual(['noble', 48, 96]);
    agree(await loadPlainVerifier('mcl-wasm'), noble, good);
    // Points outside the subgroup, which some libraries take.
    const [outside] = vectors.encodings.filter(
      ({ group, fault }) => group === 'G1' && fault === 'outside-subgroup',
    );
    const wrong = { ...(good[0] as PlainItem), signature: fromHex(outside?.octets ?? '') };
    for (const name of ['noble', 'mcl-wasm'] as const) {
      expect((await loadPlainVerifier(name)).verify(wrong)).toBe(false);
    }
  });

  it('blst agrees with noble over signatures of 96 octets', async () => {
    const scheme = longAggregatePathScheme(nobleOctetEngine);
    const pairs = signers.map((_, i) => scheme.keyPair(new Uint8Array(32).fill(i + 1)));
    const good = paths.map((path, i): PlainItem => {
      const { route } = honestRoute('plain', path, nlri24(i));
      const own = path.map((at) => pairs[at] as (typeof pairs)[number]);
      const signatures = scheme.sign(
        route,
        own.map(({ secret }) => secret),
      );
      return {
        route,
        publicKeys: own.map(({ verifier }) => verifier.publicKey),
        signature: signatures[0] ?? new Uint8Array(0),
      };
    });
    const blst = await loadPlainVerifier('blst');
    expect([blst.signatureOctets, blst.publicKeyOctets]).toEqual([96, 48]);
    agree(blst, longPlainVerifier(nobleOctetEngine), good);
  });

  it('a package that is not installed is named, with how to install it; other faults stay what they are', async () => {
    const absent = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const rejecting = (error: Error) => ({
      'mcl-wasm': () => Promise.reject(error),
      '@chainsafe/blst': () => Promise.reject(error),
    });
    for (const [name, packageName] of [
      ['mcl-wasm', 'mcl-wasm'],
      ['blst', '@chainsafe/blst'],
    ] as const) {
      const error = await plainVerifierFrom(name, rejecting(absent)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(PackageMissing);
      expect(error).toMatchObject({ code: 'package-missing', packageName });
      expect(String(error)).toContain(`npm install ${packageName}`);
    }
    const broken = plainVerifierFrom('blst', rejecting(new Error('wrong platform')));
    expect(await broken.catch(String)).toBe('Error: wrong platform');
    expect(await loadPlainVerifier('rsa' as 'noble').catch(String)).toMatch(/^RangeError: engine .*noble/);
  });

  it('forgets keys beyond those that it keeps, and still answers', () => {
    const { route, keys, sigma } = honestRoute('plain', [0], nlri24(0));
    const publicKeys = keys.map(({ publicKey }) => publicKey);
    const verifier = plainVerifier(engine);
    const item = { route, publicKeys, signature: engine.encodeG1(sigma) };
    expect(verifier.verify(item)).toBe(true);
    for (let i = 0; i < 5000; i++) {
      const none = Uint8Array.of(i, i >> 8);
      expect(verifier.verify({ ...item, publicKeys: [none] })).toBe(false);
    }
    expect(verifier.verify(item)).toBe(true);
  });
});

describe('verification without clearing the cofactor (D-apvas-cofactor)', () => {
  // docs/decisions/apvas.md D-apvas-cofactor
  const H_EFF = 0xd201000000010001n;
  const messages = Array.from({ length: 6 }, (_, i) => new Uint8Array(40).fill(i));
  const key = engine.decodeG2(engine.publicKey(987654321n)) ?? engine.generator;
  const pairing = (point: (typeof engine)['identity'], by = key) =>
    engine.finalExponentiation(engine.miller([{ point, key: by }]));

  it('the pairing with the mapped point, to the power of h_eff, is the one with the hash', () => {
    for (const message of messages) {
      const [mapped, hashed] = [engine.mapToG1(message, DST_PLAIN), engine.hashToG1(message, DST_PLAIN)];
      expect(mapped.isTorsionFree()).toBe(false);
      expect(mapped.clearCofactor().equals(hashed)).toBe(true);
      expect(engine.equalGt(engine.powGt(pairing(mapped), H_EFF), pairing(hashed))).toBe(true);
      // What lies outside the subgroup changes nothing.
      const outside = mapped.add(hashed.multiplyUnsafe(H_INVERSE).negate());
      expect(outside.clearCofactor().is0()).toBe(true);
      expect(engine.equalGt(pairing(outside), engine.one)).toBe(true);
    }
    const signature = engine.hashToG1(messages[0] ?? new Uint8Array(0), DST_PLAIN);
    const divided = pairing(signature, engine.mappedGenerator);
    expect(engine.equalGt(engine.powGt(divided, H_EFF), pairing(signature, engine.generator))).toBe(true);
  });

  it('equals the literal reading, good or not', () => {
    const routes = paths.map((path, i) => honestRoute('plain', path, nlri24(i)));
    const coefficients = randomCoefficients(routes.length, random);
    for (const bad of [[], [1], [0, 2]]) {
      const asked = routes.map((route, i) =>
        bad.includes(i) ? { ...route, sigma: engine.negate(route.sigma) } : route,
      );
      expect(asked.map((route) => verifyPlainLiteral(engine, [route], route.sigma))).toEqual(
        asked.map((_, i) => !bad.includes(i)),
      );
      expect(verifyPlainBatch(engine, asked, coefficients).bad).toEqual(bad);
    }
  });

  it('a batch of 64 routes: one map a statement, one Miller loop a signer, one final exponentiation', () => {
    const counts: Record<string, number> = {};
    const counting = (name: string, by: number): void => {
      counts[name] = (counts[name] ?? 0) + by;
    };
    type Engine =
      typeof engine extends PairingEngine<infer P, infer K, infer T> ? PairingEngine<P, K, T> : never;
    const counted: Engine = {
      ...engine,
      hashToG1: (octets, dst) => {
        counting('hashToG1', 1);
        return engine.hashToG1(octets, dst);
      },
      mapToG1: (octets, dst) => {
        counting('mapToG1', 1);
        return engine.mapToG1(octets, dst);
      },
      miller: (terms) => {
        counting('miller terms', terms.length);
        return engine.miller(terms);
      },
      finalExponentiation: (value) => {
        counting('final exponentiations', 1);
        return engine.finalExponentiation(value);
      },
      combine: (points, scalars) => {
        counting('points combined', points.length);
        return engine.combine(points, scalars);
      },
    };
    const routes = Array.from({ length: 64 }, (_, i) =>
      honestRoute(
        'plain',
        [0, 1, 2, 3].map((hop) => (hop + i) % signers.length),
        nlri24(i),
      ),
    );
    const { bad, passes } = verifyPlainBatch(counted, routes, randomCoefficients(64, random));
    expect([bad, passes]).toEqual([[], 1]);
    expect(counts).toEqual({
      mapToG1: 4 * 64,
      'points combined': 4 * 64 + 64,
      'miller terms': signers.length + 1,
      'final exponentiations': 1,
    });
  });
});

/** 1 / h_eff modulo the order of the group. */
const H_INVERSE = (() => {
  const order = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
  let [value, base] = [1n, 0xd201000000010001n];
  for (let e = order - 2n; e > 0n; e >>= 1n) {
    if (e & 1n) value = (value * base) % order;
    base = (base * base) % order;
  }
  return value;
})();
