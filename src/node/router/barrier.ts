import { AS_SEQUENCE } from '../../bgp/index.js';
import { AFI_IPV4, type Afi, formatPrefix, makePrefix, type Prefix } from '../../inet/index.js';
import type { Lab, LabSession } from './lab.js';

/**
 * Waits until the router has done with all that these sessions announced so far: markers are announced behind it and come back.
 * They are announced twice, since the first ones may overtake routes on their way out of the router, the second ones do so only
 * where the queue of the collector was empty before.
 *
 * @returns false where some marker did not come back, as when a session went down.
 */
export async function passBarrier(
  lab: Lab,
  sessions: readonly LabSession[],
  afis: readonly Afi[],
): Promise<boolean> {
  for (const _ of [1, 2]) {
    const ups = sessions.map((session) => session.ups);
    const tokens = new Map<string, number>();
    for (const session of sessions) {
      const asPath = [{ type: AS_SEQUENCE, asns: [session.neighbor.as] }] as const;
      const routes = afis.map((afi) => ({ prefix: markerOf(afi, lab.sessions.indexOf(session)), asPath }));
      const numbers = await lab.announce(session, routes);
      for (const [i, { prefix }] of routes.entries()) tokens.set(formatPrefix(prefix), numbers[i] ?? -1);
    }
    const isDown = (): boolean =>
      sessions.some((session, i) => !session.connection || session.ups !== ups[i]);
    const isBack = ([prefix, token]: [string, number]): boolean => lab.seen.get(prefix)?.token === token;
    await lab.patience.until(() => isDown() || [...tokens].every(isBack));
    if (isDown() || ![...tokens].every(isBack)) return false;
  }
  return true;
}

/** The prefix of the markers of a session: 198.18.0.0/16 and 2001:2:0:fffe::/64 (RFC 2544, RFC 5180). */
function markerOf(afi: Afi, session: number): Prefix {
  if (afi === AFI_IPV4) {
    return makePrefix(afi, Uint8Array.of(198, 18, session >> 4, (session & 15) << 4), 28);
  }
  const octets = new Uint8Array(16);
  octets.set([0x20, 0x01, 0, 2, 0, 0, 0xff, 0xfe, session >> 8, session & 0xff]);
  return makePrefix(afi, octets, 80);
}
