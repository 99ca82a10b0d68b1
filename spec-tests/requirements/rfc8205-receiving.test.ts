import { createAspaTable, fastVerifyAsPath } from 'pathsec/aspa';
import {
  ATTR_MP_UNREACH_NLRI,
  type BgpsecPath,
  CONFED_SEGMENT_FLAG,
  decodeUpdate,
  makeOpen,
  negotiateBgpsec,
  pathAttribute,
} from 'pathsec/bgp';
import {
  addSegment,
  type BgpsecSession,
  createRevalidationIndex,
  createRouterKeys,
  octetsToHash,
  originSegment,
  type RouterKeys,
  suite1,
  verdictOfUpdate,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { createRovTable, originAs, validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import {
  asPath,
  attribute,
  damaged,
  good,
  LOCAL,
  ORIGIN_AS,
  outcome,
  PEER,
  reach,
  session,
  signed,
  update,
  verifier,
} from '../bgpsec/receive-world.js';
import { announced, external, keyOf, messageOf, native, origin, pathOf, signer } from '../bgpsec/world.js';
import { type Citation, requirement } from '../kit/citation.js';

const segmentOf = (asn: number, pCount = 1, flags = 0) => ({ pCount, flags, asn });
/** `path` with the first signature of its one block replaced. */
function withNewest(path: BgpsecPath, signature: Uint8Array): BgpsecPath {
  const blocks = path.blocks.map(({ suite, signatures }) => ({
    suite,
    signatures: signatures.map((one, i) => (i === 0 ? { ...one, signature } : one)),
  }));
  return { segments: path.segments, blocks };
}

describe('RFC 8205 2.2: what was not negotiated', () => {
  const capabilities = (['send', 'receive'] as const).map(
    (direction) => ({ name: 'bgpsec', version: 0, direction, afi: 1, unassigned: 0 }) as const,
  );
  const mp = { name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 } as const;
  const own = makeOpen(LOCAL, 1, [mp, ...capabilities]);
  const receives = (peer: Parameters<typeof negotiateBgpsec>[1]): boolean =>
    negotiateBgpsec(own, peer).ipv4.receive.negotiated;

  it('a BGPsec_PATH from a peer without 4-octet AS numbers is refused, with them it is not', () => {
    requirement('rfc8205:2.2:without-four-octet-as-not-sent');
    const full = makeOpen(PEER, 1, [mp, ...capabilities]);
    const old = { ...full, parameters: [[mp, ...capabilities]] };
    expect([receives(full), receives(old)]).toEqual([true, false]);
    const of = (peer: typeof full): BgpsecSession => ({ ...session, negotiated: receives(peer) ? [1] : [] });
    expect(outcome(messageOf(good), of(full))).toEqual(['valid', 'ok']);
    expect(outcome(messageOf(good), of(old))).toEqual(['treat-as-withdraw', 'not-negotiated']);
  });
});

describe('RFC 8205 3.1: unassigned flags', () => {
  const path = originSegment(segmentOf(PEER, 1, 0x55), LOCAL, announced, signer);

  it('do not change the path or its verdict', () => {
    requirement('rfc8205:3.1:unassigned-flags-ignored', '!rfc8205:3.1:unassigned-flags-ignored');
    const result = verifyUpdate(messageOf(path), session, verifier);
    expect([result.verdict, result.pathLength, result.asPath]).toEqual([
      'valid',
      1,
      [{ type: 2, asns: [PEER] }],
    ]);
  });

  it('are covered by the signature, each of the eight bits', () => {
    requirement('!rfc8205:3.1:flags-covered');
    for (let bit = 0; bit < 8; bit++) {
      const segments = path.segments.map((one) => ({ ...one, flags: one.flags ^ (1 << bit) }));
      const message = messageOf({ segments, blocks: path.blocks });
      expect(verdictOfUpdate(message, session, verifier)).toBe(bit === 7 ? 'treat-as-withdraw' : 'not-valid');
    }
  });
});

describe('RFC 8205 5.2: errors are treat-as-withdraw', () => {
  const flagged = addSegment(
    pathOf([ORIGIN_AS], PEER),
    segmentOf(PEER, 1, CONFED_SEGMENT_FLAG),
    LOCAL,
    announced,
    signer,
  );
  const hidden = addSegment(pathOf([ORIGIN_AS], PEER), segmentOf(PEER, 0), LOCAL, announced, signer);
  const inside: BgpsecSession = {
    localAs: 65001,
    peerAs: PEER,
    kind: 'confed-external',
    confederation: { identifier: LOCAL, memberAs: 65001 },
  };
  // Item 3: a Secure_Path Segment more than Signature Segments; the encoder refuses to write it.
  const unevenBlock = update([
    reach(),
    origin,
    signed(fromHex(`001401000000fbf3${toHex(attribute.value.subarray(2))}`)),
  ]);
  const rows: readonly [
    item: number,
    message: Uint8Array,
    where: BgpsecSession,
    shows: readonly Citation[],
  ][] = [
    [
      1,
      damaged(0, 0, 2),
      session,
      requirement(
        'rfc8205:4.4:checks-before-reconstruction',
        '!rfc8205:4.4:checks-before-reconstruction',
        '!rfc8205:5.2:check-1-syntax',
      ),
    ],
    [
      2,
      messageOf(good),
      external(LOCAL, ORIGIN_AS),
      requirement('!rfc8205:5.2:check-2-peer-as', '!rfc8205:5.2:check-2-at-ingress'),
    ],
    [3, unevenBlock, session, requirement('!rfc8205:5.2:check-3-signature-count')],
    [
      4,
      messageOf(good, [origin, asPath]),
      session,
      requirement('!rfc8205:4.4:checks-before-reconstruction', '!rfc8205:5.2:check-4-no-as-path'),
    ],
    [5, messageOf(flagged), session, requirement('!rfc8205:5.2:check-5-flag-from-outside')],
    [
      6,
      messageOf(pathOf([ORIGIN_AS, PEER], 65001)),
      inside,
      requirement('!rfc8205:5.2:check-6-flag-from-inside'),
    ],
    [
      7,
      messageOf(hidden),
      session,
      requirement('!rfc8205:5.2:check-7-pcount-zero', '!rfc8205:7.2:permit-pcount-zero'),
    ],
    [
      8,
      messageOf(pathOf([ORIGIN_AS, LOCAL, PEER], LOCAL)),
      session,
      requirement(
        '!rfc8205:4.4:checks-before-reconstruction',
        '!rfc8205:5.2:check-8-loop',
        '!rfc8205:8.3:cheap-checks-first',
      ),
    ],
  ];

  it.each(rows)('item %i, without a path and without an exception', (...row) => {
    requirement('rfc8205:5.2:treat-as-withdraw');
    const [item, message, where] = row;
    const result = verifyUpdate(message, where, verifier);
    expect([result.verdict, result.check]).toEqual(['treat-as-withdraw', item]);
    // Nothing of the path may be used to forward the route (4.4).
    expect([result.asPath, result.pathLength, result.blocks]).toEqual([undefined, undefined, []]);
  });

  it('withdrawals beside a faulty BGPsec_PATH are still there (D-bgpsec-withdrawals)', () => {
    requirement('!rfc8205:5.2:treat-as-withdraw');
    const withdrawal = pathAttribute(ATTR_MP_UNREACH_NLRI, fromHex('00010118c63364'));
    const message = update([reach(), withdrawal, origin, { ...attribute, flags: 0xc0 }]);
    expect(outcome(message)).toEqual(['treat-as-withdraw', 'bgpsec-path-flags']);
    expect(decodeUpdate(message).values.mpUnreach?.nlri).toHaveLength(1);
  });

  it('are found in what an internal peer sends too', () => {
    requirement('!rfc8205:5.2:treat-as-withdraw');
    const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
    expect(outcome(damaged(16, 0xff), internal)).toEqual(['treat-as-withdraw', 'suite-reserved']);
    expect(outcome(messageOf(flagged), internal)).toEqual(['treat-as-withdraw', 'confed-flag-unexpected', 5]);
  });
});

describe('RFC 8205 5.2: the octets to be hashed', () => {
  const [block] = good.blocks;
  if (block === undefined) throw new Error('one block');
  const right = octetsToHash(good, block, 2, LOCAL, announced);
  const older = 22 + (block.signatures[1]?.signature.length ?? 0);
  // Figure 9 in parts: target, Signature Segment 1, Secure_Path Segments 2 and 1, suite, AFI, SAFI, NLRI.
  const ends = [4, 4 + older, 10 + older, 16 + older, 17 + older, 19 + older, 20 + older, right.length];
  const parts = ends.map((end, i) => right.subarray(i === 0 ? 0 : ends[i - 1], end));
  const order = (...indices: number[]): Uint8Array =>
    fromHex(indices.map((i) => toHex(parts[i] ?? right)).join(''));
  const signedOver = (octets: Uint8Array) =>
    outcome(messageOf(withNewest(good, native.sign(keyOf(PEER), octets))));

  it('in the order of Figure 9 they verify', () => {
    requirement('rfc8205:5.2:octet-order');
    expect(order(0, 1, 2, 3, 4, 5, 6, 7)).toEqual(right);
    expect(signedOver(right)).toEqual(['valid', 'ok']);
  });

  it.each([
    ['the target last', [1, 2, 3, 4, 5, 6, 7, 0]],
    ['the Secure_Path Segment before the Signature Segment', [0, 2, 1, 3, 4, 5, 6, 7]],
    ['the segments from the origin', [0, 3, 1, 2, 4, 5, 6, 7]],
    ['the Signature Segments behind the Secure_Path', [0, 2, 3, 1, 4, 5, 6, 7]],
    ['the suite first', [4, 0, 1, 2, 3, 5, 6, 7]],
    ['SAFI before AFI', [0, 1, 2, 3, 4, 6, 5, 7]],
    ['NLRI before AFI', [0, 1, 2, 3, 4, 7, 5, 6]],
    ['without the suite', [0, 1, 2, 3, 5, 6, 7]],
    ['without SAFI', [0, 1, 2, 3, 4, 5, 7]],
    ['without the older Signature Segment', [0, 2, 3, 4, 5, 6, 7]],
    ['without the target', [1, 2, 3, 4, 5, 6, 7]],
  ])('%s they do not', (_name, indices) => {
    requirement(
      '!rfc8205:4.2:number-from-origin',
      '!rfc8205:4.2:octet-order',
      '!rfc8205:4.2:family-from-mp-reach',
      '!rfc8205:5.2:octet-order',
    );
    expect(signedOver(order(...indices))).toEqual(['not-valid', 'signature-mismatch']);
  });
});

describe('RFC 8205 5: keys come and go', () => {
  const keyed = (asn: number) => ({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki });

  it('an UPDATE stays Valid until it is judged again, then it is Not Valid, and Valid with the key back', () => {
    requirement('!rfc8205:5:rerun-on-change', 'rfc8205:5:reassess-by-ski');
    const keys: RouterKeys = createRouterKeys([keyed(ORIGIN_AS), keyed(PEER)]);
    const by = { keys, suites: suite1(native) };
    const stored = new Map([['update', messageOf(good)]]);
    const index = createRevalidationIndex<string>();
    index.add('update', good);
    const judge = (ids: Iterable<string>) =>
      [...ids].map((id) => verdictOfUpdate(stored.get(id) ?? messageOf(good), session, by));
    expect(judge(stored.keys())).toEqual(['valid']);
    expect(judge(index.affected(keys.apply([], [keyed(ORIGIN_AS)])))).toEqual(['not-valid']);
    expect(judge(index.affected(keys.apply([keyed(ORIGIN_AS)], [])))).toEqual(['valid']);
    // A key that occurs in no stored UPDATE affects none.
    expect(judge(index.affected(keys.apply([keyed(64501)], [])))).toEqual([]);
  });
});

describe('RFC 8205 5: the path of a signed route', () => {
  it('is what origin validation and ASPA judge', () => {
    requirement('rfc8205:5:use-secure-path', '!rfc8205:5:use-secure-path', 'rfc8205:5:as-if-reconstructed');
    const { asPath: path = [], prefix } = verifyUpdate(messageOf(good), session, verifier);
    if (prefix === undefined) throw new Error('a prefix');
    const rov = createRovTable([{ prefix, maxLength: 24, asn: ORIGIN_AS }]);
    expect(validateOrigin(rov, prefix, originAs(path, LOCAL))).toBe('valid');
    const aspa = (provider: number) =>
      fastVerifyAsPath(createAspaTable([{ customer: ORIGIN_AS, providers: [provider] }]), {
        asPath: path,
        procedure: 'upstream',
        neighborAs: PEER,
      });
    expect([aspa(PEER), aspa(64501)]).toEqual(['valid', 'invalid']);
  });
});
