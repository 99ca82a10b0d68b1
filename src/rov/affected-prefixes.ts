import type { Prefix } from '../inet/index.js';
import { createVrpStore, type Vrp } from '../payload/index.js';

/**
 * The route prefixes whose validation state the announcement or withdrawal of `changed` may have altered: those that
 * one of the VRPs covers (RFC 6811 §4). In the order of `prefixes`.
 */
export function affectedPrefixes<P extends Prefix>(changed: Iterable<Vrp>, prefixes: Iterable<P>): P[] {
  const store = createVrpStore(changed);
  const affected: P[] = [];
  for (const prefix of prefixes) {
    if (store.family(prefix.afi).longestCovering(prefix.octets, prefix.length) >= 0) affected.push(prefix);
  }
  return affected;
}
