import { encodeNlri } from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { attributes, nlri, update } from './fixtures.js';

const envelope = (data: object): string => JSON.stringify({ type: 'ris_message', data });

/** What every message of the peer 192.0.2.1 of AS 64496 at a collector has. */
const common = (host: string) => ({
  timestamp: 1_700_000_000.25,
  peer: '192.0.2.1',
  peer_asn: '64496',
  id: `${host}-1`,
  host: `${host}.ripe.net`,
});

/** A made message of RIS Live: routes by members, or with `raw` by the BGP message as well. */
export function risUpdate(
  path: string,
  prefixes: readonly string[],
  { host = 'rrc00', raw = false } = {},
): string {
  const message = () => update({ attributes: attributes(path), nlri: encodeNlri(nlri(...prefixes), false) });
  return envelope({
    ...common(host),
    type: 'UPDATE',
    path: path.split(' ').map(Number),
    announcements: [{ next_hop: '192.0.2.1', prefixes }],
    ...(raw && { raw: toHex(message()) }),
  });
}

/** The same for routes that are gone. */
export const risWithdrawal = (prefixes: readonly string[], host = 'rrc00'): string =>
  envelope({ ...common(host), type: 'UPDATE', withdrawals: prefixes });

/** What a collector says of its session with the peer. */
export const risState = (state: string, host = 'rrc00'): string =>
  envelope({ ...common(host), type: 'RIS_PEER_STATE', state });
