import { AS_CONFED_SEQUENCE, AS_SEQUENCE, type BgpsecPath } from 'pathsec/bgp';
import { addSegment, type BgpsecSession, verifyUpdate } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { LOCAL, ORIGIN_AS, outcome, PEER, session, verifier } from './receive-world.js';
import { announced, messageOf, pathOf, signer } from './world.js';

describe('RFC 8205 §5.2 items 2 and 4 to 8', () => {
  const confederation = { identifier: LOCAL, memberAs: 65001 };
  const inside: BgpsecSession = { localAs: 65001, peerAs: 65002, kind: 'confed-external', confederation };
  const confedPath = (flags: number, target: number, asn = 65002): BgpsecPath =>
    addSegment(pathOf([ORIGIN_AS], asn), { pCount: 1, flags, asn }, target, announced, signer);

  it('6 is not applied to internal peers, with a note (D-bgpsec-internal-flag)', () => {
    requirement('!rfc8205:4.3:ingress-segment', 'rfc8205:5.2:check-6-flag-from-inside');
    const internal: BgpsecSession = { localAs: 65001, peerAs: 65001, kind: 'internal', confederation };
    const result = verifyUpdate(messageOf(pathOf([ORIGIN_AS], 65001)), internal, verifier);
    expect([result.verdict, result.notes]).toEqual(['valid', ['internal-newest-not-flagged']]);
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
