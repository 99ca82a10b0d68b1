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
import { codeOf, type OutcomeCode } from './counts.js';
import type { PathStore } from './path-store.js';
import type { PeerTally } from './peer-tally.js';

/** The outcomes of steps 1 and 3 to 6 for the paths of a store, by both procedures; they depend on the path alone. */
export interface PathOutcomes {
  upstream(path: number): OutcomeCode;
  downstream(path: number): OutcomeCode;
  /** Compressed length; 0 where steps 1 or 3 halted. */
  lengthOf(path: number): number;
}

/** Codes of the outcomes of `fastVerifyAll`, by its numbers, which are few. */
function createCodes(outcomeOf: (outcomes: number) => AspaOutcome): (outcomes: number) => OutcomeCode {
  const codes: OutcomeCode[] = [];
  return (outcomes) => {
    const known = codes[outcomes];
    if (known !== undefined) return known;
    const code = codeOf(outcomeOf(outcomes));
    codes[outcomes] = code;
    return code;
  };
}

/**
 * Runs both procedures on every path of the store, or of `some` of it, but for step 2, which depends on who sent it. draft-28 §5.5,
 * §5.6.
 */
export function judgePaths(table: AspaTable, paths: PathStore, some?: Uint32Array): PathOutcomes {
  const { asns, starts } = paths;
  const packed = new Uint8Array(paths.size);
  if (some === undefined) fastVerifyAll(table, asns, starts, packed); // steps 1 and 4 to 6
  const one = new Uint8Array(1);
  for (const path of some ?? []) {
    fastVerifyAll(table, asns, starts.subarray(path, path + 2), one);
    packed[path] = one[0] as number;
  }
  const mixed = (asPath: AsPath, procedure: Procedure): OutcomeCode =>
    codeOf(fastVerifyAsPath(table, { asPath, procedure }));
  const [upstream, downstream] = [createCodes(upstreamOutcome), createCodes(downstreamOutcome)];
  return {
    upstream: (path) => {
      const asPath = paths.mixed(path);
      return asPath ? mixed(asPath, 'upstream') : upstream(packed[path] as number);
    },
    downstream: (path) => {
      const asPath = paths.mixed(path);
      return asPath ? mixed(asPath, 'downstream') : downstream(packed[path] as number);
    },
    lengthOf: (path) => {
      const start = starts[path] as number;
      const end = starts[path + 1] as number;
      if (start === end) return 0; // also where the path has other segments
      let length = 1;
      for (let i = start + 1; i < end; i++) if (asns[i] !== asns[i - 1]) length++;
      return length;
    },
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
