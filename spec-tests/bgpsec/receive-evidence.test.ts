import {
  AS_CONFED_SEQUENCE,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  ATTR_AS_PATH,
  encodeAsPath,
  encodeBgpsecPath,
  pathAttribute,
} from 'pathsec/bgp';
import {
  type BgpsecSession,
  octetsToHash,
  originSegment,
  unicast,
  validateSignatureBlocks,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import {
  attribute,
  damaged,
  good,
  LOCAL,
  ORIGIN_AS,
  PEER,
  reach,
  session,
  signed,
  update,
  verifier,
} from './receive-world.js';
import { announced, EXPERIMENTAL, messageOf, nextHop, origin, pathOf, signer, verifierOf } from './world.js';

const receive = (message: Uint8Array, where: BgpsecSession = session) =>
  verifyUpdate(message, where, verifier);
const withPath = (asPath: AsPath) =>
  update([reach(), origin, pathAttribute(ATTR_AS_PATH, encodeAsPath(asPath, 4))]);

describe('what a result says of an unsigned route', () => {
  it('the length of its path: a set counts once (RFC 4271 9.1.2.2), members not (RFC 5065 5.3)', () => {
    const plain: AsPath = [
      { type: AS_SEQUENCE, asns: [PEER, 1] },
      { type: AS_SET, asns: [2, 3, 4] },
    ];
    expect(receive(withPath(plain))).toMatchObject({ verdict: 'unsigned', asPath: plain, pathLength: 3 });
    expect(receive(withPath(plain))).toMatchObject({ blocks: [], notes: [] });
    const confederation = { identifier: LOCAL, memberAs: 65001 };
    const inside: BgpsecSession = { localAs: 65001, peerAs: 65002, kind: 'confed-external', confederation };
    const members: AsPath = [
      { type: AS_CONFED_SEQUENCE, asns: [65002, 65003] },
      { type: AS_SEQUENCE, asns: [ORIGIN_AS] },
    ];
    expect(receive(withPath(members), inside)).toMatchObject({ asPath: members, pathLength: 1 });
  });

  it('its prefix, from MP_REACH_NLRI or from the NLRI field', () => {
    const path: AsPath = [{ type: AS_SEQUENCE, asns: [PEER] }];
    const { prefix } = receive(withPath(path));
    expect(prefix && formatPrefix(prefix)).toBe('192.0.2.0/24');
    const asPath = pathAttribute(ATTR_AS_PATH, encodeAsPath(path, 4));
    const old = receive(update([origin, asPath, pathAttribute(3, nextHop)], '18c63364'));
    expect(old.prefix && formatPrefix(old.prefix)).toBe('198.51.100.0/24');
    expect(old).toMatchObject({ verdict: 'unsigned', reason: 'no-bgpsec-path', source: 'RFC 8205 2.2' });
  });

  it('that it is no own route of an internal peer where it has an AS_PATH', () => {
    const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
    const path: AsPath = [{ type: AS_SEQUENCE, asns: [PEER] }];
    expect(receive(withPath(path), internal)).toMatchObject({ reason: 'no-bgpsec-path', asPath: path });
  });

  it('no prefix where MP_REACH_NLRI holds none, or none of a family that is read', () => {
    const asPath = pathAttribute(ATTR_AS_PATH, encodeAsPath([{ type: AS_SEQUENCE, asns: [PEER] }], 4));
    for (const other of [reach(''), reach('00', 25, 65)]) {
      const result = receive(update([other, origin, asPath]));
      expect([result.verdict, 'prefix' in result]).toEqual(['unsigned', false]);
    }
  });

  it('nothing more than that where only withdrawals arrived, also from an internal peer', () => {
    const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
    for (const where of [session, internal]) {
      const result = receive(update([]), where);
      expect(result).toMatchObject({ verdict: 'unsigned', reason: 'no-bgpsec-path', asPath: [] });
      expect('prefix' in result).toBe(false);
    }
  });
});

describe('what a result says of a route whose suites are not supported', () => {
  it('prefix and rebuilt path, but no blocks (5.2)', () => {
    const result = receive(messageOf(pathOf([ORIGIN_AS, PEER], LOCAL, [EXPERIMENTAL])));
    expect(result).toMatchObject({ verdict: 'unsigned', reason: 'no-supported-suite', pathLength: 2 });
    expect(result.prefix && formatPrefix(result.prefix)).toBe('192.0.2.0/24');
    expect([result.blocks, result.notes]).toEqual([[], []]);
  });
});

describe('bits behind the length of the prefix', () => {
  it('are noted where they are set, and only there', () => {
    const prefix = unicast(parsePrefix('192.0.2.0/23'));
    const path = originSegment({ pCount: 1, flags: 0, asn: PEER }, LOCAL, prefix, signer);
    const value = signed(encodeBgpsecPath(path));
    for (const [field, notes] of [
      ['17c00002', []],
      ['17c00003', ['nlri-trailing-bits-set']],
    ] as const) {
      expect(receive(update([reach(field), origin, value]))).toMatchObject({ verdict: 'valid', notes });
    }
  });
});

describe('what a result says of a refused route', () => {
  it('the field, its place and what is wrong', () => {
    const short = receive(damaged(0, 0, 13));
    expect(short).toMatchObject({ verdict: 'treat-as-withdraw', reason: 'secure-path-length', check: 1 });
    expect(short.detail).toMatch(/^\S.* at offset \d+: .*\w/);
    expect([short.blocks, short.notes]).toEqual([[], []]);
    expect('asPath' in short).toBe(false);
  });

  it('an error of another attribute, with the document of error handling', () => {
    const wrong = receive(update([reach(), pathAttribute(1, Uint8Array.of(9)), attribute]));
    expect(wrong).toMatchObject({ verdict: 'treat-as-withdraw', source: 'RFC 7606' });
    expect('check' in wrong).toBe(false);
  });

  it('an error that discards an attribute is none of the route', () => {
    // AGGREGATOR of a wrong length (RFC 7606 7.7).
    const message = update([reach(), origin, pathAttribute(7, Uint8Array.of(1)), attribute]);
    expect(receive(message)).toMatchObject({ verdict: 'valid', reason: 'ok' });
  });

  it('a malformed BGPsec_PATH counts before what is wrong with an AS_PATH beside it', () => {
    const broken = pathAttribute(ATTR_AS_PATH, Uint8Array.of(9, 9, 9));
    const message = update([reach(), origin, broken, signed(new Uint8Array(1))]);
    expect(receive(message)).toMatchObject({ reason: 'secure-path-length', check: 1 });
  });

  it('a SAFI whose prefixes nobody reads, also where it is allowed', () => {
    const mpls = update([reach('00', 1, 128), origin, attribute]);
    expect(receive(mpls, { ...session, safis: [1, 128] }).reason).toBe('safi-unsupported');
  });

  it('a family that is not negotiated, before what is wrong with it', () => {
    const only6 = { ...session, negotiated: [2] as const };
    expect(receive(update([reach('18c0000218c00003'), origin, attribute]), only6).reason).toBe(
      'not-negotiated',
    );
    expect(receive(update([origin, pathAttribute(3, nextHop), attribute], '18c00002'), only6).reason).toBe(
      'not-negotiated',
    );
    expect(receive(update([reach('00', 25, 65), origin, attribute]), only6).reason).toBe('afi-unsupported');
    expect(receive(messageOf(good), { ...session, negotiated: [1] }).verdict).toBe('valid');
  });
});

describe('what the validation algorithm says of each signature (RFC 8205 5.2)', () => {
  const route = { path: pathOf([ORIGIN_AS, 64501, PEER], LOCAL), announced, session };

  it('hop, place, signer, target and octets', () => {
    const [block] = validateSignatureBlocks(route, verifier);
    expect(block).toMatchObject({ suite: 1, state: 'valid', verified: 3 });
    expect(block && 'failure' in block).toBe(false);
    expect(block?.signatures).toMatchObject([
      { hop: 3, index: 0, signerAs: PEER, targetAs: LOCAL, keys: 1, state: 'valid' },
      { hop: 2, index: 1, signerAs: 64501, targetAs: PEER, keys: 1, state: 'valid' },
      { hop: 1, index: 2, signerAs: ORIGIN_AS, targetAs: 64501, keys: 1, state: 'valid' },
    ]);
    for (const one of block?.signatures ?? []) {
      const signedBlock = route.path.blocks[0];
      if (signedBlock === undefined) throw new Error('no block');
      expect(one.octets).toEqual(octetsToHash(route.path, signedBlock, one.hop, one.targetAs, announced));
      expect(one.digest).toHaveLength(32);
    }
  });

  it('stops at the first that fails, unless every one is asked for', () => {
    const newest = verifierOf([PEER]);
    const [brief] = validateSignatureBlocks(route, newest);
    expect(brief?.signatures.map(({ state, reason }) => [state, reason])).toEqual([
      ['valid', undefined],
      ['not-valid', 'router-key-missing'],
      ['not-evaluated', undefined],
    ]);
    const [full] = validateSignatureBlocks(route, newest, true);
    expect(full?.signatures.map(({ state }) => state)).toEqual(['valid', 'not-valid', 'not-valid']);
    expect([full?.verified, full?.failure?.hop, full?.state]).toEqual([1, 2, 'not-valid']);
  });

  it('counts as verified only what stands before the first failure', () => {
    const [block] = validateSignatureBlocks(route, verifierOf([PEER, ORIGIN_AS]), true);
    expect(block?.signatures.map(({ state }) => state)).toEqual(['valid', 'not-valid', 'valid']);
    expect([block?.verified, block?.failure?.hop]).toEqual([1, 2]);
  });
});
