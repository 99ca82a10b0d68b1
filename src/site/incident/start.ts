import type { IncidentState } from '../../links/index.js';

/** What the screen shows without a link, apart because the first view has it: a hijack that two of the transits stop. */
export const START: IncidentState = { s: 'incident', name: '1-myetherwallet/rov-at-two-transits' };
