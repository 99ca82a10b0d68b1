import {
  type AspaOutcome,
  type AspaTable,
  downstreamOutcome,
  fastVerifyAll,
  fastVerifyAsPath,
  type Procedure,
  upstreamOutcome,
  type VerificationInput,
} from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import type { PathStore } from './path-store.js';
import type { PeerTally } from './peer-tally.js';

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
 * Runs both procedures on every path of the store, or of `some` of it, but for step 2, which depends on who sent it. draft-28 §5.5,
 * §5.6.
 */
export function judgePaths(
  table: AspaTable,
  paths: PathStore,
  some?: Uint32Array,
): (index: number) => PathOutcomes {
  const { asns, starts } = paths;
  const packed = new Uint8Array(paths.size);
  if (some === undefined) fastVerifyAll(table, asns, starts, packed); // steps 1 and 4 to 6
  const one = new Uint8Array(1);
  for (const path of some ?? []) {
    fastVerifyAll(table, asns, starts.subarray(path, path + 2), one);
    packed[path] = one[0] as number;
  }
  return (index) => {
    const mixed = paths.mixed(index);
    if (mixed) {
      const outcome = (procedure: Procedure) => fastVerifyAsPath(table, { asPath: mixed, procedure });
      return { upstream: outcome('upstream'), downstream: outcome('downstream'), length: 0 };
    }
    const start = starts[index] as number;
    const end = starts[index + 1] as number;
    if (start === end) return HALTED;
    let length = 1;
    for (let i = start + 1; i < end; i++) if (asns[i] !== asns[i - 1]) length++;
    const outcomes = packed[index] as number;
    return { upstream: upstreamOutcome(outcomes), downstream: downstreamOutcome(outcomes), length };
  };
}

/** The input of the literal procedure that repeats a verdict of the audit with its evidence. */
export function verificationInput(
  asPath: AsPath,
  peer: Pick<PeerTally, 'peerAs' | 'role' | 'egress' | 'procedure' | 'checked'>,
): VerificationInput {
  const { peerAs, role, egress, procedure, checked } = peer;
  const neighbor = checked ? { neighborAs: peerAs } : {};
  return role === undefined || egress
    ? { asPath, procedure, ...neighbor }
    : { asPath, neighborRole: role, ...neighbor };
}
