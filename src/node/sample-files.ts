import { fileURLToPath } from 'node:url';

// Here, in `dist/node` and in the bundle of the command (`dist/cli`) alike, two levels below the package, of which `src/sample`
// is a published part. A file deeper down would look elsewhere once it is bundled.
const FOLDER = new URL('../../src/sample/', import.meta.url);

/** The path of a file of the embedded sample. */
export function sampleFile(name: 'rib.mrt.gz' | 'rpki.json' | 'roles.json' | 'truth.json'): string {
  return fileURLToPath(new URL(name, FOLDER));
}
