import fc from 'fast-check';
import {
  type AggregateRoute,
  type ApvasPath,
  type ApvasSession,
  attributeOf,
  decodeApvasPath,
  encodeApvasPath,
  extendRoute,
  forward,
  type ReceivedUpdate,
  receiveUpdate,
  resolvePath,
  resultOf,
  statement,
  statements,
  verifyRoute,
  verifyUpdate,
} from 'pathsec/apvas';
import type { SecurePathSegment } from 'pathsec/bgp';
import { equalOctets, fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import {
  engine,
  honestRoute,
  nlri24,
  routeOf,
  signers,
  signerTable,
  vectorKeys,
  vectors,
} from './support.js';

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const segment: fc.Arbitrary<SecurePathSegment> = fc.record({
  pCount: fc.integer({ min: 0, max: 255 }),
  flags: fc.integer({ min: 0, max: 255 }),
  asn: arbitraryAsn,
});
const hops = fc.array(fc.tuple(segment, octets(20)), { minLength: 1, maxLength: 12 });
const arbitraryPath: fc.Arbitrary<ApvasPath> = fc.oneof(
  fc.record({ hops, signature: octets(48), plain: fc.boolean() }).map(({ hops: h, signature, plain }) => ({
    segments: h.map(([s]) => s),
    block: {
      scheme: plain ? ('plain' as const) : ('chain' as const),
      skis: h.map(([, ski]) => ski),
      signature,
    },
  })),
  fc
    .record({
      hops,
      suite: fc.integer({ min: 2, max: 254 }).filter((s) => s !== 0xf7 && s !== 0xf8),
      rest: fc.uint8Array({ maxLength: 80 }),
    })
    .map(({ hops: h, suite, rest }) => ({ segments: h.map(([s]) => s), block: { suite, rest } })),
);

describe('the private attribute', () => {
  it('survives encode, decode, encode; 55 + 26L octets', () => {
    fc.assert(
      fc.property(arbitraryPath, (path) => {
        const value = encodeApvasPath(path);
        expect(decodeApvasPath(value)).toEqual(path);
        if (path.block.scheme !== undefined) expect(value).toHaveLength(55 + 26 * path.segments.length);
      }),
    );
  });

  it('gives a fault with a stable code, or what encodes to the same octets, for any octets', () => {
    const codes = new Set<string>();
    const octet = fc.oneof(fc.constantFrom(0, 1, 2, 255), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(
        arbitraryPath,
        fc.nat(),
        octet,
        fc.nat(),
        fc.nat({ max: 3 }),
        (path, anywhere, value, cut, field) => {
          const wire = encodeApvasPath(path);
          const suite = 4 + 6 * path.segments.length;
          const at = [anywhere % wire.length, 0, 1, suite][field] ?? 0;
          wire[at] = value;
          const input = wire.subarray(0, cut % 3 === 0 ? cut % (wire.length + 1) : wire.length);
          try {
            expect(toHex(encodeApvasPath(decodeApvasPath(input)))).toBe(toHex(input));
          } catch (error) {
            expect(error).toMatchObject({ treatment: 'treat-as-withdraw' });
            codes.add((error as { code: string }).code);
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect([...codes].sort()).toEqual([
      'as-zero',
      'block-length',
      'block-missing',
      'secure-path-empty',
      'secure-path-length',
      'sigma-length',
      'suite-reserved',
    ]);
  });

  it('is not encoded from what the decoder refuses', () => {
    const { segments, block } = decodeApvasPath(fromHex(vectors.routes[0]?.attribute ?? ''));
    const zero = [{ pCount: 1, flags: 0, asn: 0 }];
    for (const wrong of [
      { segments: [], block },
      { segments: zero, block },
      { segments: [...segments, ...segments], block },
      { segments, block: { ...block, signature: new Uint8Array(47) } },
      { segments, block: { suite: 1, rest: new Uint8Array() } },
      { segments, block: { suite: 0xf7, rest: new Uint8Array() } },
    ]) {
      expect(() => encodeApvasPath(wrong as ApvasPath)).toThrow(RangeError);
    }
  });

  it('survives one flipped bit nowhere: 2984 flips, none valid', () => {
    const table = vectorKeys();
    const counts = new Map<string, number>();
    // The scheme's equation is the slow part; it is run for every 97th flip that reaches it, and asserted there.
    let reached = 0;
    for (const vector of vectors.routes) {
      const value = fromHex(vector.attribute);
      const { afi, safi, nlri, targetAs } = routeOf(vector);
      for (let bit = 0; bit < 8 * value.length; bit++) {
        const flipped = value.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        let verdict: string;
        try {
          const resolved = resolvePath(engine, table, decodeApvasPath(flipped), {
            afi,
            safi,
            nlri,
            targetAs,
          });
          if ('verdict' in resolved) verdict = resolved.verdict;
          else {
            verdict = 'not-valid';
            if (reached++ % 97 === 0) verdict = verifyRoute(engine, resolved).verdict;
          }
        } catch {
          verdict = 'treat-as-withdraw';
        }
        counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      }
    }
    expect(reached).toBeGreaterThan(97);
    // Two flips turn AS 65536 into AS 0, which row 9 withdraws.
    expect(Object.fromEntries(counts)).toEqual({ 'not-valid': 2814, 'treat-as-withdraw': 149, unsigned: 21 });
  });
});

describe('statements', () => {
  const arbitraryRoute: fc.Arbitrary<AggregateRoute> = fc
    .record({ hops, targetAs: arbitraryAsn, nlri: octets(5) })
    .map(({ hops: h, targetAs, nlri }) => ({
      afi: 2,
      safi: 1,
      nlri: Uint8Array.from(nlri, (octet, i) => (i === 0 ? 32 : octet)),
      targetAs,
      segments: h.map(([s]) => s),
      skis: h.map(([, ski]) => ski),
    }));

  it('are suffixes of the newest one, equal to the assembly of each', () => {
    fc.assert(
      fc.property(arbitraryRoute, (route) => {
        const fast = statements(route, 'plain');
        expect(fast).toHaveLength(route.segments.length);
        for (const [i, octetsOfHop] of fast.entries()) {
          expect(equalOctets(octetsOfHop, statement(route, i + 1, 'plain'))).toBe(true);
          expect(octetsOfHop).toHaveLength(4 + 26 * i + 6 + 4 + route.nlri.length);
        }
      }),
    );
  });

  it('refuse hops that a path does not have, and extensions by a stranger', () => {
    const { route } = honestRoute('plain', [0, 1], nlri24(0));
    expect(() => statement(route, 0, 'plain')).toThrow(RangeError);
    expect(() => statement(route, 3, 'plain')).toThrow(RangeError);
    expect(() =>
      extendRoute(route, { segment: { pCount: 1, flags: 0, asn: 1 }, ski: new Uint8Array(20), targetAs: 2 }),
    ).toThrow(/AS 1 extends a route that was sent to AS 65000/);
  });
});

describe('receiving an UPDATE', () => {
  const sent = honestRoute('plain', [0, 1, 2], nlri24(5));
  const value = attributeOf(engine, sent);
  const update: ReceivedUpdate = { flags: 0x80, value, reach: { afi: 1, safi: 1, nlri: [nlri24(5)] } };
  const session: ApvasSession = { localAs: 65000, peerAs: signers[2]?.asn ?? 0, kind: 'external' };
  const judge = (change: Partial<ReceivedUpdate>, over: Partial<ApvasSession> = {}) =>
    verifyUpdate(engine, signerTable, { ...update, ...change }, { ...session, ...over });
  const reach = (change: object) => ({ reach: { afi: 1, safi: 1, nlri: [nlri24(5)], ...change } });
  const withSegment = (change: Partial<SecurePathSegment>, at = 0): { value: Uint8Array } => {
    const { segments, block } = decodeApvasPath(value);
    return {
      value: encodeApvasPath({
        segments: segments.map((s, i) => (i === at ? { ...s, ...change } : s)),
        block,
      }),
    };
  };

  it('calls the honest one valid, with its evidence, and says that it is no standard', () => {
    expect(judge({})).toEqual({
      standard: false,
      verdict: 'valid',
      reason: 'signature-verified',
      scheme: 'plain',
      pathLength: 3,
      skis: sent.route.skis,
    });
    expect(judge({}, { kind: 'internal', peerAs: 65000 }).verdict).toBe('valid');
  });

  it('withdraws for each failed check, by its reason', () => {
    const cases: [string, Partial<ReceivedUpdate>, Partial<ApvasSession>?][] = [
      ['apvas-path-flags', { flags: 0xc0 }],
      ['apvas-path-flags', { flags: 0x00 }],
      ['nlri-field-used', { nlriFieldUsed: true }],
      ['afi-unsupported', reach({ afi: 25 })],
      ['safi-unsupported', reach({ safi: 2 })],
      ['nlri-count', reach({ nlri: [nlri24(5), nlri24(6)] })],
      ['nlri-count', reach({ nlri: [] })],
      ['secure-path-length', { value: new Uint8Array() }],
      ['peer-as-mismatch', {}, { peerAs: 1 }],
      ['as-path-present', { hasAsPath: true }],
      ['bgpsec-path-present', { hasBgpsecPath: true }],
      ['confed-flag-unexpected', withSegment({ flags: 0x80 }, 1)],
      ['pcount-zero', withSegment({ pCount: 0 })],
      ['as-loop', {}, { ownAses: [signers[1]?.asn ?? 0] }],
    ];
    for (const [reason, change, over] of cases) {
      expect(judge(change, over), reason).toMatchObject({
        standard: false,
        verdict: 'treat-as-withdraw',
        reason,
      });
    }
    const { reach: _, ...withoutReach } = update;
    expect(verifyUpdate(engine, signerTable, withoutReach, session).reason).toBe('mp-reach-missing');
  });

  it('lets pCount 0 through where the session allows it, and then the signature decides', () => {
    expect(judge(withSegment({ pCount: 0 }), { allowPcountZero: true })).toMatchObject({
      verdict: 'not-valid',
      reason: 'signature-mismatch',
    });
  });

  it('leaves the equation to a batch when asked', () => {
    const pending = receiveUpdate(engine, signerTable, update, session);
    if ('verdict' in pending) throw new Error(pending.reason);
    expect(resultOf(pending, false)).toMatchObject({ verdict: 'not-valid', reason: 'signature-mismatch' });
    expect(verifyRoute(engine, pending).verdict).toBe('valid');
  });

  it('forwards for CHAIN with E kept and with E recomputed alike', () => {
    const received = honestRoute('chain', [0, 1], nlri24(6));
    const publicKeys = received.keys.map(({ publicKey }) => publicKey);
    const gt = engine.finalExponentiation(engine.miller([{ point: received.sigma, key: engine.generator }]));
    const key = signers[2];
    if (key === undefined) throw new Error('no key');
    const route = { ...received.route, targetAs: key.asn };
    const a = forward(engine, { ...received, route, publicKeys }, key, { targetAs: 9 });
    const b = forward(engine, { ...received, route, publicKeys, gt }, key, { targetAs: 9 });
    expect(engine.equal(a.sigma, b.sigma)).toBe(true);
    expect(() => forward(engine, { ...received, route, publicKeys: [] }, key, { targetAs: 9 })).toThrow(
      RangeError,
    );
  });
});
