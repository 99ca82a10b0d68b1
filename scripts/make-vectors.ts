// Writes the vector files of spec-tests/vectors/. Deterministic: running it again changes nothing.
import { allDrafts } from './vectors/all.js';
import { vectorFiles, writeVectorFiles } from './vectors/write-vectors.js';

const changed = writeVectorFiles(vectorFiles(await allDrafts()));
process.stdout.write(changed.length === 0 ? 'nothing changed\n' : `${changed.join('\n')}\n`);
