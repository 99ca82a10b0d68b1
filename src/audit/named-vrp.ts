import { type Asn, formatPrefix } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';

/** A VRP as reports have it. */
export interface NamedVrp {
  readonly asn: Asn;
  readonly prefix: string;
  readonly maxLength: number;
}

/** The VRP as reports have it. */
export function namedVrp({ asn, prefix, maxLength }: Vrp): NamedVrp {
  return { asn, prefix: formatPrefix(prefix), maxLength };
}
