import { type Kit, kit } from './kit.js';
import { type OpenKit, openKit } from './open-kit.js';
import { type RebuildKit, rebuildKit } from './rebuild-kit.js';
import { type SendKit, sendKit } from './send-kit.js';

/** All parts of a BGPsec speaker: receiver, reconstruction of AS_PATH, negotiation, sender. */
export interface Parts extends Kit, RebuildKit, OpenKit, SendKit {}

export const RIGHT: Parts = { ...kit, ...rebuildKit, ...openKit, ...sendKit };
