// Writes the embedded sample of src/sample/. Deterministic: running it again changes nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { generateSample, SAMPLE_SEED } from './sample/sample.js';

const folder = fileURLToPath(new URL('../src/sample/', import.meta.url));
mkdirSync(folder, { recursive: true });
const { rib, rpki, roles, truth } = generateSample(SAMPLE_SEED);
writeFileSync(`${folder}rpki.json`, rpki);
writeFileSync(`${folder}roles.json`, roles);
writeFileSync(`${folder}truth.json`, truth);
// Versions of zlib compress differently: the file stays as it is while its content is the same
// (docs/decisions/audit.md D-sample-compression).
const packed = `${folder}rib.mrt.gz`;
if (!existsSync(packed) || !gunzipSync(readFileSync(packed)).equals(rib)) {
  writeFileSync(packed, gzipSync(rib, { level: 9 }));
}
