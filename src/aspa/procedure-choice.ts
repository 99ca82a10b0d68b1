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
  return chooseBy(procedureOfRole, 'from', neighborRole, procedure);
}

/**
 * Chooses the procedure for a route that is sent, by the role of the receiver (draft-zhang-sidrops-aspa-egress §4.1). A
 * complex neighbour is as in {@link chooseProcedure}.
 *
 * @throws as {@link chooseProcedure}.
 */
export function chooseEgressProcedure(
  neighborRole: NeighborRole | undefined,
  procedure: Procedure | undefined,
): ProcedureChoice {
  return chooseBy(egressProcedureOfRole, 'to', neighborRole, procedure);
}

function chooseBy(
  ofRole: (role: NeighborRole) => Procedure | undefined,
  way: 'from' | 'to',
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
  const chosen = ofRole(neighborRole);
  if (chosen === undefined) {
    if (procedure === undefined) return { procedure: 'downstream', reason: 'complex-fallback' };
    return { procedure, reason: 'complex-segregated' };
  }
  if (procedure !== undefined && procedure !== chosen) {
    throw new TypeError(`a route ${way} a ${neighborRole} is verified by the ${chosen} procedure`);
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
 * The procedure for a route that is sent to a neighbour of this role: upstream towards providers, peers and route servers,
 * downstream towards customers (draft-zhang-sidrops-aspa-egress §4.1). RS-clients, of whom the text says nothing, are
 * taken for customers (docs/decisions/aspa.md D-egress-rs-client). None is fixed for a complex neighbour.
 *
 * @throws {TypeError} for what is no role.
 */
export function egressProcedureOfRole(neighborRole: NeighborRole): Procedure | undefined {
  switch (neighborRole) {
    case 'provider':
    case 'peer':
    case 'rs':
      return 'upstream';
    case 'customer':
    case 'rs-client':
      return 'downstream';
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
