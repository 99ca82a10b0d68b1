import { agrees, askedOf, type CaseResult, type CaseVerdict } from './judge.js';
import type { VectorNote } from './vector.js';

/** How well a known mistake accounts for what a program answered. */
export interface Diagnosis {
  /** Id of the mistake, a flag of the vector files. */
  readonly mistake: string;
  /** "behaves like an implementation that " and the rest. */
  readonly text: string;
  /** Who is known to have made the mistake; told only where it accounts for every case, and nothing else failed. */
  readonly seenIn?: string;
  /** Every answer of the run is the one that an implementation with this mistake gives. */
  readonly exact: boolean;
  /** Cases on which the mistake was put to the test, because it predicts a wrong answer there. */
  readonly predictions: number;
  /** Those of them that are answered as predicted. */
  readonly confirmed: number;
  /** Failed cases that are answered as with this mistake, and that the ones named before it leave open. */
  readonly explained: readonly string[];
  /** Failed cases of the run that this mistake and the ones named before it leave unexplained. */
  readonly unexplained: number;
}

/** So many of the predictions have to come true, or the name would mislead: one answer alone meets half by chance. */
const LEAST_PRECISION = 0.7;
/** A tenth of the open failures has to be explained: a mistake that shows in three cases is met by chance among hundreds. */
const LEAST_COVERAGE = 0.1;
/** Or that many predictions came true and none did not, which chance hardly does. */
const LEAST_CONFIRMED = 6;

/** A mistake with its predictions: where it is wrong, and whether the program is wrong in the same way. */
interface Candidate {
  readonly mistake: string;
  readonly note: VectorNote;
  readonly came: ReadonlyMap<string, boolean>;
}

interface Score {
  readonly candidate: Candidate;
  readonly predictions: number;
  readonly confirmed: number;
  readonly explained: readonly string[];
  readonly value: number;
}

/**
 * Names the known mistakes that a program seems to make. Where single mistakes account for every answer, exactly those are
 * given. Otherwise the one with the highest precision × coverage comes first, and then, in the same way, those for the failures
 * that it leaves open, as long as one fits (docs/decisions/conformance.md D-conformance-diagnosis). Empty: no known mistake fits.
 * Cases `outside`, with answers that no implementation can mean, are left unexplained, and nothing is exact beside them.
 */
export function diagnose(
  results: readonly CaseResult[],
  notes: Readonly<Record<string, VectorNote>>,
  outside: ReadonlySet<string> = new Set(),
): readonly Diagnosis[] {
  // What the program says that it cannot do, or failed at, is no answer.
  const answered = results.filter(
    ({ answer, vector, verdict }) =>
      answer !== undefined && verdict !== 'unsupported' && verdict !== 'error' && !outside.has(vector.id),
  );
  const failed = new Set(answered.filter(({ verdict }) => isWrong(verdict)).map(({ vector }) => vector.id));
  if (failed.size === 0) return [];
  const candidates = candidatesOf(answered, notes);
  const exact = candidates.filter(
    ({ came }) => came.size === failed.size && [...came.values()].every((isSo) => isSo),
  );
  if (exact.length > 0) {
    const whole = results.filter(({ verdict }) => isWrong(verdict)).length === failed.size;
    return exact.map((one) => ({
      ...describe(score(one, failed, failed, new Set()), outside.size === 0, outside.size),
      ...(whole && one.note.seenIn !== undefined && { seenIn: one.note.seenIn }),
    }));
  }
  return greedy(candidates, failed, outside.size);
}

function candidatesOf(
  answered: readonly CaseResult[],
  notes: Readonly<Record<string, VectorNote>>,
): Candidate[] {
  const came = new Map<string, Map<string, boolean>>();
  for (const { answer = {}, vector, verdict } of answered) {
    for (const [mistake, fields] of Object.entries(vector.mistakes ?? {})) {
      const asked = askedOf(vector, fields, answer);
      // What passed with every member is not wrong in any way; to verify a signature again would take time.
      const isSo = (verdict !== 'passed' || asked !== fields) && agrees(answer, asked);
      // Where the mistake shows in nothing but what the program leaves out, it predicts nothing.
      if (asked !== fields && isSo && !isWrong(verdict)) continue;
      const own = came.get(mistake) ?? new Map<string, boolean>();
      came.set(mistake, own.set(vector.id, isSo));
    }
  }
  return Object.entries(notes)
    .filter(([, { kind }]) => kind === 'mistake')
    .map(([mistake, note]) => ({ mistake, note, came: came.get(mistake) ?? new Map<string, boolean>() }));
}

/** The best mistake, the best one for what it leaves open, and so on. */
function greedy(candidates: readonly Candidate[], failed: ReadonlySet<string>, outside: number): Diagnosis[] {
  const left = new Set(failed);
  const touched = new Set<string>();
  const found: Diagnosis[] = [];
  while (left.size > 0) {
    const best = candidates
      .map((candidate) => score(candidate, failed, left, touched))
      .filter((one) => fits(one, left.size))
      .reduce<Score | undefined>((a, b) => (b.value > (a?.value ?? 0) ? b : a), undefined);
    if (best === undefined) break;
    for (const id of best.explained) left.delete(id);
    for (const id of best.candidate.came.keys()) touched.add(id);
    found.push(describe(best, false, left.size + outside));
  }
  return found;
}

/** Predictions on passed cases that a better mistake touches do not count: there one mistake can hide the other. */
function score(
  candidate: Candidate,
  failed: ReadonlySet<string>,
  left: ReadonlySet<string>,
  touched: ReadonlySet<string>,
): Score {
  const counted = [...candidate.came].filter(([id]) => failed.has(id) || !touched.has(id));
  const confirmed = counted.filter(([, isSo]) => isSo);
  const explained = confirmed.map(([id]) => id).filter((id) => left.has(id));
  const value = (confirmed.length / (counted.length || 1)) * (explained.length / left.size);
  return { candidate, predictions: counted.length, confirmed: confirmed.length, explained, value };
}

function fits({ confirmed, explained, predictions }: Score, open: number): boolean {
  if (confirmed < LEAST_PRECISION * predictions || explained.length === 0) return false;
  const certain = confirmed === predictions && confirmed >= LEAST_CONFIRMED;
  return certain || explained.length >= LEAST_COVERAGE * open;
}

function describe(
  { candidate: { mistake, note }, confirmed, explained, predictions }: Score,
  exact: boolean,
  unexplained: number,
): Diagnosis {
  return { mistake, text: note.text, exact, predictions, confirmed, explained, unexplained };
}

/** Whether a verdict counts against the program. */
export function isWrong(verdict: CaseVerdict): boolean {
  return !RIGHT.has(verdict) && !isOpen(verdict);
}

const RIGHT: ReadonlySet<CaseVerdict> = new Set(['passed', 'acceptable']);
const OPEN: ReadonlySet<CaseVerdict> = new Set(['unsupported', 'not-asked', 'refused', 'not-playable']);

/** Whether a verdict says that a case was not answered for, which is neither right nor wrong. */
export function isOpen(verdict: CaseVerdict): boolean {
  return OPEN.has(verdict);
}
