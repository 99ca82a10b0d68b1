// Writes the vector files of spec-tests/vectors/, and the page that counts them. Deterministic: running it again changes nothing.
import { writeFileSync } from 'node:fs';
import { allDrafts } from '../spec-tests/kit/generators.js';
import { keepSetVersion } from '../spec-tests/kit/set-version.js';
import { vectorFiles, writeVectorFiles } from '../spec-tests/kit/write-vectors.js';
import type { VectorFile } from '../src/conformance/vector.js';
import { conformancePage } from './conformance-page.js';

const files = vectorFiles(await allDrafts());
const changed = writeVectorFiles(files);
writeFileSync(new URL('../docs/conformance.md', import.meta.url), conformancePage());
process.stdout.write(changed.length === 0 ? 'nothing changed\n' : `${changed.join('\n')}\n`);
const problems = keepSetVersion([...files.values()].map((text) => JSON.parse(text) as VectorFile));
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
