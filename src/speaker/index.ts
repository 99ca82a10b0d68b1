export { actOnUpdate, type UpdateActions } from './act-on-update.js';
export { type CollidingConnection, type CollidingSides, resolveCollision } from './collision.js';
export { describeEnd } from './describe-end.js';
export {
  type Action,
  EVENT_NAMES,
  SPEAKER_STATES,
  type SpeakerEvent,
  type SpeakerState,
  type Transition,
} from './events.js';
export type { SpeakerOptions } from './options.js';
export type {
  FamilyRoutes,
  Negotiated,
  SessionEnd,
  SpeakerFault,
  SpeakerFaultCode,
  SpeakerOutput,
  SpeakerReport,
} from './output.js';
export { signedAfis } from './output.js';
export { createSpeakerSession, type SpeakerSession, type SpeakerStatus } from './session.js';
export { transitionOf } from './transitions.js';
