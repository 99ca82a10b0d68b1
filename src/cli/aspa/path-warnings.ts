import { pathWarnings } from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import type { Io } from '../shared/io.js';
import { plural } from '../shared/text-table.js';

/** What a reader of a verdict should know beside it. */
export interface PathWarning {
  readonly code: string;
  readonly message: string;
}

/** The member `warnings` of an answer; none where there is nothing to warn of. */
export function warningsMember(asPath: AsPath): { readonly warnings?: readonly PathWarning[] } {
  const warnings = pathWarnings(asPath).map(({ code, message }) => ({ code, message }));
  return warnings.length > 0 ? { warnings } : {};
}

/** Writes the warnings of a path to stderr. */
export async function notePath(asPath: AsPath, io: Io): Promise<void> {
  for (const { message } of pathWarnings(asPath)) await io.stderr.write(`pathsec: warning: ${message}\n`);
}

/** Counts the paths with AS 0 of a run that answers many, for one warning at its end. */
export function createMalformedCounter(): { add(asPath: AsPath): void; note(io: Io): Promise<void> } {
  let count = 0;
  return {
    add: (asPath) => {
      if (asPath.some(({ asns }) => asns.includes(0))) count++;
    },
    note: async (io) => {
      if (count === 0) return;
      await io.stderr.write(`pathsec: warning: ${plural(count, 'path')} with AS 0: malformed (RFC 7607)\n`);
    },
  };
}
