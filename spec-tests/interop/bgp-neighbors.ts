import { bird } from './bgp-bird.js';
import { exabgp } from './bgp-exabgp.js';
import { frr } from './bgp-frr.js';
import { gobgp } from './bgp-gobgp.js';
import type { Neighbor } from './bgp-neighbor.js';
import { openbgpd } from './bgp-openbgpd.js';

/** Every neighbour that is spoken with. */
export const NEIGHBORS: readonly Neighbor[] = [
  {
    name: 'BIRD',
    package: 'bird2',
    program: 'bird',
    needs: 'program',
    roles: true,
    endOfRib: true,
    ipv6: true,
    waits: true,
    start: bird(false),
  },
  {
    name: 'BIRD',
    package: 'bird3',
    program: 'bird',
    needs: 'peers',
    roles: true,
    endOfRib: true,
    ipv6: true,
    waits: true,
    start: bird(true),
  },
  {
    name: 'OpenBGPD',
    package: 'openbgpd',
    program: 'bgpctl',
    needs: 'root',
    roles: false,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: openbgpd(false),
  },
  {
    name: 'OpenBGPD 8',
    package: 'openbgpd',
    program: 'bgpctl',
    needs: 'peers',
    roles: true,
    endOfRib: false,
    ipv6: false,
    waits: true,
    start: openbgpd(true),
  },
  {
    name: 'FRR bgpd',
    package: 'frr',
    program: '/usr/lib/frr/bgpd',
    needs: 'root',
    roles: true,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: frr,
  },
  {
    name: 'GoBGP',
    package: 'gobgpd',
    program: 'gobgpd',
    needs: 'program',
    roles: false,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: gobgp,
  },
  {
    name: 'ExaBGP',
    package: 'exabgp',
    program: 'exabgp',
    needs: 'peers',
    roles: false,
    endOfRib: true,
    ipv6: true,
    waits: false,
    start: exabgp,
  },
];
