import { readdirSync, readFileSync } from 'node:fs';
import type { Suite, VectorFile } from '../conformance/index.js';

// The same folder seen from src/node, dist/node and the bundled dist/cli.
const FOLDER = new URL('../../spec-tests/vectors/', import.meta.url);

/** The vector files that come with the package, of the given suites or of all, in the order of their names. */
export function readVectorFiles(suites?: readonly Suite[]): VectorFile[] {
  // Each begins with its suite.
  const isMeant = (name: string): boolean => suites?.some((suite) => name.startsWith(`${suite}-`)) ?? true;
  return readdirSync(FOLDER)
    .filter((name) => /^[a-z]+-[a-z0-9-]+\.json$/.test(name) && isMeant(name))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as VectorFile);
}
