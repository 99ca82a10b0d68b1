import { parsePrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';
import { OPENBGPD_AS } from './rtr-openbgpd.js';
import type { Data } from './rtr-router.js';

export const vrp = (prefix: string, maxLength: number, asn: number): Vrp => ({
  prefix: parsePrefix(prefix),
  maxLength,
  asn,
});
/** What a cache serves first. */
export const FIRST: Data = {
  vrps: [
    vrp('192.0.2.0/24', 24, OPENBGPD_AS),
    vrp('192.0.2.0/24', 24, 64_496),
    vrp('198.51.100.0/24', 25, 4_200_000_000),
    vrp('198.18.0.0/15', 16, OPENBGPD_AS),
    vrp('203.0.113.0/24', 24, 0),
    vrp('2001:db8::/32', 48, OPENBGPD_AS),
    vrp('2001:db8:ffff::/48', 48, 64_497),
  ],
  aspas: [
    { customer: 64_496, providers: [64_498, 64_499] },
    { customer: 64_500, providers: [0] },
  ],
  routerKeys: [
    // A key of the P-256 curve, which routers check.
    {
      asn: 64_496,
      ski: Buffer.from('510f485d29a29db7b515f9c478f8ed3cb7aa7d23', 'hex'),
      spki: Buffer.from(
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhv5HEBGixUjKJTlenvcD1Axyi07rFdVY1KhN4vMPYy5y0Mx6zfaiEqJN27jK/l61xC36Vsaezd7eXAsZ1AEEsQ==',
        'base64',
      ),
    },
  ],
};
/** Two VRPs go, two come, an ASPA is replaced and one goes. */
export const SECOND: Data = {
  vrps: [
    ...FIRST.vrps.slice(2),
    vrp('192.0.2.0/24', 26, OPENBGPD_AS),
    vrp('2001:db8:1::/48', 64, 4_294_967_295),
  ],
  aspas: [{ customer: 64_496, providers: [64_499, 4_294_967_295] }],
  routerKeys: FIRST.routerKeys,
};
