import {
  type Action,
  SPEAKER_STATES,
  type SpeakerEvent,
  type SpeakerState,
  type Transition,
} from './events.js';

type Row = readonly [events: readonly SpeakerEvent[], to: SpeakerState, actions: readonly Action[]];

const END: readonly Action[] = ['retry-stop', 'drop', 'counter-up'];
const END_UNCOUNTED: readonly Action[] = ['retry-stop', 'drop'];
const NOTIFY: readonly Action[] = ['send-notification', ...END];
const FSM_ERROR: readonly Action[] = ['send-fsm-error', ...END];
const STOP: readonly Action[] = ['send-notification', 'retry-stop', 'drop', 'counter-zero'];
const OPEN: readonly Action[] = ['retry-stop', 'send-open', 'hold-large'];

/**
 * The state machine of RFC 4271 §8.2.2 as rows. An event that has no row in a state is ignored there. The machine is one
 * connection's: a second one of the same peer is a machine of its own (§8.2.1), and event 23 ends the one that loses.
 * Messages that come where they do not belong are errors of RFC 6608 §4, an OPEN after the first too
 * (docs/decisions/speaker.md D-speaker-second-open). Event 21 in Established is answered as §6.1 demands
 * (D-speaker-header-error). Event 29 is of RFC 9687.
 */
const ROWS: Readonly<Record<SpeakerState, readonly Row[]>> = {
  Idle: [
    [[1, 3], 'Connect', ['counter-zero', 'retry-start', 'connect']],
    [[4, 5], 'Active', ['counter-zero', 'retry-start']],
    // D-speaker-idle-hold: what §8.2.2 leaves open.
    [[6], 'Connect', ['retry-start', 'connect']],
    [[7], 'Active', ['retry-start']],
  ],
  Connect: [
    [[2], 'Idle', ['drop', 'counter-zero', 'retry-stop']],
    [[9], 'Connect', ['drop', 'retry-start', 'connect']],
    [[16, 17], 'OpenSent', OPEN],
    [[18, 24], 'Idle', END_UNCOUNTED],
    [[8, 10, 11, 13, 19, 21, 22, 23, 25, 26, 27, 28], 'Idle', END],
  ],
  Active: [
    [[2], 'Idle', ['drop', 'counter-zero', 'retry-stop']],
    [[9], 'Connect', ['retry-start', 'connect']],
    [[16, 17], 'OpenSent', OPEN],
    [[18], 'Idle', ['retry-start', 'drop', 'counter-up']],
    [[24, 8, 10, 11, 13, 19, 21, 22, 23, 25, 26, 27, 28], 'Idle', END],
  ],
  OpenSent: [
    [[2], 'Idle', STOP],
    [[8, 10, 21, 22, 23, 29], 'Idle', NOTIFY],
    [[18], 'Active', ['drop', 'retry-start']],
    [[19], 'OpenConfirm', ['retry-stop', 'send-keepalive', 'keepalive-restart', 'hold-negotiated']],
    [[24], 'Idle', END_UNCOUNTED],
    [[9, 11, 12, 13, 20, 25, 26, 27, 28], 'Idle', FSM_ERROR],
  ],
  OpenConfirm: [
    [[2], 'Idle', STOP],
    [[8, 10, 21, 22, 23, 29], 'Idle', NOTIFY],
    [[11], 'OpenConfirm', ['send-keepalive', 'keepalive-restart']],
    [[18, 25], 'Idle', END],
    [[24], 'Idle', END_UNCOUNTED],
    [[26], 'Established', ['hold-restart']],
    [[9, 12, 13, 19, 20, 27, 28], 'Idle', FSM_ERROR],
  ],
  Established: [
    [[2], 'Idle', STOP],
    [[8, 10, 21, 23, 28, 29], 'Idle', NOTIFY],
    [[11], 'Established', ['send-keepalive', 'keepalive-restart']],
    [[18, 24, 25], 'Idle', END],
    [[26, 27], 'Established', ['hold-restart']],
    [[9, 12, 13, 19, 20, 22], 'Idle', FSM_ERROR],
  ],
};

/** The same by state and number of the event: an UPDATE asks for it. */
const TRANSITIONS = new Map(
  SPEAKER_STATES.map((state) => {
    const row: (Transition | undefined)[] = [];
    for (const [events, to, actions] of ROWS[state])
      for (const event of events) row[event] ??= { to, actions };
    return [state, row] as const;
  }),
);

/** What `event` does in `state` (RFC 4271 §8.2.2); undefined where it is ignored. */
export function transitionOf(state: SpeakerState, event: SpeakerEvent): Transition | undefined {
  return TRANSITIONS.get(state)?.[event];
}
