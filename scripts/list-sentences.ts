// Lists the normative sentences of a specification with their sections and hashes, as the requirement catalogue names them:
// tsx scripts/list-sentences.ts FILE
import { readFileSync } from 'node:fs';
import { normativeSentences } from '../spec-tests/kit/sentences.js';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('a specification text is needed');
for (const { section, hash, text } of normativeSentences(readFileSync(file, 'utf8'))) {
  process.stdout.write(`${section}\t${hash}\t${text}\n`);
}
