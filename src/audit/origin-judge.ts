import type { Asn, Prefix } from '../inet/index.js';
import { type OriginValidity, type RovTable, validateReadOrigin } from '../rov/index.js';

/**
 * The validation states of routes that were read (RFC 6811 §2), with the last one remembered: a record of a RIB dump has the routes
 * of many peers to one prefix, most of them of one origin.
 */
export function createOriginJudge(): (
  table: RovTable,
  prefix: Prefix,
  origin: Asn | undefined,
) => OriginValidity {
  const octets = new Uint8Array(16);
  let length = -1;
  let afi = 0;
  let lastOrigin: Asn | undefined;
  let lastTable: RovTable | undefined;
  let generation = 0;
  let validity: OriginValidity = 'not-found';
  const isLast = (table: RovTable, prefix: Prefix, origin: Asn | undefined): boolean => {
    if (origin !== lastOrigin || prefix.length !== length || prefix.afi !== afi) return false;
    if (table !== lastTable || table.generation !== generation) return false;
    for (let i = 0; i < prefix.octets.length; i++) if (prefix.octets[i] !== octets[i]) return false;
    return true;
  };
  return (table, prefix, origin) => {
    if (isLast(table, prefix, origin)) return validity;
    validity = validateReadOrigin(table, prefix, origin);
    for (let i = 0; i < prefix.octets.length; i++) octets[i] = prefix.octets[i] as number; // readers use them again
    length = prefix.length;
    afi = prefix.afi;
    lastOrigin = origin;
    lastTable = table;
    generation = table.generation;
    return validity;
  };
}
