import type { NeighborRole } from '../../aspa/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsn } from '../../inet/index.js';
import { CliError } from '../shared/io.js';
import { readRole } from '../shared/parse-options.js';

/**
 * Reads a roles file: a JSON object from peer AS to role, `{"64496": "provider"}`, the role being what the peer is to
 * the auditing network.
 *
 * @throws {CliError} that names the member.
 */
export function readRoles(text: string, file: string): Map<Asn, NeighborRole> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`${file}: not JSON; expected {"64496": "provider"}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError(`${file}: expected a JSON object from peer AS to role`);
  }
  return new Map(
    Object.entries(value).map(([key, name]): [Asn, NeighborRole] => {
      const role = readRole(name);
      if (!role)
        throw new CliError(`${file}: ${key}: the role is provider, customer, peer, rs, rs-client or complex`);
      try {
        return [parseAsn(key), role];
      } catch (error) {
        if (error instanceof DecodeError) throw new CliError(`${file}: ${error.message}`);
        throw error;
      }
    }),
  );
}
