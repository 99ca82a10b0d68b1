import { type Prefix, requireIterable, requirePrefix } from '../inet/index.js';
import { createVrpStore, type Vrp } from '../payload/index.js';

/**
 * The route prefixes whose validation state the announcement or withdrawal of `changed` may have altered: those that
 * one of the VRPs covers (RFC 6811 §4). In the order of `prefixes`.
 *
 * @throws {TypeError} and {@link RangeError} for VRPs and prefixes that are none.
 */
export function affectedPrefixes<P extends Prefix>(changed: Iterable<Vrp>, prefixes: Iterable<P>): P[] {
  requireIterable(prefixes, 'prefixes', 'a list of prefixes');
  const store = createVrpStore(changed);
  const affected: P[] = [];
  for (const prefix of prefixes) {
    requirePrefix(prefix, 'the prefix of a route');
    if (store.family(prefix.afi).longestCovering(prefix.octets, prefix.length) >= 0) affected.push(prefix);
  }
  return affected;
}
