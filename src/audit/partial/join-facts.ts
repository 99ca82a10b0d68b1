import type { InputFacts } from '../options.js';
import { compareText } from '../path-order.js';
import type { AddPathFinding, AuditProblem } from '../report.js';

/** Problems that a report lists; all are counted. */
export const MOST_PROBLEMS = 100;

/** An input by its name, and what its reader had to say. */
export interface NamedFacts {
  readonly name: string;
  readonly facts: InputFacts;
}

/**
 * What the readers of several inputs have to say together: by the names of the inputs, in whatever order they come
 * (docs/decisions/audit.md D-audit-input-order).
 */
export function joinFacts(inputs: readonly NamedFacts[]): Required<InputFacts> {
  const sorted = [...inputs].sort((a, b) => compareText(a.name, b.name));
  const skipped = new Map<string, number>();
  const addPath = new Map<string, AddPathFinding>();
  const unreadable: AuditProblem[] = [];
  const listed: AuditProblem[] = [];
  let count = 0;
  for (const { facts } of sorted) {
    for (const one of facts.unreadable ?? []) unreadable.push(one);
    for (const { what, count: more } of facts.skipped ?? [])
      skipped.set(what, (skipped.get(what) ?? 0) + more);
    for (const one of facts.addPath ?? []) {
      const key = keyOf(one);
      addPath.set(key, { ...one, count: one.count + (addPath.get(key)?.count ?? 0) });
    }
    count += facts.problems?.count ?? 0;
    for (const one of facts.problems?.listed ?? []) if (listed.length < MOST_PROBLEMS) listed.push(one);
  }
  return {
    unreadable,
    skipped: [...skipped]
      .sort(([a], [b]) => compareText(a, b))
      .map(([what, total]) => ({ what, count: total })),
    addPath: [...addPath].sort(([a], [b]) => compareText(a, b)).map(([, finding]) => finding),
    problems: { count, listed },
  };
}

const keyOf = ({ peer, read, evidence }: AddPathFinding): string => `${peer ?? ''} ${read} ${evidence}`;
