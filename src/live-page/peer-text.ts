import type { PagePeer } from './messages.js';

/** A peer in a few words. */
export function peerText(peer: PagePeer | null): string {
  if (peer === null) return '';
  const { address, as, router, source } = peer;
  const of = source ?? router;
  const words = [address, as === null ? '' : `AS${as}`, of === undefined || of === address ? '' : `of ${of}`];
  return words.filter((word) => word !== '').join(' ');
}
