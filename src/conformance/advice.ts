import type { CaseResult } from './judge.js';
import type { VectorCase, VectorFile } from './vector.js';

type Row = NonNullable<VectorFile['requirements']>[string];

/** Levels of RFC 2119 that advise. MAY is none of them: what one side may do the other has to take. */
const ADVICE: ReadonlySet<string> = new Set(['SHOULD', 'SHOULD NOT', 'RECOMMENDED', 'NOT RECOMMENDED']);

/**
 * Whether a wrong answer goes against advice alone: all that the case tests is advised, or what decides it is advised and binds
 * relying parties, as the provider limit of aspa-profile §5.5 does, which no router has to have
 * (docs/decisions/conformance.md D-conformance-advice).
 */
export function isAgainstAdvice({ vector, verdict }: CaseResult, rows: ReadonlyMap<string, Row>): boolean {
  return verdict === 'failed' && isAdvised(vector, rows);
}

/** Ids of the cases in which a wrong answer goes against advice alone. */
export function advisedCases(files: readonly VectorFile[]): ReadonlySet<string> {
  const rows = new Map(files.flatMap((file) => Object.entries(file.requirements ?? {})));
  const vectors = files.flatMap(({ groups }) => groups.flatMap(({ cases }) => cases));
  return new Set(vectors.filter((vector) => isAdvised(vector, rows)).map(({ id }) => id));
}

function isAdvised(vector: VectorCase, rows: ReadonlyMap<string, Row>): boolean {
  const own = (vector.requirements ?? []).flatMap((id) => rows.get(id) ?? []);
  const advised = own.filter(({ level }) => ADVICE.has(level));
  if (advised.length === 0) return false;
  return advised.length === own.length || advised.some(({ role }) => role === 'relying-party');
}
