import {
  FC_FLAG,
  type FcSegment,
  fcPathAttribute,
  propagateFc,
  signFcSegment,
  verifyFcRoute,
  verifyFcRouteAsync,
  verifyFcUpdate,
} from 'pathsec/apvas';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { fcRoute, fcSpeaker, fcVerifier, prefix } from './fcbgp-world.js';

const external = (localAs: number, peerAs: number) => ({ localAs, peerAs, kind: 'external' }) as const;

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
