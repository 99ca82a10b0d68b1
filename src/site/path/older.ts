import { createRevisionTables, type RevisionOutcome, verifyByRevision } from '../../aspa/index.js';
import type { AskedOlder } from './judge.js';

/** The outcome by an older revision of the draft, which looks at the family of the prefix where there is one. */
export function olderOutcome({ aspas, input, prefix, revision }: AskedOlder): RevisionOutcome {
  const asked = prefix === undefined ? input : { ...input, afi: prefix.afi };
  return verifyByRevision(createRevisionTables(aspas), revision, asked).outcome;
}
