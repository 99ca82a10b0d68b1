import type { RtrGroup } from './cases.js';
import { FAULTS } from './sessions-faults.js';
import { REPORTS, VERSIONS } from './sessions-reports.js';
import { RECORDS, START } from './sessions-start.js';
import { RESETS, UPDATES } from './sessions-updates.js';
import { inOlderVersions } from './versions.js';

const GROUPS: readonly RtrGroup[] = [
  { title: 'The first response', cases: START },
  { title: 'Records and their identity', cases: RECORDS },
  { title: 'Updates', cases: UPDATES },
  { title: 'Reset, no data, expiry', cases: RESETS },
  { title: 'Faults in what the cache sends', cases: FAULTS },
  { title: 'Error Reports of the cache', cases: REPORTS },
  { title: 'Versions', cases: VERSIONS },
];

const IN_ALL_VERSIONS = `
  rtr/session-first-query rtr/session-applied-at-end rtr/session-empty rtr/session-vrp-as0 rtr/session-large-as-numbers
  rtr/session-whole-families rtr/session-host-bits rtr/session-max-lengths-apart rtr/session-keys-apart@1
  rtr/session-key-of-two-ases@1 rtr/session-serial-query rtr/session-announce-and-withdraw rtr/session-no-changes
  rtr/session-serial-wraps rtr/session-serial-half-way rtr/session-notify-of-news rtr/session-cache-reset
  rtr/session-cache-reset-answered rtr/session-cache-reset-same-records rtr/session-no-data-at-first
  rtr/session-no-data-then-data rtr/session-expired@1 rtr/session-unknown-vrp rtr/session-unknown-max-length
  rtr/session-unknown-key@1 rtr/session-duplicate-vrp rtr/session-unknown-type rtr/session-length-wrong
  rtr/session-max-length-beyond
`;

/** What a router holds after a cache has sent this and that. */
export const SESSION_GROUPS: readonly RtrGroup[] = [
  ...GROUPS,
  ...inOlderVersions(GROUPS, IN_ALL_VERSIONS, 'version'),
];
