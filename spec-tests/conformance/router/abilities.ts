import type { RouterAbilities } from 'pathsec/conformance';

/** A router that looks at whatever the kit asks about: the AS and the role of the neighbour. */
export const byRole: RouterAbilities = {
  localAs: 64_999,
  rov: true,
  aspa: 'role',
  families: ['ipv4-unicast', 'ipv6-unicast'],
  neighborCheck: true,
  firstAs: false,
  asSet: true,
  ownAs: false,
  maxProviders: null,
};

/** One that looks at paths alone, in both directions. */
export const byPath: RouterAbilities = { ...byRole, aspa: 'both', neighborCheck: false };
