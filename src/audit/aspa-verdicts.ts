import {
  type AspaOutcome,
  type AspaTable,
  downstreamOutcome,
  fastVerify,
  type NeighborRole,
  type Procedure,
  upstreamOutcome,
  type VerificationInput,
} from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathStore } from './path-store.js';

/** The outcomes of steps 1 and 3 to 6 by both procedures; they depend on the path alone. */
export interface PathOutcomes {
  readonly upstream: AspaOutcome;
  readonly downstream: AspaOutcome;
  /** Compressed length; 0 where steps 1 or 3 halted. */
  readonly length: number;
}

/** The outcomes of a path that halts at steps 1 to 3. */
export const HALTED: PathOutcomes = { upstream: 'invalid', downstream: 'invalid', length: 0 };

/**
 * Runs both procedures on a path of the store, but for step 2, which depends on who sent it. Steps 1 and 3 halt on the empty path and on one with other segments than AS_SEQUENCEs.
 */
export function pathOutcomes(table: AspaTable, paths: PathStore, index: number): PathOutcomes {
  const { asns } = paths;
  const start = paths.start(index);
  const end = paths.end(index);
  if (start === end) return HALTED;
  const packed = fastVerify(table, asns, start, end - start); // steps 4 to 6
  let length = 1;
  for (let i = start + 1; i < end; i++) if (asns[i] !== asns[i - 1]) length++;
  return { upstream: upstreamOutcome(packed), downstream: downstreamOutcome(packed), length };
}

/**
 * The procedure of a role. Without one, and for `complex` (draft-28 §6.4), downstream: docs/decisions/audit.md
 * D-audit-no-role.
 */
export function procedureOf(role: NeighborRole | undefined): Procedure {
  return role === undefined || role === 'complex' || role === 'provider' ? 'downstream' : 'upstream';
}

/** The input of the literal procedure that repeats a verdict of the audit with its evidence. */
export function verificationInput(
  asPath: AsPath,
  peerAs: Asn,
  role: NeighborRole | undefined,
  checked: boolean,
): VerificationInput {
  const neighbor = checked ? { neighborAs: peerAs } : {};
  return role === undefined
    ? { asPath, procedure: procedureOf(role), ...neighbor }
    : { asPath, neighborRole: role, ...neighbor };
}
