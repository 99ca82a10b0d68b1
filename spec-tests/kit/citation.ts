/**
 * How tests and generators name a row of the requirement catalogue: its id alone where they show the demand met, `!` before it
 * where they show its violation noticed, refused or not done.
 */
export type Citation = `${string}:${string}:${string}`;

/** The ids that citations name, and those of them that are cited as violated. */
export function readCitations(citations: readonly string[]): { ids: Set<string>; violated: Set<string> } {
  const violated = citations.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  return { ids: new Set(citations.map((each) => each.replace(/^!/, ''))), violated: new Set(violated) };
}

/**
 * Says which requirements a test shows: `requirement('aspa-28:5.5:step-4')` as a line of its function, of the function of a
 * group whose tests all do, or as the last member of a row of `it.each`. The citations are read from the source
 * (`cited-tests.ts`), so they are literals; a run needs nothing of them.
 */
export function requirement(...citations: readonly [Citation, ...Citation[]]): readonly Citation[] {
  return citations;
}
