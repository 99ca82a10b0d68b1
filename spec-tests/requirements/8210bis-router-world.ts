import { createPayloadSet } from 'pathsec/payload';
import { applyPayloadChanges } from 'pathsec/rtr';
import { lines, type Seen } from '../rtr/harness.js';
import { end, play, prefix, response, VRP } from '../rtr/play.js';

export type Played = ReturnType<typeof play>;

/** A session at rest that holds one VRP of serial 1. */
export function settled(options: Parameters<typeof play>[0] = {}): Played {
  const played = play(options);
  played.open(0);
  played.give(0, 2, response(), prefix(VRP), end(1));
  return played;
}

/** What a follower of the events holds. */
export function followed({ events }: Seen): string[] {
  const set = createPayloadSet();
  for (const event of events) {
    if (event.kind === 'update' || event.kind === 'flush') applyPayloadChanges(set, event.changes);
  }
  return lines(set);
}
