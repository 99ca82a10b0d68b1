import type { PeerReport } from '../../audit/index.js';

/** How a report calls a peer: by its AS, with the address where the AS does not say who it is. */
export function peerName({ peerAs, peerAddress }: Pick<PeerReport, 'peerAs' | 'peerAddress'>): string {
  return peerAddress === null ? `AS${peerAs}` : `AS${peerAs} ${peerAddress}`;
}
