export type { AspaPayload, RouterKey, Vrp } from './payload.js';
