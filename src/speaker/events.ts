/** The states of RFC 4271 §8.2.2, in its order and under its names. */
export const SPEAKER_STATES = [
  'Idle',
  'Connect',
  'Active',
  'OpenSent',
  'OpenConfirm',
  'Established',
] as const;

export type SpeakerState = (typeof SPEAKER_STATES)[number];

/**
 * The events of RFC 4271 §8.1 by their numbers, and 29 of RFC 9687. Those that belong to optional attributes which this
 * speaker does not have (DelayOpen, TrackTcpState) never occur, but have their place in the table of transitions.
 */
export const EVENT_NAMES = {
  1: 'ManualStart',
  2: 'ManualStop',
  3: 'AutomaticStart',
  4: 'ManualStart_with_PassiveTcpEstablishment',
  5: 'AutomaticStart_with_PassiveTcpEstablishment',
  6: 'AutomaticStart_with_DampPeerOscillations',
  7: 'AutomaticStart_with_DampPeerOscillations_and_PassiveTcpEstablishment',
  8: 'AutomaticStop',
  9: 'ConnectRetryTimer_Expires',
  10: 'HoldTimer_Expires',
  11: 'KeepaliveTimer_Expires',
  12: 'DelayOpenTimer_Expires',
  13: 'IdleHoldTimer_Expires',
  14: 'TcpConnection_Valid',
  15: 'Tcp_CR_Invalid',
  16: 'Tcp_CR_Acked',
  17: 'TcpConnectionConfirmed',
  18: 'TcpConnectionFails',
  19: 'BGPOpen',
  20: 'BGPOpen with DelayOpenTimer running',
  21: 'BGPHeaderErr',
  22: 'BGPOpenMsgErr',
  23: 'OpenCollisionDump',
  24: 'NotifMsgVerErr',
  25: 'NotifMsg',
  26: 'KeepAliveMsg',
  27: 'UpdateMsg',
  28: 'UpdateMsgErr',
  29: 'SendHoldTimer_Expires',
} as const;

/** The number of an event. */
export type SpeakerEvent = keyof typeof EVENT_NAMES;

/** What a transition does beside changing the state, in the words of RFC 4271 §8.2.2. */
export type Action =
  /** ConnectRetryCounter to zero, or incremented by 1. */
  | 'counter-zero'
  | 'counter-up'
  /** ConnectRetryTimer started with its initial value, or stopped and set to zero. */
  | 'retry-start'
  | 'retry-stop'
  /** A TCP connection is initiated, or dropped. */
  | 'connect'
  | 'drop'
  | 'send-open'
  | 'send-keepalive'
  /** The NOTIFICATION that belongs to the event: Cease, Hold Timer Expired, what is wrong with a message. */
  | 'send-notification'
  /** NOTIFICATION Finite State Machine Error, with the subcode of RFC 6608. */
  | 'send-fsm-error'
  /** HoldTimer to a large value, to the negotiated value, or restarted with it. */
  | 'hold-large'
  | 'hold-negotiated'
  | 'hold-restart'
  | 'keepalive-restart';

/** What an event does in a state. */
export interface Transition {
  readonly to: SpeakerState;
  readonly actions: readonly Action[];
}
