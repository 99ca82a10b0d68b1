import { type BgpsecSession, verifyUpdate } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { good, LOCAL, outcome, PEER, reach, session, update, verifier } from './receive-world.js';
import { external, messageOf, origin } from './world.js';

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

it('a session that makes no sense is misuse', () => {
  expect(() => verifyUpdate(messageOf(good), external(0, PEER), verifier)).toThrow(RangeError);
  expect(() => verifyUpdate(messageOf(good), { ...session, kind: 'confed-external' }, verifier)).toThrow(
    RangeError,
  );
});
