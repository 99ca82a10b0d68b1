import { pathAttribute } from 'pathsec/bgp';
import { type BgpsecSession, verifyUpdate } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import {
  asPath,
  attribute,
  damaged,
  good,
  LOCAL,
  outcome,
  PEER,
  reach,
  session,
  signed,
  update,
  verifier,
} from './receive-world.js';
import { external, messageOf, nextHop, origin } from './world.js';

it('a good UPDATE is Valid', () => {
  requirement(
    'rfc8205:4.1:single-prefix',
    'rfc8205:5:validate-external',
    'rfc8205:5.1:two-states',
    'rfc8205:5.2:present-from-external',
    'rfc8205:5.2:error-checks-of-rfc4271',
    'rfc8205:5.2:check-1-syntax',
    'rfc8205:5.2:check-2-peer-as',
    'rfc8205:5.2:check-3-signature-count',
    'rfc8205:5.2:check-4-no-as-path',
    'rfc8205:5.2:check-5-flag-from-outside',
    'rfc8205:5.2:check-7-pcount-zero',
    'rfc8205:5.2:check-8-loop',
    'rfc8205:5.2:target-newest',
    'rfc8205:5.2:step-4-verify',
    'rfc8205:8.1:validate-completely',
  );
  expect(outcome(messageOf(good))).toEqual(['valid', 'ok']);
});

describe('presence of the path attributes', () => {
  it('AS_PATH alone: unsigned', () => {
    requirement('rfc8205:2.2:unsigned-always');
    const result = verifyUpdate(update([reach(), origin, asPath]), session, verifier);
    expect([result.verdict, result.reason, result.pathLength]).toEqual(['unsigned', 'no-bgpsec-path', 2]);
  });

  it('neither, from external peers: as-path-missing', () => {
    requirement(
      '!rfc8205:4.1:own-route-to-bgpsec-ibgp',
      '!rfc8205:4.4:absent-is-empty',
      '!rfc8205:5.2:present-from-external',
    );
    expect(outcome(update([reach(), origin]))).toEqual(['treat-as-withdraw', 'as-path-missing']);
  });

  it('neither, from an internal BGPsec peer: its own route with an empty path (RFC 8205 4.4)', () => {
    requirement(
      'rfc8205:4.1:sign-internal-origin',
      '!rfc8205:4.1:own-route-to-plain-ibgp',
      'rfc8205:4.4:absent-is-empty',
    );
    const internal: BgpsecSession = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' };
    const result = verifyUpdate(update([reach(), origin]), internal, verifier);
    expect([result.verdict, result.reason, result.asPath]).toEqual(['unsigned', 'internal-origin', []]);
    const plain = outcome(update([reach(), origin]), { ...internal, negotiated: [] });
    expect(plain).toEqual(['treat-as-withdraw', 'as-path-missing']);
  });

  it('withdrawals alone are unsigned and carry no path', () => {
    expect(verifyUpdate(update([], ''), session, verifier).verdict).toBe('unsigned');
  });
});

describe('B: one prefix, negotiated, in MP_REACH_NLRI', () => {
  it('not-negotiated', () => {
    requirement(
      '!rfc8205:2.2:not-negotiated-not-sent',
      '!rfc8205:2.2:without-four-octet-as-not-sent',
      '!rfc8205:4.1:rebuild-towards-plain-ibgp',
    );
    expect(outcome(messageOf(good), { ...session, negotiated: [2] })).toEqual([
      'treat-as-withdraw',
      'not-negotiated',
    ]);
  });
  it('mp-reach-missing', () => {
    requirement('!rfc8205:4.1:mp-reach');
    const nextHopAttribute = pathAttribute(3, nextHop);
    const message = update([origin, nextHopAttribute, attribute], '18c00002');
    expect(outcome(message)).toEqual(['treat-as-withdraw', 'mp-reach-missing']);
    // Without any prefix there is nothing to withdraw (D-bgpsec-no-prefix).
    expect(outcome(update([origin, attribute]))).toEqual(['treat-as-withdraw', 'mp-reach-missing']);
  });
  it('nlri-field-used', () => {
    requirement('!rfc8205:4.1:mp-reach');
    const message = update([reach(), origin, pathAttribute(3, nextHop), attribute], '18c00003');
    expect(outcome(message)).toEqual(['treat-as-withdraw', 'nlri-field-used']);
  });
  it('afi-unsupported and safi-unsupported', () => {
    requirement('!rfc8205:2.1:two-families', '!rfc8205:4.2:family-from-mp-reach');
    expect(outcome(update([reach('00', 25, 65), origin, attribute]))).toEqual([
      'treat-as-withdraw',
      'afi-unsupported',
    ]);
    const multicast = update([reach('18c00002', 1, 2), origin, attribute]);
    expect(outcome(multicast)).toEqual(['treat-as-withdraw', 'safi-unsupported']);
    // SAFI is hashed: allowed, it is a signature for something else.
    expect(outcome(multicast, { ...session, safis: [1, 2] })).toEqual(['not-valid', 'signature-mismatch']);
  });
  it('nlri-count', () => {
    requirement('!rfc8205:4.1:single-prefix', '!rfc8205:4.1:separate-for-each-prefix');
    expect(outcome(update([reach('18c0000218c00003'), origin, attribute]))).toEqual([
      'treat-as-withdraw',
      'nlri-count',
    ]);
    expect(outcome(update([reach(''), origin, attribute]))).toEqual(['treat-as-withdraw', 'nlri-count']);
  });
});

describe('RFC 8205 §5.2 items 1 and 3: syntax of the attribute', () => {
  // Secure_Path of two segments: 14 octets; then the block: length, suite, segments.
  const cases: readonly [string, Uint8Array, number?][] = [
    ['secure-path-length', update([reach(), origin, signed(new Uint8Array(0))]), 1],
    ['secure-path-empty', damaged(0, 0, 2), 1],
    ['secure-path-length', damaged(0, 0, 13), 1],
    ['block-missing', update([reach(), origin, signed(attribute.value.subarray(0, 14))]), 1],
    ['block-length', damaged(14, 0, 2), 1],
    ['signature-segment-overrun', damaged(14 + 3 + 20, 0xff, 0xff), 1],
    ['suite-reserved', damaged(16, 0x00)],
    ['suite-reserved', damaged(16, 0xff)],
    ['as-zero', damaged(4, 0, 0, 0, 0)],
  ];
  it.each(cases)('%s', (reason, message, check) => {
    requirement(
      '!rfc8205:3:one-or-two-blocks',
      '!rfc8205:3.1:secure-path-length',
      '!rfc8205:3.2:block-length',
      '!rfc8205:3.2:signature-length',
      '!rfc8205:4.2:signature-length-field',
      '!rfc8205:5.2:check-1-syntax',
    );
    const found = outcome(message);
    expect(found).toEqual(
      check === undefined ? ['treat-as-withdraw', reason] : ['treat-as-withdraw', reason, check],
    );
  });

  it('block-excess, suite-duplicate and signature-count', () => {
    requirement(
      '!rfc8205:3:one-or-two-blocks',
      '!rfc8205:3:different-suites',
      '!rfc8205:3.2:signature-for-each-segment',
      '!rfc8205:5.2:check-3-signature-count',
      '!rfc8205:5.2:check-3-whole-blocks',
    );
    const [block] = good.blocks;
    const blockOctets = attribute.value.subarray(14);
    const join = (...parts: Uint8Array[]) => fromHex(parts.map(toHex).join(''));
    const three = join(attribute.value, blockOctets, Uint8Array.of(0, 3, 2));
    expect(outcome(update([reach(), origin, signed(three)]))).toEqual([
      'treat-as-withdraw',
      'block-excess',
      1,
    ]);
    const twins = join(attribute.value, blockOctets);
    expect(outcome(update([reach(), origin, signed(twins)]))).toEqual([
      'treat-as-withdraw',
      'suite-duplicate',
      1,
    ]);
    // A second block, of an unsupported suite, with too few segments: every block counts.
    const one = block?.signatures[0];
    const short = join(attribute.value, Uint8Array.of(0, 25 + (one?.signature.length ?? 0), 2));
    const value = join(
      short,
      one?.ski ?? short,
      Uint8Array.of(0, one?.signature.length ?? 0),
      one?.signature ?? short,
    );
    expect(outcome(update([reach(), origin, signed(value)]))).toEqual([
      'treat-as-withdraw',
      'signature-count',
      3,
    ]);
  });

  it('bgpsec-path-flags', () => {
    requirement('!rfc8205:3:optional-non-transitive');
    const flagged = { ...attribute, flags: 0xd0 };
    expect(outcome(update([reach(), origin, flagged]))).toEqual(['treat-as-withdraw', 'bgpsec-path-flags']);
  });
});

it('a session that makes no sense is misuse', () => {
  expect(() => verifyUpdate(messageOf(good), external(0, PEER), verifier)).toThrow(RangeError);
  expect(() => verifyUpdate(messageOf(good), { ...session, kind: 'confed-external' }, verifier)).toThrow(
    RangeError,
  );
});
