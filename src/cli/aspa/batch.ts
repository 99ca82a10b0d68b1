import { type AspaRevision, type AsraEvidence, CURRENT_REVISION, type Evidence } from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import type { Members } from '../../questions/index.js';
import type { AskedPath } from './path-judge.js';
import { warningsMember } from './path-warnings.js';

/** How a batch answers. */
export interface BatchOptions {
  readonly revision: AspaRevision;
  readonly explain: boolean;
  /** Sees every path that is judged. */
  readonly onPath?: (asPath: AsPath) => void;
}

/** The answer of `aspa verify --batch` (docs/cli.md) to one question. Throws DecodeError for one that cannot be read. */
export function aspaAnswerer(
  read: (question: object) => AskedPath,
  { revision, explain, onPath }: BatchOptions,
): (members: Members) => object {
  return (members) => {
    const asked = read(members);
    onPath?.(asked.asPath);
    if (explain && revision === CURRENT_REVISION) {
      return { ...explained(asked.evidence()), ...warningsMember(asked.asPath) };
    }
    return { outcome: asked.outcome() };
  };
}

/** Ramps are null where steps 1 to 3 halted; `hops` is then empty. */
function explained(evidence: Evidence | AsraEvidence): object {
  const { outcome, n, ramps, hops, step, egress } = evidence;
  return {
    outcome,
    length: n,
    maxUpRamp: ramps?.maxUpRamp ?? null,
    minUpRamp: ramps?.minUpRamp ?? null,
    maxDownRamp: ramps?.maxDownRamp ?? null,
    minDownRamp: ramps?.minDownRamp ?? null,
    hops,
    step,
    ...(egress && { egress }),
    ...('asra' in evidence && { asra: evidence.asra }),
  };
}
