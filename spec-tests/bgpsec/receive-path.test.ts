import {
  AS_CONFED_SEQUENCE,
  AS_SEQUENCE,
  ATTR_AS_PATH,
  type BgpsecPath,
  CONFED_SEGMENT_FLAG,
  pathAttribute,
} from 'pathsec/bgp';
import { addSegment, type BgpsecSession, verifyUpdate } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { asPath, good, LOCAL, ORIGIN_AS, outcome, PEER, session, verifier } from './receive-world.js';
import { announced, external, messageOf, origin, pathOf, signer } from './world.js';

describe('RFC 8205 §5.2 items 2 and 4 to 8', () => {
  const confederation = { identifier: LOCAL, memberAs: 65001 };
  const inside: BgpsecSession = { localAs: 65001, peerAs: 65002, kind: 'confed-external', confederation };
  const confedPath = (flags: number, target: number, asn = 65002): BgpsecPath =>
    addSegment(pathOf([ORIGIN_AS], asn), { pCount: 1, flags, asn }, target, announced, signer);

  it('2 peer-as-mismatch', () => {
    requirement(
      '!rfc8205:4.2:new-segment-first',
      '!rfc8205:4.3:member-segment',
      'rfc8205:5.1:egress-validation',
      '!rfc8205:5.2:check-2-peer-as',
      'rfc8205:5.2:check-2-at-ingress',
      '!rfc8205:7.5:members-sign',
    );
    expect(outcome(messageOf(good), external(LOCAL, ORIGIN_AS))).toEqual([
      'treat-as-withdraw',
      'peer-as-mismatch',
      2,
    ]);
    const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
    expect(outcome(messageOf(good), internal)).toEqual(['valid', 'ok']);
  });
  it('4 as-path-present, also a malformed one', () => {
    requirement(
      '!rfc8205:3:instead-of-as-path',
      '!rfc8205:4.1:no-as-path',
      'rfc8205:5.2:error-checks-of-rfc4271',
      '!rfc8205:5.2:check-4-no-as-path',
    );
    expect(outcome(messageOf(good, [origin, asPath]))).toEqual(['treat-as-withdraw', 'as-path-present', 4]);
    const broken = pathAttribute(ATTR_AS_PATH, Uint8Array.of(9, 9, 9));
    expect(outcome(messageOf(good, [origin, broken]))).toEqual(['treat-as-withdraw', 'as-path-present', 4]);
  });
  it('5 confed-flag-unexpected', () => {
    requirement(
      '!rfc8205:4:flag-only-in-confederation',
      '!rfc8205:4.3:egress-remove-segments',
      '!rfc8205:4.3:egress-add-segment',
      '!rfc8205:5.2:check-5-flag-from-outside',
      '!rfc8205:8.4:internal-signatures-removed',
    );
    const flagged = messageOf(confedPath(CONFED_SEGMENT_FLAG, LOCAL));
    const expected = ['treat-as-withdraw', 'confed-flag-unexpected', 5];
    expect(outcome(flagged, external(LOCAL, 65002))).toEqual(expected);
    expect(outcome(flagged, external(LOCAL, 65002, { confederation }))).toEqual(expected);
    expect(outcome(flagged, { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' })).toEqual(expected);
  });
  it('6 confed-flag-missing', () => {
    requirement(
      '!rfc8205:4.3:members-follow',
      '!rfc8205:4.3:member-segment',
      '!rfc8205:5.2:check-6-flag-from-inside',
      '!rfc8205:7.5:members-sign',
    );
    expect(outcome(messageOf(confedPath(0, 65001)), inside)).toEqual([
      'treat-as-withdraw',
      'confed-flag-missing',
      6,
    ]);
    expect(outcome(messageOf(confedPath(CONFED_SEGMENT_FLAG, 65001)), inside)).toEqual(['valid', 'ok']);
  });
  it('6 is not applied to internal peers, with a note (D-bgpsec-internal-flag)', () => {
    requirement('!rfc8205:4.3:ingress-segment', 'rfc8205:5.2:check-6-flag-from-inside');
    const internal: BgpsecSession = { localAs: 65001, peerAs: 65001, kind: 'internal', confederation };
    const result = verifyUpdate(messageOf(pathOf([ORIGIN_AS], 65001)), internal, verifier);
    expect([result.verdict, result.notes]).toEqual(['valid', ['internal-newest-not-flagged']]);
  });
  it('7 pcount-zero, unless configured, and never for internal peers', () => {
    requirement(
      '!rfc8205:4.2:route-server-pcount-zero',
      'rfc8205:5.1:egress-validation',
      '!rfc8205:5.2:check-7-pcount-zero',
      'rfc8205:7.2:permit-pcount-zero',
      '!rfc8205:7.2:unexpected-pcount-zero',
      '!rfc8206:4:trust-boundaries',
      'rfc8206:5.3:internal-receivers-accept',
    );
    const path = addSegment(
      pathOf([ORIGIN_AS], PEER),
      { pCount: 0, flags: 0, asn: PEER },
      LOCAL,
      announced,
      signer,
    );
    expect(outcome(messageOf(path))).toEqual(['treat-as-withdraw', 'pcount-zero', 7]);
    const allowed = verifyUpdate(messageOf(path), { ...session, allowPcountZero: true }, verifier);
    expect([allowed.verdict, allowed.asPath]).toEqual(['valid', [{ type: AS_SEQUENCE, asns: [ORIGIN_AS] }]]);
    expect(outcome(messageOf(path), { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' })).toEqual([
      'valid',
      'ok',
    ]);
  });
  it('8 as-loop, on the rebuilt path', () => {
    requirement('!rfc8205:5:use-secure-path', '!rfc8205:5:as-if-reconstructed', '!rfc8205:5.2:check-8-loop');
    const loop = messageOf(pathOf([ORIGIN_AS, LOCAL, PEER], LOCAL));
    expect(outcome(loop)).toEqual(['treat-as-withdraw', 'as-loop', 8]);
    expect(outcome(loop, { ...session, ownAses: [1] })).toEqual(['valid', 'ok']);
  });
  it('8 does not see pCount 0, except by option (D-bgpsec-loop-pcount-zero)', () => {
    requirement(
      '!rfc8205:5:as-if-reconstructed',
      'rfc8205:5.2:check-8-loop',
      'rfc8205:5.2:route-server-own-as',
      'rfc8205:5.2:route-server-own-as-in-loop-check',
      'rfc8206:5.3:downstream-sees-valid',
    );
    const server = addSegment(
      pathOf([ORIGIN_AS], LOCAL),
      { pCount: 0, flags: 0, asn: LOCAL },
      PEER,
      announced,
      signer,
    );
    const path = addSegment(server, { pCount: 1, flags: 0, asn: PEER }, LOCAL, announced, signer);
    expect(outcome(messageOf(path))).toEqual(['valid', 'ok']);
    expect(verifyUpdate(messageOf(path), session, verifier).notes).toEqual(['pcount-zero-inner']);
    expect(outcome(messageOf(path), { ...session, loopCheckPcountZero: true })).toEqual([
      'treat-as-withdraw',
      'as-loop',
      8,
    ]);
  });
  it('8 in a confederation: the Member-AS in AS_CONFED_SEQUENCE only (RFC 5065 4)', () => {
    requirement('!rfc8205:4.3:unmodified-inside-member-as', '!rfc8205:5.2:check-8-loop');
    // A public AS that happens to have our Member-AS number is no loop.
    const plain = addSegment(
      pathOf([65001, ORIGIN_AS], 65002),
      { pCount: 1, flags: CONFED_SEGMENT_FLAG, asn: 65002 },
      65001,
      announced,
      signer,
    );
    expect(outcome(messageOf(plain), inside)).toEqual(['valid', 'ok']);
    const member = addSegment(
      addSegment(
        pathOf([ORIGIN_AS], 65001),
        { pCount: 1, flags: 0x80, asn: 65001 },
        65002,
        announced,
        signer,
      ),
      { pCount: 1, flags: 0x80, asn: 65002 },
      65001,
      announced,
      signer,
    );
    expect(outcome(messageOf(member), inside)).toEqual(['treat-as-withdraw', 'as-loop', 8]);
    const identifier = messageOf(pathOf([LOCAL, 65002], 65001));
    expect(outcome(identifier, { ...inside, kind: 'internal', peerAs: 65001 })).toEqual([
      'treat-as-withdraw',
      'as-loop',
      8,
    ]);
  });
  it('a flagged segment behind an unflagged one is noted (D-bgpsec-confed-flag)', () => {
    requirement('!rfc8205:3.1:pcount-length');
    const path = addSegment(
      confedPath(0x80, 64501),
      { pCount: 1, flags: 0, asn: 64501 },
      65001,
      announced,
      signer,
    );
    const result = verifyUpdate(messageOf(path), { ...inside, kind: 'internal', peerAs: 65001 }, verifier);
    expect(result.verdict).toBe('valid');
    expect(result.notes).toEqual(['internal-newest-not-flagged', 'confed-flag-not-leading']);
    expect(result.asPath?.map(({ type }) => type)).toEqual([AS_SEQUENCE, AS_CONFED_SEQUENCE, AS_SEQUENCE]);
    expect(result.pathLength).toBe(2);
  });
});
