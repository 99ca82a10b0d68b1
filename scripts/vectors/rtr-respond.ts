import type { RtrGroup } from './rtr-cases.js';
import { CHANGES } from './rtr-respond-changes.js';
import { OTHERS } from './rtr-respond-others.js';
import { SNAPSHOTS } from './rtr-respond-snapshots.js';

/** What a cache answers. */
export const RESPOND_GROUPS: readonly RtrGroup[] = [
  { title: 'The answer to a Reset Query', cases: SNAPSHOTS },
  { title: 'The answer to a Serial Query', cases: CHANGES },
  { title: 'Versions, errors, transport', cases: OTHERS },
];
