import fc from 'fast-check';
import {
  applicability,
  type BgpRole,
  type NeighborRole,
  neighborRoleOf,
  otcEgress,
  otcIngress,
} from 'pathsec/aspa';
import { checkBgpRole, decodeUpdate, roleCapability } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { AS_PATH, attribute, NEXT_HOP, NLRI, ORIGIN, updateOf } from '../bgp/wire-support.js';
import { requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';

const ROLES: readonly BgpRole[] = ['provider', 'rs', 'rs-client', 'customer', 'peer'];
const DOWN = ['customer', 'rs-client'] as const;
const UP_OR_BESIDE = ['provider', 'peer', 'rs'] as const;
const [LOCAL, NEIGHBOR, OTHER] = [5, 7, 8] as const;
const REFUSED = { accepted: false, notification: { code: 2, subcode: 11 } };

/** Whether a route without OTC from one neighbour (undefined: originated here) is advertised to another. */
function passes(from: NeighborRole | undefined, to: NeighborRole): boolean {
  const received = from === undefined ? undefined : otcIngress(from, NEIGHBOR, undefined);
  if (received?.action === 'ineligible') return false;
  return otcEgress(to, LOCAL, received?.otc).action !== 'do-not-advertise';
}

describe('RFC 9234 §3.1: what is propagated', () => {
  it.each(DOWN)('any available route goes to a neighbour that is %s', (to) => {
    requirement('rfc9234:3.1:provider-to-customer', 'rfc9234:3.1:rs-to-rs-client');
    expect(ROLES.map((from) => passes(from, to))).toEqual(Array(5).fill(true));
    expect(passes(undefined, to)).toBe(true);
  });

  it.each(UP_OR_BESIDE)('routes of customers and own ones go to a neighbour that is %s', (to) => {
    requirement(
      'rfc9234:3.1:customer-to-provider',
      'rfc9234:3.1:rs-client-to-rs',
      'rfc9234:3.1:peer-to-peer',
    );
    expect([passes('customer', to), passes(undefined, to)]).toEqual([true, true]);
  });

  it.each(UP_OR_BESIDE)(
    'routes of providers, peers and route servers do not go to a neighbour that is %s',
    (to) => {
      requirement(
        'rfc9234:3.1:customer-to-provider-others',
        'rfc9234:3.1:rs-client-to-rs-others',
        'rfc9234:3.1:peer-to-peer-others',
      );
      expect(UP_OR_BESIDE.map((from) => passes(from, to))).toEqual([false, false, false]);
    },
  );

  it.each(UP_OR_BESIDE)('a route that was marked elsewhere does not go to a neighbour that is %s', (to) => {
    requirement(
      '!rfc9234:3.1:customer-to-provider-others',
      '!rfc9234:3.1:rs-client-to-rs-others',
      '!rfc9234:3.1:peer-to-peer-others',
    );
    for (const from of UP_OR_BESIDE) {
      const { otc } = otcIngress(from, NEIGHBOR, NEIGHBOR);
      expect(otcEgress(to, LOCAL, otc)).toEqual({ action: 'do-not-advertise', reason: 'route-leak' });
    }
  });
});

describe('RFC 9234 §4.2: Table 2', () => {
  it.each([
    ['provider', 'customer'],
    ['customer', 'provider'],
    ['rs', 'rs-client'],
    ['rs-client', 'rs'],
    ['peer', 'peer'],
  ] as const)('local %s and remote %s correspond, no other remote role does', (local, remote) => {
    requirement(
      'rfc9234:4.2:pair-provider',
      'rfc9234:4.2:pair-customer',
      'rfc9234:4.2:pair-rs',
      'rfc9234:4.2:pair-rs-client',
      'rfc9234:4.2:pair-peer',
      '!rfc9234:4.2:roles-correspond',
      '!rfc9234:4.2:reject-mismatch',
      '!rfc9234:4.2:different-capabilities',
    );
    const check = (role: BgpRole) => checkBgpRole(local, [roleCapability(role).value]);
    expect(check(remote)).toEqual({ accepted: true, neighborRole: remote });
    for (const other of ROLES.filter((role) => role !== remote)) {
      expect(check(other)).toMatchObject(REFUSED);
    }
  });

  it('an unassigned value corresponds to no role', () => {
    requirement(
      '!rfc9234:4.1:role-values',
      '!rfc9234:4.2:pair-provider',
      '!rfc9234:4.2:pair-customer',
      '!rfc9234:4.2:pair-rs',
      '!rfc9234:4.2:pair-rs-client',
      '!rfc9234:4.2:pair-peer',
      '!rfc9234:4.2:roles-correspond',
      'rfc9234:4.2:reject-mismatch',
    );
    for (const local of ROLES) expect(checkBgpRole(local, [5])).toMatchObject(REFUSED);
  });

  it('the local role is used where none is received', () => {
    requirement('rfc9234:4.2:local-role-used', '!rfc9234:4.2:strict-mode');
    for (const local of ROLES) {
      expect(checkBgpRole(local, [])).toEqual({ accepted: true, neighborRole: neighborRoleOf(local) });
    }
  });
});

describe('RFC 9234 §5: ingress', () => {
  it.each(DOWN)(
    '1: a route with OTC from a neighbour that is %s is ineligible, whatever the value',
    (from) => {
      requirement('rfc9234:5:ingress-1-customer', 'rfc9234:5:ingress-1-rs-client');
      for (const otc of [NEIGHBOR, OTHER, LOCAL, 0, 4_294_967_295]) {
        expect(otcIngress(from, NEIGHBOR, otc)).toEqual({ action: 'ineligible', reason: 'route-leak', otc });
      }
    },
  );

  it.each(DOWN)(
    '1: a route without OTC from a neighbour that is %s is eligible and stays without',
    (from) => {
      requirement('!rfc9234:5:ingress-1-customer', '!rfc9234:5:ingress-1-rs-client');
      expect(otcIngress(from, NEIGHBOR, undefined)).toEqual({ action: 'keep', otc: undefined });
    },
  );

  it('2: a route from a Peer whose OTC is not the AS of the Peer is ineligible', () => {
    requirement('rfc9234:5:ingress-2-peer');
    expect(otcIngress('peer', NEIGHBOR, OTHER).action).toBe('ineligible');
    expect(otcIngress('peer', NEIGHBOR, NEIGHBOR + 65_536).action).toBe('ineligible');
  });

  it('2: a route from a Peer whose OTC is the AS of the Peer is eligible', () => {
    requirement('!rfc9234:5:ingress-2-peer');
    expect(otcIngress('peer', NEIGHBOR, NEIGHBOR)).toEqual({ action: 'keep', otc: NEIGHBOR });
  });

  it.each(UP_OR_BESIDE)('3: a route without OTC from a neighbour that is %s gets its AS', (from) => {
    requirement('rfc9234:5:ingress-3-provider', 'rfc9234:5:ingress-3-peer', 'rfc9234:5:ingress-3-rs');
    expect(otcIngress(from, NEIGHBOR, undefined)).toEqual({ action: 'add', otc: NEIGHBOR });
  });

  it.each(UP_OR_BESIDE)('3: the OTC of a route from a neighbour that is %s is not replaced', (from) => {
    requirement(
      '!rfc9234:5:ingress-3-provider',
      '!rfc9234:5:ingress-3-peer',
      '!rfc9234:5:ingress-3-rs',
      '!rfc9234:5:preserved',
    );
    const otc = from === 'peer' ? NEIGHBOR : OTHER;
    expect(otcIngress(from, NEIGHBOR, otc)).toEqual({ action: 'keep', otc });
  });
});

describe('RFC 9234 §5: egress', () => {
  it.each([...DOWN, 'peer'] as const)(
    '1: a route without OTC to a neighbour that is %s gets the local AS',
    (to) => {
      requirement('rfc9234:5:egress-1-customer', 'rfc9234:5:egress-1-peer', 'rfc9234:5:egress-1-rs-client');
      expect(otcEgress(to, LOCAL, undefined)).toEqual({ action: 'add', otc: LOCAL });
    },
  );

  it.each(['provider', 'rs'] as const)(
    '1: a route without OTC to a neighbour that is %s stays without',
    (to) => {
      requirement(
        '!rfc9234:5:egress-1-customer',
        '!rfc9234:5:egress-1-peer',
        '!rfc9234:5:egress-1-rs-client',
      );
      expect(otcEgress(to, LOCAL, undefined)).toEqual({ action: 'advertise', otc: undefined });
    },
  );

  it.each(DOWN)('1: the OTC of a route to a neighbour that is %s is not replaced', (to) => {
    requirement(
      '!rfc9234:5:egress-1-customer',
      '!rfc9234:5:egress-1-rs-client',
      '!rfc9234:5:confederation-identifier',
      '!rfc9234:5:preserved',
    );
    expect(otcEgress(to, LOCAL, OTHER)).toEqual({ action: 'advertise', otc: OTHER });
  });

  it.each(UP_OR_BESIDE)('2: a route with OTC does not go to a neighbour that is %s', (to) => {
    requirement(
      '!rfc9234:5:egress-1-peer',
      '!rfc9234:5:egress-2-provider',
      '!rfc9234:5:egress-2-peer',
      '!rfc9234:5:egress-2-rs',
    );
    for (const otc of [LOCAL, NEIGHBOR, OTHER]) {
      expect(otcEgress(to, LOCAL, otc).action).toBe('do-not-advertise');
    }
  });

  it.each(UP_OR_BESIDE)('2: a route without OTC may go to a neighbour that is %s', (to) => {
    requirement('rfc9234:5:egress-2-provider', 'rfc9234:5:egress-2-peer', 'rfc9234:5:egress-2-rs');
    expect(otcEgress(to, LOCAL, undefined).action).not.toBe('do-not-advertise');
  });

  it('the value is the AS that the caller presents, as a confederation identifier or a migrated AS, and no other', () => {
    requirement('rfc9234:5:confederation-identifier');
    fc.assert(
      fc.property(fc.constantFrom(...DOWN, 'peer' as const), arbitraryAsn, (to, presented) => {
        expect(otcEgress(to, presented, undefined)).toEqual({ action: 'add', otc: presented });
      }),
    );
  });
});

describe('RFC 9234 §5: limits of the procedures', () => {
  it('the gate lets in IPv4 and IPv6 unicast', () => {
    requirement('rfc9234:5:ipv4-and-ipv6-unicast', 'rfc9234:5:other-families');
    const answers = [1, 2].map((afi) => applicability({ afi, safi: 1, session: 'ebgp' }).applies);
    expect(answers).toEqual([true, true]);
  });

  it('the gate keeps out other families, and sessions between members of a confederation', () => {
    requirement(
      '!rfc9234:5:not-inside-confederation',
      '!rfc9234:5:ipv4-and-ipv6-unicast',
      '!rfc9234:5:other-families',
    );
    const gate = (afi: number, safi: number, session: 'ebgp' | 'confederation-internal') =>
      applicability({ afi, safi, session }).applies;
    expect([
      gate(1, 2, 'ebgp'),
      gate(2, 128, 'ebgp'),
      gate(25, 70, 'ebgp'),
      gate(16_388, 71, 'ebgp'),
    ]).toEqual(Array(4).fill(false));
    expect(gate(1, 1, 'confederation-internal')).toBe(false);
  });

  it('the procedures know role, AS and attribute, and nothing that an operator could set', () => {
    requirement('rfc9234:5:not-configurable');
    expect([otcIngress.length, otcEgress.length]).toEqual([3, 3]);
  });

  it('an option smuggled in changes no answer', () => {
    requirement('!rfc9234:5:not-configurable');
    const option: unknown = { strict: false, ignore: true };
    for (const role of ROLES) {
      for (const otc of [undefined, NEIGHBOR, OTHER]) {
        const [ingress, egress] = [
          Reflect.apply(otcIngress, undefined, [role, NEIGHBOR, otc, option]),
          Reflect.apply(otcEgress, undefined, [role, LOCAL, otc, option]),
        ];
        expect(ingress).toEqual(otcIngress(role, NEIGHBOR, otc));
        expect(egress).toEqual(otcEgress(role, LOCAL, otc));
      }
    }
  });
});

describe('RFC 9234 §5: a malformed OTC attribute', () => {
  const treatment = (value: string, flags = 0xc0): string | undefined =>
    decodeUpdate(updateOf([ORIGIN, AS_PATH, NEXT_HOP, attribute(flags, 35, value)], { nlri: NLRI }))
      .treatment;

  it('of any length but 4 makes the routes of the UPDATE withdrawn', () => {
    requirement('rfc9234:5:malformed-treat-as-withdraw');
    expect(['', '00', '0000fb', '0000fbf000', '0000fbf00000fbf0'].map((value) => treatment(value))).toEqual(
      Array(5).fill('treat-as-withdraw'),
    );
  });

  it('of 4 octets leaves them, with the Partial bit or without', () => {
    requirement('rfc9234:5:attribute-format', '!rfc9234:5:malformed-treat-as-withdraw');
    const clean = decodeUpdate(updateOf([ORIGIN, AS_PATH, NEXT_HOP], { nlri: NLRI })).treatment;
    expect([treatment('0000fbf0'), treatment('ffffffff', 0xe0), treatment('00000000')]).toEqual(
      Array(3).fill(clean),
    );
    expect(clean).not.toBe('treat-as-withdraw');
  });
});
