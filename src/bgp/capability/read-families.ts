import { DecodeError } from '../../bytes/index.js';
import type { Family } from './cap-01-multiprotocol.js';

/** Unicast and multicast of both address families: those whose NLRI are plain prefixes (RFC 4760 §6). */
const PREFIX_FAMILIES: readonly Family[] = [
  { afi: 1, safi: 1 },
  { afi: 1, safi: 2 },
  { afi: 2, safi: 1 },
  { afi: 2, safi: 2 },
];

/**
 * Families as a question names them: `true` for all with plain prefixes, `false` for none, or a list of `AFI/SAFI`,
 * `["1/1", "2/1"]`. NON-SPEC: notation.
 *
 * @throws {DecodeError} `family-syntax` for anything else.
 */
export function readFamilies(value: unknown, field: string): readonly Family[] {
  if (value === true) return PREFIX_FAMILIES;
  if (value === false) return [];
  if (!Array.isArray(value)) throw malformed(field, 'must be true, false or a list of "AFI/SAFI"');
  return value.map((one: unknown, i) => readFamily(one, `${field}[${i}]`));
}

function readFamily(value: unknown, field: string): Family {
  const [, afi, safi] = (typeof value === 'string' && /^(\d{1,5})\/(\d{1,3})$/.exec(value)) || [];
  const family = { afi: Number(afi), safi: Number(safi) };
  if (family.afi <= 0xffff && family.safi <= 0xff) return family;
  throw malformed(field, 'must be AFI/SAFI, such as "1/1" for IPv4 unicast');
}

function malformed(field: string, message: string): DecodeError {
  return new DecodeError('family-syntax', message, { field });
}
