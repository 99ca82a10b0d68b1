import {
  type AspaRevision,
  CURRENT_REVISION,
  type RevisionTables,
  verifyAsPath,
  verifyByRevision,
} from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import { warningsMember } from './path-warnings.js';
import { readAspaRequest } from './request.js';

/** How a batch answers. */
export interface BatchOptions {
  readonly revision: AspaRevision;
  readonly explain: boolean;
  /** Sees every path that is judged. */
  readonly onPath?: (asPath: AsPath) => void;
}

/** The batch contract of `aspa verify` (docs/cli.md): the answer to one request. Throws DecodeError for a faulty one. */
export function aspaAnswerer(
  tables: RevisionTables,
  { revision, explain, onPath }: BatchOptions,
): (members: Record<string, unknown>) => object {
  return (members) => {
    const request = readAspaRequest(members);
    onPath?.(request.asPath);
    if (explain && revision === CURRENT_REVISION) {
      return { ...explained(tables, request), ...warningsMember(request.asPath) };
    }
    return { outcome: verifyByRevision(tables, revision, request).outcome };
  };
}

/** Ramps are null where steps 1 to 3 halted; `hops` is then empty. */
function explained(tables: RevisionTables, request: Parameters<typeof verifyAsPath>[1]): object {
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
