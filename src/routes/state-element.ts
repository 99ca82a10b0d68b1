import type { Peer } from './element.js';
import { type Emitter, NO_OCTETS, setElementContext } from './emitter.js';

/** States of a session (RFC 4271 §8.2.2) between which inputs tell of its beginning and its end. */
export const IDLE = 1;
export const OPEN_CONFIRM = 5;
export const ESTABLISHED = 6;

/** Delivers a change of the state of a session. */
export function deliverState(
  emitter: Emitter,
  time: number,
  microseconds: number | undefined,
  peer: Peer,
  oldState: number,
  newState: number,
): void {
  const { source, state } = emitter;
  setElementContext(state, time, microseconds, peer, false);
  state.oldState = oldState;
  state.newState = newState;
  source.octets = NO_OCTETS;
  source.attributesStart = source.attributesEnd = 0;
  source.path = undefined;
  emitter.summary.states++;
  emitter.deliver(state);
}
