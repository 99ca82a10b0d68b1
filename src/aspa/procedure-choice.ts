import { sayValue } from '../inet/index.js';
import type { ProcedureReason } from './evidence.js';
import type { NeighborRole, Procedure } from './terms.js';

export interface ProcedureChoice {
  readonly procedure: Procedure;
  readonly reason: ProcedureReason;
}

/**
 * Chooses the procedure by the role of the neighbour (draft-28 §5.5, §5.6): downstream for a route from a provider,
 * upstream from a customer, peer, route server or RS-client. For a complex neighbour (§6.4) the caller names the
 * procedure of the session or prefix; where it cannot, downstream is used, which avoids false `invalid`.
 *
 * @throws {TypeError} without role and procedure (there is no default: docs/decisions/aspa.md D-aspa-no-default-role),
 *   or when they
 *   contradict each other.
 */
export function chooseProcedure(
  neighborRole: NeighborRole | undefined,
  procedure: Procedure | undefined,
): ProcedureChoice {
  if (procedure !== undefined && procedure !== 'upstream' && procedure !== 'downstream') {
    throw new TypeError(`${sayValue(procedure)} is not a procedure (upstream, downstream)`);
  }
  if (neighborRole === undefined) {
    if (procedure === undefined) throw new TypeError('a neighbour role or a procedure is needed');
    return { procedure, reason: 'caller' };
  }
  if (neighborRole === 'complex') {
    if (procedure === undefined) return { procedure: 'downstream', reason: 'complex-fallback' };
    return { procedure, reason: 'complex-segregated' };
  }
  const chosen = procedureOfRole(neighborRole);
  if (procedure !== undefined && procedure !== chosen) {
    throw new TypeError(`a route from a ${neighborRole} is verified by the ${chosen} procedure`);
  }
  return { procedure: chosen, reason: 'neighbor-role' };
}

/**
 * The procedure that the role of a neighbour asks for; none is fixed for a complex one. draft-28 §5.5, §5.6.
 *
 * @throws {TypeError} for what is no role.
 */
export function procedureOfRole(neighborRole: Exclude<NeighborRole, 'complex'>): Procedure;
export function procedureOfRole(neighborRole: NeighborRole): Procedure | undefined;
export function procedureOfRole(neighborRole: NeighborRole): Procedure | undefined {
  switch (neighborRole) {
    case 'provider':
      return 'downstream';
    case 'customer':
    case 'peer':
    case 'rs':
    case 'rs-client':
      return 'upstream';
    case 'complex':
      return undefined;
    default:
      throw notARole(neighborRole);
  }
}

/**
 * Refuses what is no role of a neighbour.
 *
 * @throws {TypeError}
 */
export function requireNeighborRole(role: NeighborRole): void {
  procedureOfRole(role);
}

function notARole(value: unknown): TypeError {
  return new TypeError(
    `${sayValue(value)} is not a neighbour role (provider, customer, peer, rs, rs-client, complex)`,
  );
}
