import { agrees, type CaseResult } from './judge.js';
import type { VectorNote } from './vector.js';

/** How well a known mistake accounts for what a program answered. */
export interface Diagnosis {
  /** Id of the mistake, a flag of the vector files. */
  readonly mistake: string;
  /** "behaves like an implementation that " and the rest. */
  readonly text: string;
  readonly seenIn?: string;
  /** Every answer of the run is the one that an implementation with this mistake gives. */
  readonly exact: boolean;
  /** Failed cases that are answered as with this mistake. */
  readonly explained: readonly string[];
  /** Failed cases of the run that this mistake leaves unexplained. */
  readonly unexplained: number;
}

/**
 * Names the known mistakes that a program seems to make. Where single mistakes account for every answer, exactly those are
 * given. Otherwise those all of whose predictions came true, the one that explains most first, each counted for the
 * failures that the ones before it left over (docs/decisions/conformance.md D-conformance-diagnosis).
 */
export function diagnose(
  results: readonly CaseResult[],
  notes: Readonly<Record<string, VectorNote>>,
): readonly Diagnosis[] {
  const answered = results.filter(({ answer, verdict }) => answer !== undefined && verdict !== 'unsupported');
  const failed = new Set(answered.filter(({ verdict }) => isWrong(verdict)).map(({ vector }) => vector.id));
  if (failed.size === 0) return [];
  const candidates: { mistake: string; note: VectorNote; explained: string[] }[] = [];
  for (const [mistake, note] of Object.entries(notes)) {
    if (note.kind !== 'mistake') continue;
    const predicted = answered.filter(({ vector }) => vector.mistakes?.[mistake] !== undefined);
    const explained = predicted.filter(({ answer, vector }) =>
      agrees(answer ?? {}, vector.mistakes?.[mistake] ?? {}),
    );
    if (explained.length > 0 && explained.length === predicted.length) {
      candidates.push({ mistake, note, explained: explained.map(({ vector }) => vector.id) });
    }
  }
  const exact = candidates.filter(({ explained }) => explained.length === failed.size);
  if (exact.length > 0) return exact.map((candidate) => describe(candidate, true, 0));
  const left = new Set(failed);
  const found: Diagnosis[] = [];
  for (;;) {
    const rest = candidates.map((c) => ({ ...c, explained: c.explained.filter((id) => left.has(id)) }));
    const best = rest.reduce<(typeof rest)[number] | undefined>(
      (a, b) => (b.explained.length > (a?.explained.length ?? 0) ? b : a),
      undefined,
    );
    if (best === undefined) return found;
    for (const id of best.explained) left.delete(id);
    found.push(describe(best, false, left.size));
  }
}

function describe(
  { mistake, note, explained }: { mistake: string; note: VectorNote; explained: readonly string[] },
  exact: boolean,
  unexplained: number,
): Diagnosis {
  const { text, seenIn } = note;
  return { mistake, text, ...(seenIn === undefined ? {} : { seenIn }), exact, explained, unexplained };
}

/** Whether a verdict counts against the program. */
export function isWrong(verdict: CaseResult['verdict']): boolean {
  return !['passed', 'acceptable', 'unsupported', 'not-asked'].includes(verdict);
}
