import { AS_CONFED_SEQUENCE, AS_SEQUENCE, type BgpsecPath, formatAsPath } from 'pathsec/bgp';
import {
  type BgpsecSession,
  propagate,
  removeConfedSegments,
  type Speaker,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import {
  inside as fromInside,
  received,
  shape,
  signed,
  speakerOf,
  to,
  verdictAt,
  verifier,
} from './sending-world.js';
import { announced, external, messageOf, pathOf, signer } from './world.js';

describe('a transparent route server (8205 4.2, 8207 7)', () => {
  it('signs with pCount 0; only configured clients take it', () => {
    requirement(
      'rfc8205:4.2:route-server-pcount-zero',
      'rfc8205:5.2:check-7-pcount-zero',
      'rfc8205:7.2:permit-pcount-zero',
      '!rfc8205:7.2:permit-pcount-zero',
      'rfc8205:7.2:unexpected-pcount-zero',
    );
    const server = speakerOf(64505);
    const route = received(pathOf([64496, 64499], 64505), 64505);
    const path = signed(propagate(route, server, to(64501, { pCount: 0, routeServer: true })));
    expect(shape(path)).toBe('64505:0 64499 64496');
    expect(verdictAt(path, external(64501, 64505, { allowPcountZero: true }))).toBe('valid 64499 64496 (2)');
    expect(verdictAt(path, external(64501, 64505))).toBe('treat-as-withdraw pcount-zero');
    const plain = propagate(route, server, to(64501, { pCount: 0, routeServer: true, bgpsec: false }));
    expect(plain.form === 'unsigned' && formatAsPath(plain.asPath)).toBe('64499 64496');
  });
});

describe('a confederation (8205 4.3): 64500 of 65001 and 65002', () => {
  const router = (memberAs: number): Speaker => ({
    asn: 64500,
    confederation: { identifier: 64500, memberAs },
    signer,
  });
  const arrived = received(pathOf([64496], 64500), 64500);

  /** What router 2 got from the other Member-AS. */
  const fromMember = (path: BgpsecPath, localAs = 65002) =>
    received(path, localAs, { kind: 'confed-external' });

  it('ingress, inside, between members, egress', () => {
    requirement(
      'rfc8205:4.3:members-follow',
      'rfc8205:4.3:ingress-signature',
      'rfc8205:4.3:ingress-segment',
      'rfc8205:4.3:member-segment',
      'rfc8205:4.3:egress-remove-segments',
      'rfc8205:4.3:egress-add-segment',
      'rfc8205:5.2:check-5-flag-from-outside',
      'rfc8205:5.2:check-6-flag-from-inside',
      'rfc8205:5.2:target-of-own-open',
      'rfc8205:7.5:members-sign',
      'rfc8205:8.4:internal-signatures-removed',
    );
    const inside = signed(propagate(arrived, router(65001), to(65001, { kind: 'internal' })));
    expect(shape(inside)).toBe('64500:0c 64496');
    const confederation = { identifier: 64500, memberAs: 65001 };
    const internal: BgpsecSession = { localAs: 65001, peerAs: 65001, kind: 'internal', confederation };
    expect(verdictAt(inside, internal)).toBe('valid 64496 (1)');

    const across = signed(propagate(arrived, router(65001), to(65002, { kind: 'confed-external' })));
    expect(shape(across)).toBe('65001c 64500:0c 64496');
    // The same when it comes from an internal router that has the inside form.
    const distributed = fromInside(inside, 65001);
    expect(shape(signed(propagate(distributed, router(65001), to(65002, { kind: 'confed-external' }))))).toBe(
      '65001c 64500:0c 64496',
    );
    const other = { identifier: 64500, memberAs: 65002 };
    expect(
      verdictAt(across, { localAs: 65002, peerAs: 65001, kind: 'confed-external', confederation: other }),
    ).toBe('valid (65001) 64496 (1)');

    const out = signed(propagate(fromMember(across), router(65002), to(64499)));
    expect(shape(out)).toBe('64500 64496');
    expect(verdictAt(out, external(64499, 64500))).toBe('valid 64500 64496 (2)');
    expect(shape(signed(propagate(arrived, router(65001), to(64499))))).toBe('64500 64496');
    expect(shape(signed(propagate(distributed, router(65001), to(64499))))).toBe('64500 64496');
  });

  it('leaves with one segment, whichever number the members signed to', () => {
    const across = signed(propagate(arrived, router(65001), to(65002, { kind: 'confed-external' })));
    for (const localAs of [65002, 64500]) {
      const out = signed(propagate(fromMember(across, localAs), router(65002), to(64499)));
      expect(shape(out)).toBe('64500 64496');
      expect(verdictAt(out, external(64499, 64500))).toBe('valid 64500 64496 (2)');
    }
    // From a migration's old number it is carried over to the identifier first (RFC 8206 5.2).
    const old = received(pathOf([64496], 64510), 64510);
    const out = signed(propagate(old, router(65002), to(64499)));
    expect(shape(out)).toBe('64500 64510:0 64496');
    expect(verdictAt(out, external(64499, 64500))).toBe('valid 64500 64496 (2)');
  });

  it('an own route has nothing to carry over, whatever session it is said to have come over', () => {
    const own = { announced, session: external(64500, 64496) };
    const across = signed(propagate(own, router(65001), to(65002, { kind: 'confed-external' })));
    expect(shape(across)).toBe('65001c');
  });

  it('a route that begins inside', () => {
    requirement('rfc8205:4.3:member-segment', 'rfc8205:4.3:egress-add-segment');
    const across = signed(propagate({ announced }, router(65001), to(65002, { kind: 'confed-external' })));
    expect(shape(across)).toBe('65001c');
    const confederation = { identifier: 64500, memberAs: 65002 };
    const session: BgpsecSession = { localAs: 65002, peerAs: 65001, kind: 'confed-external', confederation };
    expect(verdictAt(across, session)).toBe('valid (65001) (0)');
    expect(removeConfedSegments(across)).toBeUndefined();
    const out = signed(propagate(fromMember(across), router(65002), to(64499)));
    expect(shape(out)).toBe('64500');
    expect(verdictAt(out, external(64499, 64500))).toBe('valid 64500 (1)');
  });

  it('unsigned: confederation segments inside, none outside', () => {
    requirement('rfc8205:4.1:rebuild-towards-plain-ibgp');
    const across = signed(propagate(arrived, router(65001), to(65002, { kind: 'confed-external' })));
    const next = propagate(
      fromMember(across),
      router(65002),
      to(65003, { kind: 'confed-external', bgpsec: false }),
    );
    expect(next.form === 'unsigned' && next.asPath).toEqual([
      { type: AS_CONFED_SEQUENCE, asns: [65002, 65001] },
      { type: AS_SEQUENCE, asns: [64496] },
    ]);
    const out = propagate(fromMember(across), router(65002), to(64499, { bgpsec: false }));
    expect(out.form === 'unsigned' && formatAsPath(out.asPath)).toBe('64500 64496');
  });
});

describe('AS migration (RFC 8206 5.4): old 64510, new 64500', () => {
  const pe1 = speakerOf(64500);
  const pe2 = speakerOf(64500);
  const ce1 = to(64496, { localAs: 64510 });

  it('outbound: two signatures by PE-1', () => {
    requirement(
      '!rfc8205:3.1:pcount-length',
      'rfc8205:4.2:target-as',
      'rfc8205:5.2:target-of-inner',
      'rfc8206:4:both-directions',
      'rfc8206:4:no-reconfiguration-of-neighbor',
      'rfc8206:5.1:new-to-old',
      'rfc8206:5.1:old-to-neighbor',
      'rfc8206:5.4:outbound-example',
      'rfc8206:7:no-vulnerability',
    );
    const arrived = pathOf([64499], 64500);
    expect(verdictAt(arrived, external(64500, 64499))).toBe('valid 64499 (1)');
    const inside = signed(propagate(received(arrived, 64500), pe2, to(64500, { kind: 'internal' })));
    expect(inside).toBe(arrived);
    const out = signed(propagate(fromInside(inside, 64500), pe1, ce1));
    expect(shape(out)).toBe('64510 64500:0 64499');
    expect(verdictAt(out, external(64496, 64510))).toBe('valid 64510 64499 (2)');
    const result = verifyUpdate(messageOf(out), external(64496, 64510), verifier);
    expect(
      result.blocks[0]?.signatures.map(({ signerAs, targetAs }) => `${signerAs} to ${targetAs}`),
    ).toEqual(['64510 to 64496', '64500 to 64510', '64499 to 64500']);
    const third = signed(propagate(received(arrived, 64500), pe2, to(64505)));
    expect(verdictAt(third, external(64505, 64500))).toBe('valid 64500 64499 (2)');
  });

  it('inbound: one signature before internal distribution', () => {
    requirement(
      'rfc8206:4:both-directions',
      'rfc8206:4:no-global-configuration',
      'rfc8206:5.2:old-to-new',
      'rfc8206:5.3:downstream-sees-valid',
      'rfc8206:5.4:inbound-example',
      'rfc8206:7:no-vulnerability',
    );
    const arrived = received(pathOf([64496], 64510), 64510);
    const inside = signed(propagate(arrived, pe1, to(64500, { kind: 'internal' })));
    expect(shape(inside)).toBe('64510:0 64496');
    expect(verdictAt(inside, { localAs: 64500, peerAs: 64500, kind: 'internal' })).toBe('valid 64496 (1)');
    for (const peerAs of [64505, 64499]) {
      const out = signed(propagate(fromInside(inside, 64500), pe2, to(peerAs)));
      expect(shape(out)).toBe('64500 64510:0 64496');
      expect(verdictAt(out, external(peerAs, 64500))).toBe('valid 64500 64496 (2)');
    }
    // PE-1 itself to a peer of the new number gives the same; to another of the old number nothing is bridged.
    expect(shape(signed(propagate(arrived, pe1, to(64505))))).toBe('64500 64510:0 64496');
    expect(shape(signed(propagate(arrived, pe1, to(64501, { localAs: 64510 }))))).toBe('64510 64496');
  });

  it('inbound at the border of a confederation', () => {
    requirement('rfc8205:4.3:ingress-segment');
    const member: Speaker = { asn: 64500, confederation: { identifier: 64500, memberAs: 65001 }, signer };
    const arrived = received(pathOf([64496], 64510), 64510);
    const inside = signed(propagate(arrived, member, to(65001, { kind: 'internal' })));
    expect(shape(inside)).toBe('64500:0c 64510:0 64496');
    const { confederation } = member;
    const session: BgpsecSession = {
      localAs: 65001,
      peerAs: 65001,
      kind: 'internal',
      ...(confederation && { confederation }),
    };
    expect(verdictAt(inside, session)).toBe('valid 64496 (1)');
  });
});
