import type { NeighborRole } from '../../aspa/index.js';
import { DecodeError, proposal } from '../../bytes/index.js';
import { type Asn, parseAsn } from '../../inet/index.js';
import { NEIGHBOR_ROLES } from '../../questions/index.js';
import { CliError } from '../shared/io.js';
import { readJsonText } from '../shared/json-text.js';
import { readRole } from '../shared/parse-options.js';

/**
 * Reads a roles file: a JSON object from peer AS to role, `{"64496": "provider"}`, the role being what the peer is to
 * the auditing network.
 *
 * @throws {CliError} that names the member.
 */
export function readRoles(text: string, file: string): Map<Asn, NeighborRole> {
  const value = readJsonText(file, text, '{"64496": "provider"}');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError(`${file}: expected a JSON object from peer AS to role`);
  }
  const roles = new Map<Asn, NeighborRole>();
  for (const [key, name] of Object.entries(value)) {
    const role = readRole(name);
    if (!role) {
      const hint = proposal(name, NEIGHBOR_ROLES);
      throw new CliError(`${file}: ${key}: the role is one of ${NEIGHBOR_ROLES.join(', ')}${hint}`);
    }
    const asn = asnOf(key, file);
    if (roles.has(asn)) throw new CliError(`${file}: ${key}: AS${asn} has a role already`);
    roles.set(asn, role);
  }
  return roles;
}

function asnOf(key: string, file: string): Asn {
  try {
    return parseAsn(key);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new CliError(`${file}: ${key}: unknown member; the members are AS numbers (unknown-member)`);
  }
}
