import type { Asn } from '../inet/index.js';
import type { SpeakerState } from './events.js';

/** One of two connections with the same peer. */
export interface CollidingConnection {
  readonly state: SpeakerState;
  /** Which side opened the TCP connection. */
  readonly initiatedBy: 'own' | 'peer';
}

/** Who is at the two ends. */
export interface CollidingSides {
  readonly localId: number;
  readonly peerId: number;
  readonly localAs: Asn;
  readonly peerAs: Asn;
}

/**
 * Which of two connections has to be closed when an OPEN came on `fresh` and another one with the same peer exists
 * (RFC 4271 §6.8, RFC 6286 §2.3): that which the side with the lower Identifier opened, with equal Identifiers that of
 * the lower AS. An Established session stays (CollisionDetectEstablishedState is FALSE). Undefined where there is no
 * collision: the other connection has not come to an OPEN.
 */
export function resolveCollision(
  { localId, peerId, localAs, peerAs }: CollidingSides,
  existing: CollidingConnection,
  fresh: CollidingConnection,
): 'existing' | 'fresh' | undefined {
  if (existing.state === 'Established') return 'fresh';
  if (existing.state !== 'OpenConfirm') return undefined;
  const localWins = localId === peerId ? localAs > peerAs : localId > peerId;
  // Both opened by one side: the text of §6.8 goes by the Identifiers alone.
  if (existing.initiatedBy === fresh.initiatedBy) return localWins ? 'fresh' : 'existing';
  const winner = localWins ? 'own' : 'peer';
  return existing.initiatedBy === winner ? 'fresh' : 'existing';
}
