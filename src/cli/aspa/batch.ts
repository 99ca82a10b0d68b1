import {
  type AspaRevision,
  CURRENT_REVISION,
  type RevisionTables,
  verifyAsPath,
  verifyByRevision,
} from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import { type Members, type PathQuestion, readPathQuestion } from '../../questions/index.js';
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
  tables: RevisionTables,
  { revision, explain, onPath }: BatchOptions,
): (members: Members) => object {
  return (members) => {
    const request = readPathQuestion(members);
    onPath?.(request.asPath);
    if (explain && revision === CURRENT_REVISION) {
      return { ...explained(tables, request), ...warningsMember(request.asPath) };
    }
    return { outcome: verifyByRevision(tables, revision, request).outcome };
  };
}

/** Ramps are null where steps 1 to 3 halted; `hops` is then empty. */
function explained(tables: RevisionTables, request: PathQuestion): object {
  const { outcome, n, ramps, hops, step } = verifyAsPath(tables.union, request);
  return {
    outcome,
    length: n,
    maxUpRamp: ramps?.maxUpRamp ?? null,
    minUpRamp: ramps?.minUpRamp ?? null,
    maxDownRamp: ramps?.maxDownRamp ?? null,
    minDownRamp: ramps?.minDownRamp ?? null,
    hops,
    step,
  };
}
