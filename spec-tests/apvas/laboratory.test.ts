import {
  type AggregateRoute,
  type ApvasSession,
  encodeApvasUpdate,
  type Laboratory,
  nobleOctetEngine,
  octetLaboratory,
  type ReceivedUpdate,
  readApvasUpdate,
  type SchemeId,
} from 'pathsec/apvas';
import { concatOctets, fromHex } from 'pathsec/bytes';
import { loadLaboratory } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { laboratoryFrom } from '../../src/node/load-laboratory.js';
import { nlri24, vectors } from './support.js';

const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 167 + 13) & 0xff);
const session: ApvasSession = { localAs: 64500, peerAs: 64503, kind: 'external' };

/** Keys of three ASes, admitted, and the message of a route that they sign. */
function world(laboratory: Laboratory) {
  const keys = [64501, 64502, 64503].map((asn, i) => laboratory.signingKey(asn, BigInt(1000 + i)));
  for (const key of keys) laboratory.admit(key);
  const route = (n: number): AggregateRoute => ({
    afi: 1,
    safi: 1,
    nlri: nlri24(n),
    targetAs: 64500,
    segments: [64503, 64502, 64501].map((asn) => ({ pCount: 1, flags: 0, asn })),
    skis: keys.map(({ ski }) => ski).reverse(),
  });
  const message = (n: number, scheme: SchemeId = 'plain'): Uint8Array =>
    encodeApvasUpdate(route(n), scheme, laboratory.sign(scheme, route(n), keys), new Uint8Array(4));
  return { keys, route, message };
}

const received = (message: Uint8Array, over: ApvasSession = session) => ({
  update: readApvasUpdate(message) as ReceivedUpdate,
  session: over,
});
const flipped = (octets: Uint8Array, at: number): Uint8Array =>
  octets.map((octet, i) => (i === at ? octet ^ 1 : octet));

describe.each(['noble', 'mcl-wasm', 'blst'] as const)('the laboratory over %s', (name) => {
  it('finds exactly the bad routes among good ones, each with its reason', async () => {
    const laboratory = await loadLaboratory(name);
    const { message } = world(laboratory);
    const good = message(1);
    const items = [
      received(good),
      received(message(2)),
      received(good, { ...session, localAs: 64510 }),
      received(good, { ...session, peerAs: 64502 }),
      // The third octet of the prefix: MP_REACH_NLRI stands first, 3 octets of header and 10 of value before the prefix.
      received(flipped(good, 23 + 3 + 9 + 3)),
      // The flags of the origin's segment, behind which stand 4 octets of its AS and the block.
      received(flipped(good, good.length - laboratory.signatureOctets - 2 - 60 - 3 - 5)),
      received(good.with(good.length - laboratory.signatureOctets, 0)),
      received(message(3)),
    ];
    const results = laboratory.verify(items, random);
    expect(results.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
      'valid signature-verified',
      'valid signature-verified',
      'not-valid signature-mismatch',
      'treat-as-withdraw peer-as-mismatch',
      'not-valid signature-mismatch',
      'not-valid signature-mismatch',
      'not-valid signature-encoding',
      'valid signature-verified',
    ]);
    expect(results.every(({ standard }) => standard === false)).toBe(true);
    expect(laboratory.verify([], random)).toEqual([]);
  });

  it('admits keys by their proof of possession alone', async () => {
    const laboratory = await loadLaboratory(name);
    const [a, b] = [laboratory.signingKey(64501, 5n), laboratory.signingKey(64502, 6n)];
    expect([a.publicKey.length, a.pop.length]).toEqual([
      laboratory.publicKeyOctets,
      laboratory.signatureOctets,
    ]);
    const refused = (entry: typeof a) => {
      try {
        laboratory.admit(entry);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return 'admitted';
    };
    expect(refused({ ...a, pop: b.pop })).toBe('key-pop');
    expect(refused({ ...a, ski: b.ski })).toBe('key-ski-mismatch');
    expect(refused({ ...a, publicKey: new Uint8Array(a.publicKey.length) })).toBe('key-encoding');
    expect(refused({ ...a, asn: 0 })).toBe('key-as');
    expect(laboratory.size).toBe(0);
    expect([refused(a), refused(b), laboratory.size]).toEqual(['admitted', 'admitted', 2]);
    expect(() => laboratory.signingKey(64501, 0n)).toThrow(RangeError);
  });

  it('a key that it does not have is told before any pairing', async () => {
    const [own, other] = [await loadLaboratory(name), await loadLaboratory(name)];
    const { message } = world(own);
    expect(other.verify([received(message(1))], random)).toMatchObject([
      { verdict: 'not-valid', reason: 'router-key-missing', pathLength: 3 },
    ]);
  });
});

describe('what engines can do', () => {
  it('CHAIN where pairings are at hand, mixed with PLAIN', async () => {
    for (const name of ['noble', 'mcl-wasm'] as const) {
      const laboratory = await loadLaboratory(name);
      const { message } = world(laboratory);
      const chain = message(1, 'chain');
      const items = [message(1), chain, flipped(chain, 23 + 3 + 9 + 3), message(2)].map((one) =>
        received(one),
      );
      const verdicts = laboratory.verify(items, random).map(({ verdict, scheme }) => [scheme, verdict]);
      expect(verdicts).toEqual([
        ['plain', 'valid'],
        ['chain', 'valid'],
        ['chain', 'not-valid'],
        ['plain', 'valid'],
      ]);
    }
  });

  it('blst has PLAIN alone: it neither signs CHAIN nor takes its suite', async () => {
    const laboratory = await loadLaboratory('blst');
    const { message, route, keys } = world(laboratory);
    expect(laboratory.schemes).toEqual(['plain']);
    expect(() => laboratory.sign('chain', route(1), keys)).toThrow(RangeError);
    expect(() => laboratory.sign('plain', route(1), keys.slice(1))).toThrow(RangeError);
    const wire = message(1);
    const suite = wire.length - 96 - 2 - 60 - 1;
    expect(wire[suite]).toBe(0xf7);
    expect(laboratory.verify([received(wire.with(suite, 0xf8))], random)).toMatchObject([
      { verdict: 'unsigned', reason: 'no-supported-suite' },
    ]);
  });

  it('blst and portable code make and take the same octets', async () => {
    const [native, portable] = [await loadLaboratory('blst'), octetLaboratory(nobleOctetEngine)];
    const [a, b] = [world(native), world(portable)];
    expect(a.message(1)).toEqual(b.message(1));
    expect(a.keys).toEqual(b.keys);
    expect(portable.verify([received(a.message(2))], random)).toMatchObject([{ verdict: 'valid' }]);
  });

  it('an absent package is named', async () => {
    const absent = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const packages = {
      'mcl-wasm': () => Promise.reject(absent),
      '@chainsafe/blst': () => Promise.reject(absent),
    };
    expect(await laboratoryFrom('blst', packages).catch(String)).toContain('npm install @chainsafe/blst');
  });
});

describe('a whole UPDATE', () => {
  it('is read to what the vectors say of their attribute', () => {
    for (const { message, attribute, nlri } of vectors.routes) {
      expect(readApvasUpdate(fromHex(message))).toMatchObject({
        value: fromHex(attribute),
        reach: { nlri: [fromHex(nlri)] },
        nlriFieldUsed: false,
        hasAsPath: false,
      });
    }
  });

  it('without the attribute is unsigned, with a fault a withdrawal, with another header no UPDATE', () => {
    const message = fromHex(vectors.routes[0]?.message ?? '');
    const empty = concatOctets([new Uint8Array(16).fill(255), Uint8Array.of(0, 23, 2, 0, 0, 0, 0)]);
    expect(readApvasUpdate(empty)).toMatchObject({ verdict: 'unsigned', reason: 'no-apvas-path' });
    const origin = message.findIndex((octet, i) => octet === 0x40 && message[i + 1] === 1);
    expect(readApvasUpdate(message.with(origin + 3, 9))).toMatchObject({
      verdict: 'treat-as-withdraw',
      reason: 'origin-value',
    });
    expect(() => readApvasUpdate(message.with(18, 4))).toThrow(/header/);
  });
});
