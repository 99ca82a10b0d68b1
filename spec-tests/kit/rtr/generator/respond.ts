import type { RtrGroup } from './cases.js';
import { CHANGES } from './respond-changes.js';
import { OTHERS } from './respond-others.js';
import { SNAPSHOTS } from './respond-snapshots.js';
import { inOlderVersions } from './versions.js';

const GROUPS: readonly RtrGroup[] = [
  { title: 'The answer to a Reset Query', cases: SNAPSHOTS },
  { title: 'The answer to a Serial Query', cases: CHANGES },
  { title: 'Versions, errors, transport', cases: OTHERS },
];

/** None that has several payload PDUs in an answer: their order is of version 2 alone (8210bis-26 §11.2). */
const IN_ALL_VERSIONS = `
  rtr/cache-empty rtr/cache-no-changes rtr/cache-serial-unknown rtr/cache-serial-ahead
  rtr/cache-changes-forgotten rtr/cache-reset-then-serial rtr/cache-no-data rtr/cache-not-a-query rtr/cache-unknown-type
  rtr/cache-wrong-length rtr/cache-reserved rtr/cache-error-report rtr/cache-joined-queries
`;

/** What a cache answers. */
export const RESPOND_GROUPS: readonly RtrGroup[] = [
  ...GROUPS,
  ...inOlderVersions(GROUPS, IN_ALL_VERSIONS, 'highestVersion'),
];
