import type { Suite, VectorCase, VectorFile, VectorGroup } from '../vector.js';

/** What is said of a file of cases that are made for a run, as the published files say it. */
type Said = Pick<VectorFile, 'suite' | 'title' | 'source' | 'notes' | 'requirements'>;

/** A file of cases that are in no published file, because a router alone is asked them. */
export function madeFile(said: Said, groups: readonly VectorGroup[]): VectorFile {
  const count = groups.reduce((sum, { cases }) => sum + cases.length, 0);
  return {
    format: 'pathsec-vectors/1',
    version: '0',
    license: 'MIT',
    generator: 'pathsec conformance router',
    count,
    groups,
    ...said,
  };
}

/** The id of a case of a suite. */
export function caseId(suite: Suite, ...words: readonly (string | number)[]): VectorCase['id'] {
  return `${suite}/${words.join('-')}`;
}
