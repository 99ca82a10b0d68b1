import fc from 'fast-check';
import { type BgpRole, neighborRoleOf, otcEgress, otcIngress } from 'pathsec/aspa';
import { checkBgpRole, roleCapability, roleOfValue } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';

const ROLES: readonly BgpRole[] = ['provider', 'rs', 'rs-client', 'customer', 'peer'];
const ALL = [...ROLES, 'complex'] as const;
const NOTIFICATION = { code: 2, subcode: 11 };

describe('BGP roles (RFC 9234 §4.1, §4.2)', () => {
  it('have the registered values, of the sender’s own role', () => {
    requirement('aspa-28:6.3:role-cross-check', 'rfc9234:4.1:role-values');
    expect(ROLES.map((role) => roleCapability(role).value)).toEqual([0, 1, 2, 3, 4]);
    expect([0, 1, 2, 3, 4].map(roleOfValue)).toEqual(ROLES);
    expect([5, 255, -1].map(roleOfValue)).toEqual([undefined, undefined, undefined]);
  });

  it('convert between the local role and the role of the neighbour', () => {
    requirement('aspa-28:6.3:role-chooses-algorithm');
    expect(ROLES.map(neighborRoleOf)).toEqual(['customer', 'rs-client', 'rs', 'provider', 'peer']);
    for (const role of ROLES) expect(neighborRoleOf(neighborRoleOf(role))).toBe(role);
  });

  it('accept exactly the five pairs of Table 2', () => {
    requirement(
      'aspa-28:6.3:role-cross-check',
      '!rfc9234:4.1:role-values',
      '!rfc9234:4.2:pair-provider',
      '!rfc9234:4.2:pair-customer',
      '!rfc9234:4.2:pair-rs',
      '!rfc9234:4.2:pair-rs-client',
      '!rfc9234:4.2:pair-peer',
      'rfc9234:4.2:roles-correspond',
      'rfc9234:4.2:reject-mismatch',
    );
    const accepted = ROLES.flatMap((local) =>
      Array.from({ length: 256 }, (_, value) => value)
        .filter((value) => checkBgpRole(local, [value]).accepted)
        .map((value) => `${local} ${roleOfValue(value)}`),
    );
    expect(accepted).toEqual([
      'provider customer',
      'rs rs-client',
      'rs-client rs',
      'customer provider',
      'peer peer',
    ]);
    expect(checkBgpRole('customer', [0])).toEqual({ accepted: true, neighborRole: 'provider' });
    expect(checkBgpRole('customer', [3])).toEqual({
      accepted: false,
      notification: NOTIFICATION,
      reason: 'role-mismatch',
    });
    expect(checkBgpRole('peer', [17])).toEqual({
      accepted: false,
      notification: NOTIFICATION,
      reason: 'role-mismatch',
    });
  });

  it('count several equal capabilities once and refuse different ones', () => {
    requirement(
      'rfc9234:4.2:equal-capabilities',
      '!rfc9234:4.2:equal-capabilities',
      'rfc9234:4.2:different-capabilities',
    );
    expect(checkBgpRole('peer', [4, 4, 4])).toEqual({ accepted: true, neighborRole: 'peer' });
    expect(checkBgpRole('peer', [4, 3])).toEqual({
      accepted: false,
      notification: NOTIFICATION,
      reason: 'conflicting-roles',
    });
    expect(checkBgpRole(undefined, [4, 3]).accepted).toBe(false);
  });

  it('proceed with the local role when none is received, unless strict', () => {
    requirement('rfc9234:4.2:absence-ignored', '!rfc9234:4.2:local-role-used', 'rfc9234:4.2:strict-mode');
    expect(checkBgpRole('rs-client', [])).toEqual({ accepted: true, neighborRole: 'rs' });
    expect(checkBgpRole('rs-client', [], true)).toEqual({
      accepted: false,
      notification: NOTIFICATION,
      reason: 'role-missing',
    });
    expect(checkBgpRole('rs-client', [1], true).accepted).toBe(true);
    expect(checkBgpRole(undefined, [1])).toEqual({ accepted: true });
    expect(checkBgpRole(undefined, [], true)).toEqual({ accepted: true });
  });
});

describe('OTC (RFC 9234 §5)', () => {
  it('ingress: leaks, kept values and marks', () => {
    requirement(
      'aspa-28:8.4:otc',
      'rfc9234:5:ingress-1-customer',
      'rfc9234:5:ingress-1-rs-client',
      'rfc9234:5:ingress-2-peer',
      'rfc9234:5:ingress-3-provider',
      'rfc9234:5:ingress-3-peer',
      'rfc9234:5:ingress-3-rs',
    );
    const own = Object.fromEntries(ALL.map((role) => [role, otcIngress(role, 7, 7).action]));
    const other = Object.fromEntries(ALL.map((role) => [role, otcIngress(role, 7, 8).action]));
    const none = Object.fromEntries(ALL.map((role) => [role, otcIngress(role, 7, undefined).action]));
    const leak = { customer: 'ineligible', 'rs-client': 'ineligible' };
    expect(own).toEqual({ ...leak, provider: 'keep', rs: 'keep', peer: 'keep', complex: 'not-run' });
    expect(other).toEqual({ ...leak, provider: 'keep', rs: 'keep', peer: 'ineligible', complex: 'not-run' });
    expect(none).toEqual({
      provider: 'add',
      rs: 'add',
      peer: 'add',
      customer: 'keep',
      'rs-client': 'keep',
      complex: 'not-run',
    });
    expect(otcIngress('peer', 7, undefined)).toEqual({ action: 'add', otc: 7 });
    expect(otcIngress('peer', 7, 0)).toEqual({ action: 'ineligible', reason: 'route-leak', otc: 0 });
  });

  it('egress: routes with the attribute go down only', () => {
    requirement(
      'aspa-28:8.4:otc',
      'rfc9234:5:egress-1-customer',
      'rfc9234:5:egress-1-peer',
      'rfc9234:5:egress-1-rs-client',
      '!rfc9234:5:egress-2-provider',
      '!rfc9234:5:egress-2-peer',
      '!rfc9234:5:egress-2-rs',
    );
    const set = Object.fromEntries(ALL.map((role) => [role, otcEgress(role, 5, 8).action]));
    const none = Object.fromEntries(ALL.map((role) => [role, otcEgress(role, 5, undefined).action]));
    const stop = 'do-not-advertise';
    expect(set).toEqual({
      provider: stop,
      peer: stop,
      rs: stop,
      customer: 'advertise',
      'rs-client': 'advertise',
      complex: 'not-run',
    });
    expect(none).toEqual({
      customer: 'add',
      peer: 'add',
      'rs-client': 'add',
      provider: 'advertise',
      rs: 'advertise',
      complex: 'not-run',
    });
    expect(otcEgress('customer', 5, undefined)).toEqual({ action: 'add', otc: 5 });
    expect(otcEgress('customer', 5, 8)).toEqual({ action: 'advertise', otc: 8 });
  });

  it('once set, the value never changes, and what comes from above or beside goes down only', () => {
    requirement(
      '!rfc9234:3.1:customer-to-provider-others',
      '!rfc9234:3.1:rs-client-to-rs-others',
      '!rfc9234:3.1:peer-to-peer-others',
      'rfc9234:5:preserved',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        fc.constantFrom(...ALL),
        arbitraryAsn,
        arbitraryAsn,
        fc.option(arbitraryAsn, { nil: undefined }),
        (from, to, neighborAs, localAs, otc) => {
          const received = otcIngress(from, neighborAs, otc);
          if (otc !== undefined) expect(received.otc).toBe(otc);
          const sent = otcEgress(to, localAs, received.otc);
          if (received.otc !== undefined && 'otc' in sent) expect(sent.otc).toBe(received.otc);
          const above = from === 'provider' || from === 'peer' || from === 'rs';
          if (above && (to === 'provider' || to === 'peer' || to === 'rs')) {
            expect(sent.action).toBe('do-not-advertise');
          }
        },
      ),
    );
  });
});
