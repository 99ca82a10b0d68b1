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
 * Marks a test (or all tests of a group) as one of requirements:
 * `it('step 4: …', requirement('aspa-28:5.5:step-4'), () => …)`. The citations are read from the source
 * (`requirements/catalogue.test.ts`), so they are literals; a run needs nothing of them.
 */
export function requirement(..._citations: readonly [Citation, ...Citation[]]): Record<string, never> {
  return {};
}
