import type { BgpsecPath, SecurePathSegment } from 'pathsec/bgp';
import { addSegment, type BgpsecSession, originSegment, verifyUpdate } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { LOCAL, ORIGIN_AS, PEER, session, verifier } from './receive-world.js';
import { announced, messageOf, signer } from './world.js';

const CONFED = 0x80;
const confederation = { identifier: LOCAL, memberAs: 65001 };
const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
const member: BgpsecSession = { localAs: 65001, peerAs: 65002, kind: 'confed-external', confederation };
const within: BgpsecSession = { ...member, peerAs: 65001, kind: 'internal' };

const hop = (asn: number, flags = 0, pCount = 1): SecurePathSegment => ({ asn, flags, pCount });

/** The path of these segments, newest first, signed to `target`. */
function pathOf(segments: readonly SecurePathSegment[], target: number): BgpsecPath {
  const [newest, ...older] = segments;
  if (newest === undefined) throw new Error('no segment');
  return older.length === 0
    ? originSegment(newest, target, announced, signer)
    : addSegment(pathOf(older, newest.asn), newest, target, announced, signer);
}

function received(where: BgpsecSession, ...segments: readonly SecurePathSegment[]) {
  const { verdict, reason, notes } = verifyUpdate(
    messageOf(pathOf(segments, where.localAs)),
    where,
    verifier,
  );
  return verdict === 'valid' ? notes : [verdict, reason];
}

describe('notes on a path that passed the checks (RFC 8205 5.2)', () => {
  it('an ordinary path gets none, on any kind of session', () => {
    expect(received(session, hop(PEER), hop(ORIGIN_AS))).toEqual([]);
    expect(received({ ...session, confederation }, hop(PEER), hop(ORIGIN_AS))).toEqual([]);
    expect(received(internal, hop(PEER), hop(ORIGIN_AS))).toEqual([]);
    expect(received(member, hop(65002, CONFED), hop(ORIGIN_AS))).toEqual([]);
    expect(received(within, hop(65002, CONFED), hop(ORIGIN_AS))).toEqual([]);
  });

  it('unassigned flags of one segment are enough (3.1)', () => {
    expect(received(session, hop(PEER), hop(ORIGIN_AS, 0x01))).toEqual(['flags-unassigned-set']);
    expect(received(session, hop(PEER, 0x40), hop(ORIGIN_AS))).toEqual(['flags-unassigned-set']);
  });

  it('one AS twice in a row, anywhere', () => {
    expect(received(session, hop(PEER), hop(ORIGIN_AS), hop(ORIGIN_AS))).toEqual(['same-as-consecutive']);
    expect(received(session, hop(PEER), hop(ORIGIN_AS), hop(PEER))).toEqual([]);
  });

  it('pCount 0 behind the newest segment; the newest has a check of its own (D-bgpsec-loop-pcount-zero)', () => {
    const server = { ...session, allowPcountZero: true };
    expect(received(server, hop(PEER, 0, 0), hop(ORIGIN_AS))).toEqual([]);
    expect(received(server, hop(PEER), hop(64501, 0, 0), hop(ORIGIN_AS))).toEqual(['pcount-zero-inner']);
  });

  it('an internal peer of a confederation whose newest segment is not flagged (D-bgpsec-internal-flag)', () => {
    expect(received(within, hop(PEER), hop(ORIGIN_AS))).toEqual(['internal-newest-not-flagged']);
  });

  it('a flagged segment behind one that is not (D-bgpsec-confed-flag)', () => {
    const notes = received(member, hop(65002, CONFED), hop(64501), hop(64502, CONFED), hop(ORIGIN_AS));
    expect(notes).toEqual(['confed-flag-not-leading']);
    expect(received(member, hop(65002, CONFED), hop(64502, CONFED), hop(ORIGIN_AS))).toEqual([]);
  });
});

describe('item 8 and pCount 0 (RFC 8205 5.2, 4.4; RFC 5065 4)', () => {
  it('what is not in the rebuilt path is no loop, neither under the own number nor the member’s', () => {
    expect(received(session, hop(PEER), hop(LOCAL, 0, 0), hop(ORIGIN_AS))).toEqual(['pcount-zero-inner']);
    expect(received(member, hop(65002, CONFED), hop(65001, CONFED, 0), hop(ORIGIN_AS))).toEqual([
      'pcount-zero-inner',
    ]);
    expect(received(member, hop(65002, CONFED), hop(65001, CONFED), hop(ORIGIN_AS))).toEqual([
      'treat-as-withdraw',
      'as-loop',
    ]);
  });

  it('in a confederation the identifier is the own number, and the Member-AS only where it is flagged', () => {
    expect(received(member, hop(65002, CONFED), hop(LOCAL), hop(ORIGIN_AS))).toEqual([
      'treat-as-withdraw',
      'as-loop',
    ]);
    expect(received(member, hop(65002, CONFED), hop(65001), hop(ORIGIN_AS))).toEqual([]);
  });
});
