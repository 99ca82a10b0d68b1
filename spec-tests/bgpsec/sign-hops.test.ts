import fc from 'fast-check';
import {
  addSegment,
  createNobleEngine,
  createRouterKeys,
  createSigner,
  isStrictSignature,
  octetsToHash,
  originSegment,
  SigningError,
  signHops,
  suite1,
  unicast,
  verifyRoute,
} from 'pathsec/bgpsec';
import { parsePrefix } from 'pathsec/inet';
import { createOpensslEngine } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { keyOf } from './world.js';

const ASES = [64496, 64497, 64498, 64499];
const TARGET = 64500;
const keys = createRouterKeys(ASES.map((asn) => ({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki })));
const signingKeys = ASES.map((asn) => ({ asn, key: keyOf(asn) }));
const engines = {
  noble: createNobleEngine(),
  native: createOpensslEngine(),
  derived: createOpensslEngine({ nonces: 'derived' }),
};
const signerOf = (name: keyof typeof engines) => createSigner(suite1(engines[name]), signingKeys);
const announced = unicast(parsePrefix('192.0.2.0/24'));

describe('routes that all their ASes sign (RFC 8205 §4.2)', () => {
  it('are what one AS after the other makes', () => {
    const signer = signerOf('noble');
    const hops = ASES.map((asn, i) => ({ asn, pCount: i + 1 })).reverse();
    let path = originSegment({ asn: 64496, pCount: 1, flags: 0 }, 64497, announced, signer);
    path = addSegment(path, { asn: 64497, pCount: 2, flags: 0 }, 64498, announced, signer);
    path = addSegment(path, { asn: 64498, pCount: 3, flags: 0 }, 64499, announced, signer);
    path = addSegment(path, { asn: 64499, pCount: 4, flags: 0 }, TARGET, announced, signer);
    expect(signHops([{ announced, hops }], TARGET, signer)).toEqual([path]);
  });

  it.each(['native', 'derived'] as const)('verify, whatever their lengths (%s)', (name) => {
    const suites = suite1(createNobleEngine());
    const route = fc.record({
      announced: fc
        .constantFrom('192.0.2.0/24', '2001:db8::/32', '0.0.0.0/0')
        .map((text) => unicast(parsePrefix(text))),
      hops: fc
        .shuffledSubarray(ASES, { minLength: 1 })
        .chain((asns) =>
          fc.tuple(...asns.map((asn) => fc.integer({ min: 1, max: 255 }).map((pCount) => ({ asn, pCount })))),
        ),
    });
    fc.assert(
      fc.property(fc.array(route, { maxLength: 4 }), (routes) => {
        const paths = signHops(routes, TARGET, signerOf(name));
        expect(paths).toHaveLength(routes.length);
        for (const [i, path] of paths.entries()) {
          const { announced: prefix, hops } = routes[i] as (typeof routes)[number];
          const session = { localAs: TARGET, peerAs: hops[0]?.asn ?? 0, kind: 'external' } as const;
          expect(verifyRoute({ announced: prefix, path, session }, { keys, suites }).verdict).toBe('valid');
        }
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['key-missing', [{ asn: 64511, pCount: 1 }]],
    ['as-zero', [{ asn: 0, pCount: 1 }]],
    ['pcount-range', [{ asn: 64496, pCount: 256 }]],
    ['path-malformed', []],
  ])('are none: %s', (code, hops) => {
    const sign = () => signHops([{ announced, hops }], TARGET, signerOf('derived'));
    expect(sign).toThrowError(SigningError);
    expect(sign).toThrowError(expect.objectContaining({ code }));
  });

  it('name the AS that has no key', () => {
    const hops = [
      { asn: 64499, pCount: 1 },
      { asn: 64511, pCount: 1 },
    ];
    expect(() => signHops([{ announced, hops }], TARGET, signerOf('native'))).toThrowError(
      /no key of AS 64511/,
    );
  });
});

describe('derived nonces', () => {
  const { derived, noble, native } = engines;
  const requests = fc.array(
    fc.record({ key: fc.constantFrom(...ASES.map((asn) => keyOf(asn))), octets: fc.uint8Array() }),
    {
      maxLength: 6,
    },
  );

  it('give strict signatures that both engines take, and the same ones again, alone or together', () => {
    const again = createOpensslEngine({ nonces: 'derived' });
    fc.assert(
      fc.property(requests, (list) => {
        const signatures = derived.signMany?.(list) ?? [];
        expect(signatures).toHaveLength(list.length);
        for (const [i, { key, octets }] of list.entries()) {
          const signature = signatures[i] as Uint8Array;
          expect(isStrictSignature(signature)).toBe(true);
          expect(noble.verify(key.spki, octets, signature)).toBe(true);
          expect(native.verify(key.spki, octets, signature)).toBe(true);
          expect(new Uint8Array(again.sign(key, octets))).toEqual(new Uint8Array(signature));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('differ where key or octets do', () => {
    const one = derived.sign(keyOf(64496), Uint8Array.of(1));
    expect(derived.sign(keyOf(64496), Uint8Array.of(2)).slice(0, 36)).not.toEqual(one.slice(0, 36));
    expect(derived.sign(keyOf(64497), Uint8Array.of(1)).slice(0, 36)).not.toEqual(one.slice(0, 36));
  });

  it('do not touch the engine with random ones', () => {
    expect(native.signMany).toBeUndefined();
    expect(native.sign(keyOf(64496), announced.prefix.octets)).not.toEqual(
      native.sign(keyOf(64496), announced.prefix.octets),
    );
  });
});

describe('octets over which a hop signs', () => {
  it('are those of Figure 8', () => {
    const seen: Uint8Array[] = [];
    const spy = {
      ...engines.noble,
      sign: (key: Parameters<typeof engines.noble.sign>[0], octets: Uint8Array) => {
        seen.push(octets.slice());
        return engines.noble.sign(key, octets);
      },
    };
    const hops = [...ASES].reverse().map((asn) => ({ asn, pCount: 1 }));
    const [path] = signHops([{ announced, hops }], TARGET, createSigner(suite1(spy), signingKeys));
    if (!path?.blocks[0]) throw new Error('no path');
    for (const [i, octets] of seen.entries()) {
      const target = ASES[i + 1] ?? TARGET;
      expect(octets).toEqual(octetsToHash(path, path.blocks[0], i + 1, target, announced));
    }
    expect(seen).toHaveLength(4);
  });
});
