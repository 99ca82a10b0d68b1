import {
  type Capabilities,
  type CaseResult,
  type ConformanceReport,
  isWrong,
  type Question,
} from '../../conformance/index.js';

/** The program under test, as the report names it. */
export interface ProgramSummary {
  readonly command: string;
  readonly starts: number;
  readonly notes: readonly string[];
  /** What it said of itself. */
  readonly hello?: Capabilities;
}

/** The router under test, as the report names it. */
interface RouterSummary {
  /** How it is configured and asked. */
  readonly profile: string;
  /** What it says of itself; null where it says nothing. */
  readonly version: string | null;
}

/** What was tested. */
export type Tested =
  | { readonly program: ProgramSummary }
  | { readonly router: RouterSummary; readonly notes: readonly string[] };

/** What is added to results, by the id of a case. */
export interface Additions {
  /** Ours: why the right answer is right. */
  readonly evidence: ReadonlyMap<string, readonly string[]>;
  /** Cases whose failure does not count, by a list. */
  readonly known: ReadonlySet<string>;
  /** Failed cases that go against advice alone. */
  readonly advice?: ReadonlySet<string>;
}

/** The whole report as one object (docs/conformance-interface.md). */
export function conformanceJson(
  { advice, cases, conforms, counts, diagnoses, pictures, remarks, requirements, results }: ConformanceReport,
  questions: readonly Question[],
  tested: Tested,
  { evidence, known }: Additions,
): object {
  const requests = new Map(questions.map(({ request, vector }) => [vector.id, request]));
  const against = new Set(advice);
  const row = ({ answer, mismatches, note, vector, verdict }: CaseResult): object => {
    const { id, title, sections, requirements: ids = [], flags, expected } = vector;
    const head = {
      id,
      verdict,
      ...(note !== undefined && { note }),
      ...(isWrong(verdict) && known.has(id) && { known: true }),
      ...(against.has(id) && { advice: true }),
    };
    if (!isWrong(verdict)) return head;
    const asked = { title, sections, requirements: ids, flags, request: requests.get(id), expected };
    return {
      ...head,
      ...asked,
      ...(answer === undefined ? {} : { answer, mismatches }),
      evidence: evidence.get(id) ?? [],
    };
  };
  const schema = 'pathsec-conformance-1';
  const head = { schema, ...tested, conforms, cases, counts };
  return { ...head, remarks, diagnoses, pictures, requirements, results: results.map(row) };
}
