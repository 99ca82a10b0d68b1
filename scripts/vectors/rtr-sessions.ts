import type { RtrGroup } from './rtr-cases.js';
import { FAULTS } from './rtr-sessions-faults.js';
import { REPORTS, VERSIONS } from './rtr-sessions-reports.js';
import { RECORDS, START } from './rtr-sessions-start.js';
import { RESETS, UPDATES } from './rtr-sessions-updates.js';

/** What a router holds after a cache has sent this and that. */
export const SESSION_GROUPS: readonly RtrGroup[] = [
  { title: 'The first response', cases: START },
  { title: 'Records and their identity', cases: RECORDS },
  { title: 'Updates', cases: UPDATES },
  { title: 'Reset, no data, expiry', cases: RESETS },
  { title: 'Faults in what the cache sends', cases: FAULTS },
  { title: 'Error Reports of the cache', cases: REPORTS },
  { title: 'Versions', cases: VERSIONS },
];
