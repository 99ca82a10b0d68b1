import { type AspaOutcome, applicability, recommendedMitigation } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';

describe('when the procedures apply (draft-28 §6.2, §5.1)', () => {
  const reason = (
    afi: number,
    safi: number,
    session: 'ebgp' | 'ibgp' | 'confederation-internal' = 'ebgp',
  ) => {
    const answer = applicability({ afi, safi, session });
    return answer.applies ? 'applies' : `${answer.outcome} ${answer.reason}`;
  };

  it('IPv4 and IPv6 unicast only, each NLRI by itself', () => {
    requirement(
      'aspa-28:5.1:four-octet-speakers',
      'aspa-28:6.2:ipv4-and-ipv6-unicast',
      'aspa-28:6.2:other-families',
    );
    expect(reason(1, 1)).toBe('applies');
    expect(reason(2, 1)).toBe('applies');
    for (const [afi, safi] of [
      [1, 2],
      [1, 4],
      [1, 128],
      [2, 133],
      [25, 70],
      [3, 1],
      [0, 1],
    ] as const) {
      expect(reason(afi, safi)).toBe('not-applicable address-family');
    }
  });

  it('not on iBGP sessions, nor inside a confederation', () => {
    requirement(
      '!aspa-28:6.2:edge-of-confederation',
      '!aspa-28:6.2:ibgp',
      '!aspa-28:6.2:confederation-inside',
      '!rfc9234:5:not-inside-confederation',
    );
    expect(reason(1, 1, 'ibgp')).toBe('not-applicable ibgp');
    expect(reason(2, 1, 'confederation-internal')).toBe('not-applicable confederation');
  });

  it('not for a speaker that knows two-octet AS numbers only', () => {
    requirement('!aspa-28:5.1:four-octet-speakers');
    expect(applicability({ afi: 1, safi: 1, session: 'ebgp', fourOctetAs: false })).toEqual({
      applies: false,
      outcome: 'not-applicable',
      reason: 'two-octet-speaker',
    });
  });
});

describe('mitigation (draft-28 §5.7)', () => {
  it('invalid is ineligible but kept; unknown is treated like valid', () => {
    requirement(
      'aspa-28:5.7:recommended-policy',
      'aspa-28:5.7:invalid-ineligible',
      'aspa-28:5.7:invalid-kept',
      'aspa-28:5.7:unknown-like-valid',
    );
    const policy = (outcome: AspaOutcome) => recommendedMitigation(outcome);
    expect(policy('invalid')).toEqual({ eligible: false, keepInAdjRibIn: true, preference: 'unchanged' });
    expect(policy('valid')).toEqual({ eligible: true, keepInAdjRibIn: true, preference: 'unchanged' });
    expect(policy('unknown')).toEqual(policy('valid'));
  });
});
