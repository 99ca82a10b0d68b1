import fc from 'fast-check';
import {
  createFcKeys,
  decodeFcPath,
  encodeFcPath,
  FC_FLAG,
  type FcPath,
  type FcSegment,
  propagateFc,
  signFcSegment,
  verifyFcRoute,
  verifyFcRouteAsync,
} from 'pathsec/apvas';
import { type Prefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { fcRoute, fcSpeaker, fcVerifier, prefix } from './fcbgp-world.js';

const external = (localAs: number, peerAs: number) => ({ localAs, peerAs, kind: 'external' }) as const;

const arbitraryRoute = fc
  .uniqueArray(fc.integer({ min: 65536, max: 65560 }), { minLength: 1, maxLength: 6 })
  .chain((asns) => fc.tuple(fc.constant(asns), fc.subarray(asns)));
const announcedPrefix: fc.Arbitrary<Prefix> = fc.constantFrom(
  ...['192.0.2.0/24', '0.0.0.0/0', '198.51.100.7/32', '2001:db8::/32', '::/0'].map((text) =>
    parsePrefix(text),
  ),
);

describe('signed routes', () => {
  it('are valid with whatever gaps, one by one and all at once', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRoute, announcedPrefix, async ([asns, silent], announced) => {
        // An origin without a key sends no attribute, and nobody adds one.
        const quiet = new Set(silent.filter((each) => each !== asns[0]));
        const route = fcRoute(asns, 64000, quiet, announced);
        const verifier = fcVerifier(asns.filter((each) => !quiet.has(each)));
        const session = external(64000, asns.at(-1) ?? 0);
        const result = verifyFcRoute(route, session, verifier);
        expect(result).toMatchObject({ verdict: 'valid', reason: 'ok', standard: false });
        expect(result.gaps).toEqual([...asns].reverse().filter((each) => quiet.has(each)));
        expect(await verifyFcRouteAsync(route, session, verifier)).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });

  it('are not valid after any change of what is signed', () => {
    const asns = [65536, 65537, 65538];
    const route = fcRoute(asns, 65539);
    const verifier = fcVerifier(asns);
    const session = external(65539, 65538);
    const value = encodeFcPath(route.path);
    expect(verifyFcRoute(route, session, verifier).verdict).toBe('valid');
    fc.assert(
      fc.property(fc.nat({ max: value.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const octets = value.slice();
        octets[at] = (octets[at] as number) ^ change;
        let path: FcPath;
        try {
          path = decodeFcPath(octets);
        } catch {
          return;
        }
        const result = verifyFcRoute({ ...route, path }, session, verifier);
        expect(result.verdict).not.toBe('valid');
        // Relabelled and unassigned things are the only ones that leave a route usable (D-fcbgp-algorithm).
        expect(result.verdict).not.toBe('unsigned');
      }),
    );
    for (const other of ['192.0.2.0/25', '192.0.3.0/24', '2001:db8::/32']) {
      const result = verifyFcRoute({ ...route, prefix: parsePrefix(other) }, session, verifier);
      expect(result).toMatchObject({ verdict: 'not-valid', reason: 'signature-mismatch' });
    }
  });

  it('stop at the first bad segment, and start all of them when asked to run at once', async () => {
    const asns = [65536, 65537, 65538];
    const { path, ...rest } = fcRoute(asns, 65539);
    const [newest, ...older] = path.segments as [FcSegment, ...FcSegment[]];
    const bad = { ...newest, signature: older[0]?.signature ?? newest.signature };
    const route = { ...rest, path: { segments: [bad, ...older] } };
    const states = (result: { readonly segments: readonly { readonly state: string }[] }) =>
      result.segments.map(({ state }) => state);
    const session = external(65539, 65538);
    const one = verifyFcRoute(route, session, fcVerifier(asns));
    const all = await verifyFcRouteAsync(route, session, fcVerifier(asns));
    expect([states(one), one.reason]).toEqual([
      ['not-valid', 'not-evaluated', 'not-evaluated'],
      'signature-mismatch',
    ]);
    expect([states(all), all.reason]).toEqual([['not-valid', 'valid', 'valid'], 'signature-mismatch']);
  });

  it('need the key of each segment: missing, of another AS, of no use, or one of too many', () => {
    const route = fcRoute([65536], 65537);
    const session = external(65537, 65536);
    const { ski, spki } = keyOf(65536);
    const { suites } = fcVerifier([]);
    const reasonWith = (keys: Parameters<typeof createFcKeys>[0]) =>
      verifyFcRoute(route, session, { suites, keys: createFcKeys(keys) }).reason;
    expect(reasonWith([])).toBe('router-key-missing');
    expect(reasonWith([{ asn: 65538, ski, spki }])).toBe('router-key-missing');
    expect(reasonWith([{ asn: 65536, ski, spki: new Uint8Array(91) }])).toBe('router-key-unusable');
    expect(reasonWith([{ asn: 65536, ski, spki: keyOf(65536, 'other').spki }])).toBe('signature-mismatch');
    const many = Array.from({ length: 17 }, (_, i) => ({ asn: 65536, ski, spki: keyOf(1, `${i}`).spki }));
    expect(reasonWith(many)).toBe('key-limit');
  });
});

describe('the flags of segments', () => {
  /** A route of two hops whose segments have these flags, newest first. */
  const flagged = (newest: number, origin: number) => {
    const of = (asn: number, previousAs: number, nextAs: number, flags: number) =>
      signFcSegment(fcSpeaker(asn), { previousAs, nextAs, flags }, prefix);
    const segments = [of(65537, 65536, 65538, newest), of(65536, 0, 65537, origin)];
    return { prefix, path: { segments }, asPath: [{ type: 2 as const, asns: [65537, 65536] }] };
  };
  const { confedSegment, providerToCustomer: p2c, peerToPeer: p2p } = FC_FLAG;
  const verifier = fcVerifier([65536, 65537]);
  const judged = (route: ReturnType<typeof flagged>, session: object) => {
    const known = { ...external(65538, 65537), ...session };
    const { verdict, reason, leak } = verifyFcRoute(route, known, verifier);
    return [verdict, reason, leak];
  };

  it.each([
    [0, confedSegment],
    [confedSegment, 0],
  ])('Flags-CS of any segment is refused: %i, %i', (newest, origin) => {
    expect(judged(flagged(newest, origin), {})[1]).toBe('confed-flag-unexpected');
    expect(judged(flagged(newest, origin), { kind: 'internal' })[1]).toBe('confed-flag-unexpected');
  });

  it('directions are nothing to a side that does not know the role of the peer, nor inside an AS', () => {
    for (const route of [flagged(p2c, p2c), flagged(0, p2c), flagged(p2p, p2p), flagged(p2c | p2p, 0)]) {
      expect(judged(route, {})).toEqual(['valid', 'ok', undefined]);
      expect(judged(route, { kind: 'internal', peerRole: 'peer' })).toEqual(['valid', 'ok', undefined]);
    }
  });

  it.each([
    ['provider', p2c, 0, 'valid', 'ok', undefined],
    ['rs', p2c, p2c, 'valid', 'ok', undefined],
    ['rs', 0, 0, 'treat-as-withdraw', 'direction-flag-missing', undefined],
    ['provider', p2c | p2p, 0, 'treat-as-withdraw', 'direction-flag-unexpected', undefined],
    ['provider', p2p, 0, 'treat-as-withdraw', 'direction-flag-unexpected', undefined],
    ['peer', p2p, 0, 'valid', 'ok', undefined],
    ['peer', p2p, p2p, 'valid', 'ok', 'p2p-flag-twice'],
    ['peer', p2p, p2c, 'valid', 'ok', 'p2c-flag-dropped'],
    ['peer', 0, p2p, 'treat-as-withdraw', 'direction-flag-missing', undefined],
    ['customer', 0, p2p, 'valid', 'ok', undefined],
    ['customer', 0, p2c, 'valid', 'ok', 'p2c-flag-dropped'],
    ['rs-client', 0, 0, 'valid', 'ok', undefined],
    ['rs-client', p2p, 0, 'treat-as-withdraw', 'direction-flag-unexpected', undefined],
  ] as const)('of a %s: %i after %i is %s, %s, %s', (peerRole, newest, origin, ...expected) => {
    expect(judged(flagged(newest, origin), { peerRole })).toEqual(expected);
  });

  it.each([
    ['peer', 'p2p-flag-twice'],
    ['customer', undefined],
    ['provider', undefined],
  ] as const)('twice to a peer, behind a %s that makes no segment: %s', (peerRole, leak) => {
    const of = (asn: number, previousAs: number, nextAs: number) =>
      signFcSegment(fcSpeaker(asn), { previousAs, nextAs, flags: p2p }, prefix);
    const segments = [of(65537, 65536, 64500), of(65536, 0, 65537)];
    const route = { prefix, path: { segments }, asPath: [{ type: 2 as const, asns: [64500, 65537, 65536] }] };
    const session = { ...external(65538, 64500), peerRole };
    expect(verifyFcRoute(route, session, verifier).leak).toBe(leak);
  });

  it('Flags-RS of the newest segment is not looked at inside an AS', () => {
    const { key, engine } = fcSpeaker(65537);
    const first = fcRoute([65536], 65537);
    const server = { asn: 65537, key, engine, routeServer: true };
    const route = { prefix, previousAs: 65536, path: first.path };
    const sent = propagateFc(route, server, { asn: 65538, kind: 'external' });
    if (!sent.send || sent.path === undefined) throw new Error('nothing sent');
    const received = { ...first, path: sent.path };
    const inside = { localAs: 65538, peerAs: 65538, kind: 'internal' } as const;
    expect(verifyFcRoute(received, inside, verifier).verdict).toBe('valid');
    expect(verifyFcRoute(received, external(65538, 65537), verifier).reason).toBe('rs-flag-unexpected');
  });
});

describe('the keys of FC-BGP', () => {
  it('say who takes part', () => {
    const key = (variant = '') => ({ asn: 65536, ski: keyOf(65536).ski, spki: keyOf(65536, variant).spki });
    const keys = createFcKeys([key()], { seed: 7 });
    expect([keys.size, keys.takesPart(65536), keys.takesPart(65537)]).toEqual([1, true, false]);
    expect([keys.announce(key()), keys.announce(key('second'))]).toEqual([false, true]);
    expect(keys.lookup(65536, key().ski)).toHaveLength(2);
    expect([keys.withdraw(key()), keys.withdraw(key()), keys.takesPart(65536)]).toEqual([true, false, true]);
    expect([keys.withdraw(key('second')), keys.takesPart(65536), keys.size]).toEqual([true, false, 0]);
  });
});
