import type { PagePeer } from './messages.js';

/** A peer in a few words. */
export function peerText(peer: PagePeer | null): string {
  if (peer === null) return '';
  const { address, as, router, source } = peer;
  // Of a file the name alone: where it lies makes every row long.
  const of = source?.split('/').at(-1) ?? router;
  const words = [address, as === null ? '' : `AS${as}`, of === undefined || of === address ? '' : `of ${of}`];
  return words.filter((word) => word !== '').join(' ');
}
