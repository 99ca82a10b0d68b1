import type { Peer } from './element.js';
import { type Emitter, NO_OCTETS, setElementContext } from './emitter.js';

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
