import type { Asn, Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';

/** A VRP of its parts, without members for what is not said. Written out: spreading takes as long as reading a record. */
export function vrpOf(prefix: Prefix, maxLength: number, asn: Asn, expires?: number, ta?: string): Vrp {
  if (expires === undefined) {
    return ta === undefined ? { prefix, maxLength, asn } : { prefix, maxLength, asn, ta };
  }
  return ta === undefined ? { prefix, maxLength, asn, expires } : { prefix, maxLength, asn, expires, ta };
}
