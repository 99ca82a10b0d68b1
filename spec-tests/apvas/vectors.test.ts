import { readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  attributeOf,
  chainValue,
  createAggregate,
  createSigningKey,
  DST_CHAIN,
  DST_POP,
  decodeAggregate,
  decodeApvasPath,
  decodePublicKey,
  decodeSignature,
  encodeApvasPath,
  hashInputChain,
  hashPointPlain,
  keysOfRoute,
  type NoblePoint,
  pointGenerate,
  pointVerify,
  resolvePath,
  routeAtHop,
  type SigningKey,
  signChain,
  signPlain,
  statement,
  statements,
  verifyChain,
  verifyChainLiteral,
  verifyPlain,
  verifyPlainBatch,
  verifyPlainLiteral,
  verifyPlainSet,
  verifyRoute,
} from 'pathsec/apvas';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { engine, routeOf, routeVector, vectorKeys, vectors } from './support.js';

const table = vectorKeys();
const signing = new Map<string, SigningKey>(
  vectors.keys.map((key) => [key.ski, createSigningKey(engine, key.asn, BigInt(`0x${key.secret}`))]),
);
const keyed = (id: string) => {
  const route = routeOf(routeVector(id));
  return { route, keys: keysOfRoute(table, route) ?? [] };
};
const point = (hex: string): NoblePoint => decodeSignature(engine, fromHex(hex));
const hex = (p: NoblePoint): string => toHex(engine.encodeG1(p));
const sigmaOf = (id: string): NoblePoint => point(routeVector(id).hops.at(-1)?.sigma ?? '');

describe('vectors: parameters and keys', () => {
  it('pins the pairing of the generators', () => {
    const one = engine.decodeG1(
      fromHex(
        '97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb',
      ),
    );
    const gt = engine.finalExponentiation(
      engine.miller([{ point: one as NoblePoint, key: engine.generator }]),
    );
    expect(toHex(engine.encodeGt(gt))).toBe(vectors.gtOfGenerators);
  });

  it('derives every key, SKI and proof of possession', () => {
    for (const key of vectors.keys) {
      const mine = signing.get(key.ski) as SigningKey;
      expect(toHex(mine.publicKey)).toBe(key.publicKey);
      expect(toHex(mine.ski)).toBe(key.ski);
      expect(hex(engine.hashToG1(mine.publicKey, DST_POP))).toBe(key.popPoint);
      expect(toHex(mine.pop)).toBe(key.pop);
    }
    expect(vectors.keys).toHaveLength(5);
    expect(table.size).toBe(5);
  });

  it('accepts and refuses encodings', () => {
    let executed = 0;
    for (const { group, octets, accept, fault } of vectors.encodings) {
      const decode = () =>
        group === 'G1' ? decodeSignature(engine, fromHex(octets)) : decodePublicKey(engine, fromHex(octets));
      if (accept) expect(decode, fault).not.toThrow();
      else expect(decode, fault).toThrow(/not a point of G[12]/);
      executed++;
    }
    expect(executed).toBe(12);
  });
});

describe('vectors: PLAIN', () => {
  it('gives every statement, hash point, contribution and signature, both readings', () => {
    let hops = 0;
    for (const vector of vectors.routes) {
      const route = routeOf(vector);
      const fast = statements(route, 'plain');
      let sigma = engine.identity;
      for (const [i, expected] of vector.hops.entries()) {
        const own = signing.get(expected.ski) as SigningKey;
        expect(toHex(statement(route, i + 1, 'plain'))).toBe(expected.statement);
        expect(toHex(fast[i] as Uint8Array)).toBe(expected.statement);
        const c = hashPointPlain(engine, own.publicKey, fast[i] as Uint8Array);
        expect(hex(c)).toBe(expected.hashPoint);
        expect(hex(engine.multiply(c, own.scalar))).toBe(expected.contribution);
        const hop = routeAtHop(route, i + 1);
        expect(hop.targetAs).toBe(expected.target);
        sigma = signPlain(engine, hop, own, sigma);
        expect(hex(sigma)).toBe(expected.sigma);
        hops++;
      }
      expect(toHex(attributeOf(engine, { scheme: 'plain', route, sigma }))).toBe(vector.attribute);
      expect(vector.message).toContain(vector.attribute);
      expect(verifyPlain(engine, { ...keyed(vector.id), sigma })).toBe(true);
      expect(verifyPlainLiteral(engine, [keyed(vector.id)], sigma)).toBe(true);
    }
    expect(hops).toBe(8);
  });

  it('adds up and verifies the aggregates', () => {
    for (const { id, routes, sigma } of vectors.aggregates) {
      const aggregate = createAggregate(engine, 'plain');
      for (const name of routes) aggregate.add(routeOf(routeVector(name)), sigmaOf(name));
      expect(hex(aggregate.sigma), id).toBe(sigma);
      const set = routes.map(keyed);
      const given = decodeAggregate(engine, fromHex(sigma));
      expect(verifyPlainSet(engine, set, given), id).toBe(true);
      expect(verifyPlainLiteral(engine, set, given), id).toBe(true);
    }
    expect(vectors.aggregates).toHaveLength(4);
  });

  it('removes r2 from the aggregate of all', () => {
    const aggregate = createAggregate(engine, 'plain');
    for (const id of ['r1', 'r2', 'r3']) aggregate.add(routeOf(routeVector(id)), sigmaOf(id));
    expect(aggregate.remove(routeOf(routeVector('r2')), sigmaOf('r2'))).toBe('removed');
    expect(hex(aggregate.sigma)).toBe(
      vectors.aggregates.find(({ id }) => id === 'after-removal-of-r2')?.sigma,
    );
    expect(aggregate.remove(routeOf(routeVector('r2')), sigmaOf('r2'))).toBe('not-a-member');
  });

  it('verifies the batch with its coefficients', () => {
    const coefficients = vectors.batch.coefficients.map((z) => BigInt(`0x${z}`));
    const sigmas = vectors.batch.routes.map(sigmaOf);
    expect(hex(engine.combine(sigmas, coefficients))).toBe(vectors.batch.sigma);
    const batch = vectors.batch.routes.map((id) => ({ ...keyed(id), sigma: sigmaOf(id) }));
    expect(verifyPlainBatch(engine, batch, coefficients)).toEqual({
      bad: [],
      passes: 1,
      membersPassed: 3,
    });
  });
});

describe('vectors: CHAIN', () => {
  it('gives E, hash input, hash point and signature of every hop', () => {
    let hops = 0;
    for (const vector of vectors.chain.routes) {
      const { route, keys } = keyed(vector.route);
      const messages = statements(route, 'chain');
      const publicKeys = keys.map(({ publicKey }) => publicKey);
      let sigma: NoblePoint | undefined;
      for (const [i, expected] of vector.hops.entries()) {
        const input = hashInputChain(
          fromHex(expected.gtBefore),
          publicKeys.slice(0, i + 1),
          messages.slice(0, i + 1),
        );
        expect(input).toHaveLength(expected.hashInputLength);
        expect(toHex(sha256(input))).toBe(expected.hashInputSha256);
        expect(hex(engine.hashToG1(input, DST_CHAIN))).toBe(expected.hashPoint);
        const own = signing.get(toHex(route.skis[route.skis.length - 1 - i] as Uint8Array)) as SigningKey;
        sigma = signChain(
          engine,
          routeAtHop(route, i + 1),
          own,
          publicKeys.slice(0, i),
          sigma === undefined ? undefined : { sigma },
        );
        expect(hex(sigma)).toBe(expected.sigma);
        if (i > 0) {
          const before = keyed(vector.route);
          const gt = chainValue(engine, {
            route: routeAtHop(before.route, i),
            keys: before.keys.slice(0, i),
          });
          expect(toHex(engine.encodeGt(gt))).toBe(expected.gtBefore);
        }
        hops++;
      }
      expect(toHex(engine.encodeGt(chainValue(engine, { route, keys })))).toBe(vector.gtAfter);
      const signed = sigma as NoblePoint;
      expect(verifyChain(engine, [{ route, keys }], signed)).toBe(true);
      expect(verifyChainLiteral(engine, [{ route, keys }], signed)).toBe(true);
      expect(toHex(attributeOf(engine, { scheme: 'chain', route, sigma: signed }))).toBe(vector.attribute);
    }
    expect(hops).toBe(7);
  });

  it('aggregates, generates and verifies points, removes', () => {
    const sigmas = vectors.chain.routes.map(({ hops }) => point(hops.at(-1)?.sigma ?? ''));
    const [r2, r3] = [keyed('r2'), keyed('r3')];
    const aggregate = createAggregate(engine, 'chain');
    aggregate.add(r2.route, sigmas[0] as NoblePoint);
    aggregate.add(r3.route, sigmas[1] as NoblePoint);
    expect(hex(aggregate.sigma)).toBe(vectors.chain.aggregate);
    expect(verifyChain(engine, [r2, r3], aggregate.sigma)).toBe(true);
    const rest = pointGenerate(engine, [r2]);
    expect(toHex(engine.encodeGt(rest))).toBe(vectors.chain.routes[0]?.gtAfter);
    expect(pointVerify(engine, aggregate.sigma, rest, [r3])).toBe(true);
    expect(pointVerify(engine, aggregate.sigma, rest, [r2])).toBe(false);
    expect(aggregate.remove(r2.route, sigmas[0] as NoblePoint)).toBe('removed');
    expect(hex(aggregate.sigma)).toBe(vectors.chain.withoutR2);
  });
});

describe('vectors: what must not be called valid', () => {
  it('gives the verdict and the reason of each', () => {
    let executed = 0;
    for (const { fault, localAs, nlri, attribute, verdict, reason } of vectors.refused) {
      const value = fromHex(attribute);
      if (verdict === 'treat-as-withdraw') {
        expect(() => decodeApvasPath(value), fault).toThrow(expect.objectContaining({ code: reason }));
      } else {
        const path = decodeApvasPath(value);
        expect(toHex(encodeApvasPath(path)), fault).toBe(attribute);
        const destination = { afi: 1 as const, safi: 1, nlri: fromHex(nlri), targetAs: localAs };
        const resolved = resolvePath(engine, table, path, destination);
        const result = 'verdict' in resolved ? resolved : verifyRoute(engine, resolved);
        expect(result, fault).toMatchObject({ standard: false, verdict, reason });
      }
      executed++;
    }
    expect(executed).toBe(20);
  });
});

describeShared('vectors: the source', () => {
  it('holds every octet string that is re-encoded here', () => {
    const source = readFileSync(shared('vectors/apvas.json'), 'utf8');
    const strings = JSON.stringify(vectors).match(/"[0-9a-f]{8,}"/g) ?? [];
    expect(strings.length).toBeGreaterThan(150);
    expect(strings.filter((text) => !source.includes(text))).toEqual([]);
  });
});
