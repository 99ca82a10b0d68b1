import { createSpeakerSession, resolveCollision, type SpeakerState } from 'pathsec/speaker';
import { describe, expect, it } from 'vitest';
import { didOf, OWN_AS, OWN_ID, peerOpen } from './peer.js';

type By = 'own' | 'peer';
const at = (state: SpeakerState, initiatedBy: By) => ({ state, initiatedBy });
const sides = (localId: number, peerId: number, localAs = 1, peerAs = 2) => ({
  localId,
  peerId,
  localAs,
  peerAs,
});

describe('RFC 4271 §6.8', () => {
  it.each<[string, ReturnType<typeof sides>, By, By, 'existing' | 'fresh']>([
    ['the lower Identifier here: what the peer opened stays', sides(1, 2), 'own', 'peer', 'existing'],
    ['the same, the other way round in time', sides(1, 2), 'peer', 'own', 'fresh'],
    ['the higher Identifier here: what we opened stays', sides(2, 1), 'own', 'peer', 'fresh'],
    ['the same, the other way round in time', sides(2, 1), 'peer', 'own', 'existing'],
    ['Identifiers are unsigned', sides(0x80000000, 1), 'own', 'peer', 'fresh'],
    ['equal Identifiers: the higher AS (RFC 6286 §2.3)', sides(7, 7, 1, 2), 'own', 'peer', 'existing'],
    ['equal Identifiers, the higher AS here', sides(7, 7, 3, 2), 'own', 'peer', 'fresh'],
    ['both opened by the peer, the lower Identifier here', sides(1, 2), 'peer', 'peer', 'existing'],
    ['both opened by the peer, the higher Identifier here', sides(2, 1), 'peer', 'peer', 'fresh'],
  ])('%s', (_, ends, existing, fresh, closed) => {
    expect(resolveCollision(ends, at('OpenConfirm', existing), at('OpenConfirm', fresh))).toBe(closed);
  });

  it('an Established session stays', () => {
    expect(resolveCollision(sides(1, 2), at('Established', 'own'), at('OpenConfirm', 'peer'))).toBe('fresh');
  });

  it.each(['Connect', 'Active', 'OpenSent'] as const)(
    'a connection in %s collides with nothing yet',
    (state) => {
      expect(resolveCollision(sides(1, 2), at(state, 'own'), at('OpenConfirm', 'peer'))).toBeUndefined();
    },
  );

  it('the two ends close the same connection', () => {
    for (const [localId, peerId] of [
      [1, 2],
      [2, 1],
      [5, 5],
    ] as const) {
      const here = resolveCollision(
        sides(localId, peerId),
        at('OpenConfirm', 'own'),
        at('OpenConfirm', 'peer'),
      );
      const there = resolveCollision(
        sides(peerId, localId, 2, 1),
        at('OpenConfirm', 'peer'),
        at('OpenConfirm', 'own'),
      );
      expect(there).toBe(here);
    }
  });

  it('the loser is told with Cease, Connection Collision Resolution, and does not come again', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, idleHold: [1, 1] });
    session.start(0);
    session.connected(0, 'own');
    session.received(peerOpen(), 0);
    expect(didOf(session.dump(0))).toEqual(['NOTIFICATION 6/7', 'disconnect']);
    expect(session.nextWake()).toBe(Number.POSITIVE_INFINITY);
  });
});
