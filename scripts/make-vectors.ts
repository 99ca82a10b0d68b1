// Writes the vector files of spec-tests/vectors/. Deterministic: running it again changes nothing.
import { allDrafts } from '../spec-tests/kit/generators.js';
import { vectorFiles, writeVectorFiles } from '../spec-tests/kit/write-vectors.js';

const changed = writeVectorFiles(vectorFiles(await allDrafts()));
process.stdout.write(changed.length === 0 ? 'nothing changed\n' : `${changed.join('\n')}\n`);
