import fc from 'fast-check';
import {
  createFcKeys,
  decodeFcPath,
  encodeFcPath,
  FC_FLAG,
  FC_PATH_FLAGS,
  type FcPath,
  type FcSegment,
  fcOctets,
  fcPathAttribute,
  propagateFc,
  signFcSegment,
  verifyFcRoute,
  verifyFcRouteAsync,
  verifyFcUpdate,
} from 'pathsec/apvas';
import {
  BgpError,
  encodeAsPath,
  encodeBgpsecPath,
  encodeMpReach,
  encodeNlri,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { concatOctets, fromHex } from 'pathsec/bytes';
import { type Prefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { keyOf, nextHop, origin, pathOf } from '../bgpsec/world.js';
import { arbitraryAsn } from '../support.js';
import { fcRoute, fcSpeaker, fcVerifier, prefix } from './fcbgp-world.js';

const external = (localAs: number, peerAs: number) => ({ localAs, peerAs, kind: 'external' }) as const;
const octet = fc.nat({ max: 255 });
const asn = arbitraryAsn.filter((number) => number > 0);
const segment: fc.Arbitrary<FcSegment> = fc.record({
  previousAs: arbitraryAsn,
  asn,
  nextAs: asn,
  ski: fc.uint8Array({ minLength: 20, maxLength: 20 }),
  algorithm: octet,
  flags: octet,
  signature: fc.uint8Array({ minLength: 1, maxLength: 90 }),
});
const arbitraryPath: fc.Arbitrary<FcPath> = fc.record({
  segments: fc.array(segment, { minLength: 1, maxLength: 10 }),
});

describe('the FC path attribute', () => {
  it('survives encode, decode, encode', () => {
    fc.assert(
      fc.property(arbitraryPath, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (path, before, after) => {
        const value = encodeFcPath(path);
        expect(decodeFcPath(value)).toEqual(path);
        const window = concatOctets([new Uint8Array(before), value, new Uint8Array(after)]);
        expect(decodeFcPath(window, before, before + value.length)).toEqual(path);
      }),
    );
  });

  it('gives a fault at a place, or what encodes to the same octets, for any octets', () => {
    fc.assert(
      fc.property(arbitraryPath, fc.nat(), octet, fc.nat(), (path, at, value, cut) => {
        const good = encodeFcPath(path);
        const octets = good.slice(0, good.length - (cut % 3));
        octets[at % octets.length] = value;
        try {
          expect(encodeFcPath(decodeFcPath(octets))).toEqual(octets);
        } catch (error) {
          if (!(error instanceof BgpError)) throw error;
          expect(error.treatment).toBe('treat-as-withdraw');
          expect(error.fault.offset).toBeLessThanOrEqual(octets.length);
          expect(error.fault.field).toMatch(/^fc-path\.fc-list/);
        }
      }),
    );
  });

  it('is written with the flags of section 3 and the type that the caller says', () => {
    const { path } = fcRoute([65536], 65537);
    expect(FC_PATH_FLAGS).toBe(0b11010000);
    expect(fcPathAttribute(path)).toEqual({ flags: 0xd0, code: 255, value: encodeFcPath(path) });
    expect(fcPathAttribute(path, 240).code).toBe(240);
  });

  it.each([
    ['no segment', []],
    ['an SKI of 19 octets', [{ ski: new Uint8Array(19) }]],
    ['no signature', [{ signature: new Uint8Array(0) }]],
    ['AS 0 that signs', [{ asn: 0 }]],
    ['AS 0 that is signed to', [{ nextAs: 0 }]],
    ['flags beyond an octet', [{ flags: 256 }]],
    ['more octets than a value has', [{ signature: new Uint8Array(65500) }]],
  ])('is not made with %s', (_, changes) => {
    const [good] = fcRoute([65536], 65537).path.segments;
    const segments = changes.map((change) => ({ ...(good as FcSegment), ...change }));
    expect(() => encodeFcPath({ segments })).toThrow(RangeError);
  });

  it('is refused a window outside its octets', () => {
    expect(() => decodeFcPath(new Uint8Array(40), 30, 41)).toThrow(RangeError);
  });
});

describe('what a segment signs', () => {
  it('has 41 octets for IPv4 and 53 for IPv6, at every hop', () => {
    const asns = [65536, 65537, 65538, 65539, 65540];
    for (const [announced, length] of [
      [prefix, 41],
      [parsePrefix('2001:db8::/32'), 53],
    ] as const) {
      const { path } = fcRoute(asns, 65541, new Set(), announced);
      const signed = path.segments.map((each) => fcOctets(each, announced));
      expect(signed.map((octets) => octets.length)).toEqual(asns.map(() => length));
      // The octets on the wire up to the length field, which is zero, and the prefix: the same by another way.
      const wire = encodeFcPath({ segments: path.segments.slice(0, 1) });
      const tail = Uint8Array.of(0, 0, ...announced.octets, announced.length);
      expect(signed[0]).toEqual(concatOctets([wire.subarray(0, 34), tail]));
    }
  });
});

/** Paths without a repeated AS, some of whose ASes make no segment and have no key. */
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

const none = new Uint8Array(0);
const asPathAttribute = (asns: readonly number[]) => pathAttribute(2, encodeAsPath([{ type: 2, asns }], 4));
const message = (attributes: readonly PathAttribute[], nlri: readonly Prefix[] = [prefix]) =>
  encodeUpdateMessage(
    {
      kind: 'update',
      withdrawnField: none,
      attributes: [...attributes].sort((a, b) => a.code - b.code),
      nlriField: encodeNlri(
        nlri.map((each) => ({ prefix: each })),
        false,
      ),
    },
    true,
  );

describe('an UPDATE with an FC path attribute', () => {
  const asns = [65536, 65537, 65538];
  const route = fcRoute(asns, 65539);
  const attribute = fcPathAttribute(route.path);
  const hop = pathAttribute(3, nextHop);
  const path = asPathAttribute([65538, 65537, 65536]);
  const session = external(65539, 65538);
  const verifier = fcVerifier(asns);
  const judge = (octets: Uint8Array, options = {}) => {
    const { verdict, reason } = verifyFcUpdate(octets, session, verifier, options);
    return [verdict, reason];
  };

  it('is judged from the NLRI field and from MP_REACH_NLRI', () => {
    const octets = message([origin, path, hop, attribute]);
    expect(judge(octets)).toEqual(['valid', 'ok']);
    expect(octets).toHaveLength(19 + 4 + 4 + 4 + (3 + 14) + 7 + (4 + 3 * 36) + lengthOf(route.path));
    const six = parsePrefix('2001:db8::/32');
    const reach = encodeMpReach({
      afi: 2,
      safi: 1,
      nextHop: fromHex('20010db8000000000000000000000001'),
      field: encodeNlri([{ prefix: six }], false),
    });
    const other = fcPathAttribute(fcRoute(asns, 65539, new Set(), six).path);
    expect(judge(message([origin, path, pathAttribute(14, reach), other], []))).toEqual(['valid', 'ok']);
  });

  it('is read under the type that the laboratory agreed on', () => {
    const octets = message([origin, path, hop, fcPathAttribute(route.path, 200)]);
    expect(judge(octets, { attributeType: 200 })).toEqual(['valid', 'ok']);
    expect(judge(octets)).toEqual(['treat-as-withdraw', 'fc-path-removed']);
  });

  it.each([
    [
      'two prefixes',
      message([origin, path, hop, attribute], [prefix, parsePrefix('198.51.100.0/24')]),
      'nlri-count',
    ],
    ['no AS_PATH', message([origin, hop, attribute]), 'as-path-missing'],
    [
      'a non-transitive attribute',
      message([origin, path, hop, { ...attribute, flags: 0x90 }]),
      'fc-path-flags',
    ],
    ['a broken attribute', message([origin, path, hop, { ...attribute, value: none }]), 'fc-list-empty'],
    ['the attribute taken out', message([origin, path, hop]), 'fc-path-removed'],
    ['a broken ORIGIN', message([pathAttribute(1, Uint8Array.of(9)), path, hop, attribute]), 'origin-value'],
  ])('with %s: treat-as-withdraw', (_, octets, reason) => {
    expect(judge(octets)).toEqual(['treat-as-withdraw', reason]);
  });

  it('without the attribute is unsigned where the origin does not take part, whoever else does', () => {
    const others = fcVerifier([65537, 65538]);
    const octets = message([origin, path, hop]);
    expect(verifyFcUpdate(octets, session, others)).toMatchObject({
      verdict: 'unsigned',
      reason: 'no-fc-path',
    });
  });

  it('takes the Secure_Path beside a BGPsec_PATH', () => {
    const reach = encodeMpReach({ afi: 1, safi: 1, nextHop, field: encodeNlri([{ prefix }], false) });
    const bgpsec = pathAttribute(33, encodeBgpsecPath(pathOf(asns, 65539)));
    expect(judge(message([origin, pathAttribute(14, reach), bgpsec, attribute], []))).toEqual([
      'valid',
      'ok',
    ]);
  });

  it.each([
    [1, 'as-set'],
    [3, 'confed-sequence'],
    [4, 'as-set'],
  ] as const)('has no word for a path segment of type %i', (type, reason) => {
    const asPath = [
      { type: 2 as const, asns: [65538, 65537, 65536] },
      { type, asns: [65535] },
    ];
    expect(verifyFcRoute({ ...route, asPath }, session, verifier)).toMatchObject({
      verdict: 'treat-as-withdraw',
      reason,
    });
  });

  it('is nothing with an empty AS_PATH', () => {
    expect(verifyFcRoute({ ...route, asPath: [] }, session, verifier).reason).toBe('segment-order');
  });
});

describe('propagation (section 4.2)', () => {
  const speaker = fcSpeaker(65537);
  const { path } = fcRoute([65536], 65537);
  const received = { prefix, previousAs: 65536, path };
  const peer = { asn: 65538, kind: 'external' } as const;

  it('leaves the attribute as it is towards internal peers', () => {
    expect(propagateFc(received, speaker, { asn: 65537, kind: 'internal' })).toEqual({ send: true, path });
    const own = { prefix, previousAs: 0 };
    expect(propagateFc(own, speaker, { asn: 65537, kind: 'internal' })).toEqual({ send: true });
  });

  it('adds nothing to a route that came without segments', () => {
    expect(propagateFc({ prefix, previousAs: 65536 }, speaker, peer)).toEqual({ send: true });
  });

  it('prepends one segment, for each neighbour AS another', () => {
    for (const asn of [65538, 65539]) {
      const sent = propagateFc(received, speaker, { asn, kind: 'external' });
      const segments = sent.send ? (sent.path?.segments ?? []) : [];
      expect(segments.slice(1)).toEqual(path.segments);
      expect(segments[0]).toMatchObject({
        previousAs: 65536,
        asn: 65537,
        nextAs: asn,
        flags: 0,
        algorithm: 1,
      });
    }
  });

  it.each([
    ['customer', FC_FLAG.providerToCustomer],
    ['rs-client', FC_FLAG.providerToCustomer],
    ['peer', FC_FLAG.peerToPeer],
    ['provider', 0],
    ['rs', 0],
  ] as const)('sets the flag for a %s', (role, flags) => {
    const sent = propagateFc(received, speaker, { ...peer, role });
    expect(sent.send && sent.path?.segments[0]?.flags).toBe(flags);
  });

  it.each([
    ['customer', true],
    ['rs-client', true],
    ['peer', false],
    ['provider', false],
    ['rs', false],
  ] as const)('of a route that was sent down or to a peer, to a %s: %s', (role, send) => {
    for (const flags of [FC_FLAG.providerToCustomer, FC_FLAG.peerToPeer]) {
      const newest = signFcSegment(fcSpeaker(65536), { previousAs: 0, nextAs: 65537, flags }, prefix);
      const sent = propagateFc({ ...received, path: { segments: [newest] } }, speaker, { ...peer, role });
      expect(sent.send).toBe(send);
      if (!sent.send) expect(sent.reason).toBe('route-leak');
    }
  });

  it('sets Flags-RS for a route server and Flags-ASPP for prepends', () => {
    const server = propagateFc({ ...received, prepended: true }, { ...speaker, routeServer: true }, peer);
    expect(server.send && server.path?.segments[0]?.flags).toBe(
      FC_FLAG.routeServer | FC_FLAG.asPathPrepending,
    );
  });

  it('refuses AS 0, a key that is certified for another AS, and what is no prefix', () => {
    const parts = { previousAs: 0, nextAs: 65537, flags: 0 };
    const sign = (change: object, more: object = {}, announced = prefix) =>
      signFcSegment({ ...fcSpeaker(65536), ...change }, { ...parts, ...more }, announced);
    expect(() => sign({ asn: 0 })).toThrow(RangeError);
    expect(() => sign({}, { nextAs: 0 })).toThrow(RangeError);
    expect(() => sign({}, { flags: 256 })).toThrow(RangeError);
    expect(() => sign({ key: { ...keyOf(65536), asns: [65539] } })).toThrow(/certified for AS 65539/);
    expect(() => sign({}, {}, { ...prefix, length: 33 })).toThrow(RangeError);
  });
});

describe('what is no session, verifier, route or option', () => {
  const route = fcRoute([65536, 65537], 65538);
  const session: Parameters<typeof verifyFcRoute>[1] = { localAs: 65538, peerAs: 65537, kind: 'external' };
  const verifier = fcVerifier([65536, 65537]);

  it.each([
    ['kind', { kind: 'ebgp' }, 'kind "ebgp" of a session is none of external, internal'],
    ['role', { peerRole: 'upstream' }, 'role "upstream" is none of provider'],
    ['AS', { localAs: 0 }, 'AS 0 cannot stand in an OPEN'],
  ])('another %s of a session is refused and not taken for an internal one', (_what, change, message) => {
    const other = JSON.parse(JSON.stringify({ ...session, ...change })) as typeof session;
    expect(() => verifyFcRoute(route, other, verifier)).toThrow(message);
    expect(() => verifyFcUpdate(new Uint8Array(23), other, verifier)).toThrow(message);
  });

  it('and so are verifiers, routes, peers and type codes', async () => {
    const none = JSON.parse('{}') as never;
    expect(() => verifyFcRoute(route, session, none)).toThrow('the keys of the verifier');
    expect(() => verifyFcRoute(route, none, verifier)).toThrow('cannot stand in an OPEN');
    expect(() => verifyFcRoute(none, session, verifier)).toThrow('the prefix');
    await expect(verifyFcRouteAsync({ ...route, path: none }, session, verifier)).rejects.toThrow('segments');
    expect(() => verifyFcUpdate(new Uint8Array(23), session, verifier, { attributeType: 256 })).toThrow(
      'attribute type 256 is not in 1..255',
    );
    expect(() => fcPathAttribute(route.path, 0)).toThrow('attribute type 0');
    const own = { prefix, previousAs: 0 };
    expect(() => propagateFc(own, fcSpeaker(65536), none)).toThrow('kind undefined');
  });
});

describe('what FC-BGP does not protect (each of these is accepted)', () => {
  it('a path that nobody announced: segments of several announcements fit together', () => {
    // AS 65538 once got the prefix over 65537 from 65535, and now gets it over 65537 from 65536.
    const old = fcRoute([65535, 65537, 65538], 65539);
    const now = fcRoute([65536, 65537, 65538], 65539);
    const spliced = {
      ...old,
      path: { segments: [now.path.segments[0], ...old.path.segments.slice(1)] as FcSegment[] },
    };
    const verifier = fcVerifier([65535, 65536, 65537, 65538]);
    expect(verifyFcRoute(spliced, external(65539, 65538), verifier).verdict).toBe('valid');
  });

  it('a neighbour that is not one: an AS that signs nothing is put behind a gap', () => {
    // AS 65000 takes no part and hangs itself behind AS 65001, which takes none either and never saw the route.
    const { path } = fcRoute([65536], 65001);
    const forged = { prefix, asPath: [{ type: 2 as const, asns: [65000, 65001, 65536] }], path };
    const result = verifyFcRoute(forged, external(65539, 65000), fcVerifier([65536]));
    expect([result.verdict, result.gaps]).toEqual(['valid', [65000, 65001]]);
  });

  it('how often an AS is prepended', () => {
    const newest = signFcSegment(
      fcSpeaker(65536),
      { previousAs: 0, nextAs: 65537, flags: FC_FLAG.asPathPrepending },
      prefix,
    );
    const verdictOf = (count: number) =>
      verifyFcRoute(
        { prefix, path: { segments: [newest] }, asPath: [{ type: 2, asns: new Array(count).fill(65536) }] },
        external(65537, 65536),
        fcVerifier([65536]),
      ).verdict;
    expect([2, 3, 50].map(verdictOf)).toEqual(['valid', 'valid', 'valid']);
  });

  it('that a route was signed at all: unknown Algorithm IDs make it unsigned (D-fcbgp-algorithm)', () => {
    const { path, ...rest } = fcRoute([65536], 65537);
    const relabelled = { segments: path.segments.map((each) => ({ ...each, algorithm: 77 })) };
    const result = verifyFcRoute({ ...rest, path: relabelled }, external(65537, 65536), fcVerifier([65536]));
    expect(result.verdict).toBe('unsigned');
  });
});

function lengthOf({ segments }: FcPath): number {
  return segments.reduce((sum, { signature }) => sum + signature.length, 0);
}
