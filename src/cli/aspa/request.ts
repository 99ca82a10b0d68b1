import type { NeighborRole, Procedure } from '../../aspa/index.js';
import { type AsPath, parseAsPath, parseAsPathJson } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsn } from '../../inet/index.js';
import { readProcedure, readRole } from '../shared/parse-options.js';

/** A question of the batch contract: one path and how to judge it. */
export interface AspaRequest {
  readonly asPath: AsPath;
  readonly neighborAs?: Asn;
  readonly neighborRole?: NeighborRole;
  readonly procedure?: Procedure;
}

/**
 * Reads the members of a batch line: `path` (text or array, wire order), `direction` or `neighborRole`, `neighborAs`.
 * Other members are the caller's own and are ignored.
 *
 * @throws {DecodeError} `path-missing`, `direction-missing`, `direction-unknown`, `neighbor-role-unknown`,
 * `direction-conflict`, and the codes of paths and ASNs.
 */
export function readAspaRequest(members: Readonly<Record<string, unknown>>): AspaRequest {
  const { path, direction, neighborRole, neighborAs } = members;
  if (path === undefined) throw new DecodeError('path-missing', 'no member path');
  const asPath = typeof path === 'string' ? parseAsPath(path, 'path') : parseAsPathJson(path, 'path');
  const procedure = readProcedure(direction);
  const role = readRole(neighborRole);
  if (direction !== undefined && !procedure) {
    throw new DecodeError('direction-unknown', 'upstream or downstream', { field: 'direction' });
  }
  if (neighborRole !== undefined && !role) {
    throw new DecodeError('neighbor-role-unknown', 'provider, customer, peer, rs, rs-client or complex', {
      field: 'neighborRole',
    });
  }
  // docs/decisions/cli.md D-cli-batch-direction
  if (!procedure && !role) throw new DecodeError('direction-missing', 'direction or neighborRole is needed');
  if (procedure && role && role !== 'complex' && (role === 'provider') !== (procedure === 'downstream')) {
    throw new DecodeError(
      'direction-conflict',
      `a ${role} is judged ${role === 'provider' ? 'down' : 'up'}stream`,
    );
  }
  return {
    asPath,
    ...(neighborAs === undefined ? {} : { neighborAs: parseAsn(neighborAs, 'neighborAs') }),
    ...(role ? { neighborRole: role } : {}),
    ...(procedure ? { procedure } : {}),
  };
}
