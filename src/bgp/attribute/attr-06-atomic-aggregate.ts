import { malformedAttribute } from './attribute-fault.js';

/** Type code of ATOMIC_AGGREGATE (RFC 4271 §5.1.6). */
export const ATTR_ATOMIC_AGGREGATE = 6;

/**
 * Checks the value `octets[start, end)`, which is empty.
 *
 * @throws {BgpError} attribute-discard (RFC 7606 §7.6): `atomic-aggregate-length`.
 */
export function decodeAtomicAggregate(octets: Uint8Array, start = 0, end = octets.length): true {
  if (end === start) return true;
  throw malformedAttribute(
    ATTR_ATOMIC_AGGREGATE,
    'atomic-aggregate',
    start,
    'atomic-aggregate-length',
    `${end - start} octets instead of 0`,
    'attribute-discard',
  );
}
