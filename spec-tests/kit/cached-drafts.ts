import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { SUITES, type Suite } from '../../src/conformance/vector.js';
import { GENERATORS } from './generators.js';
import type { VectorDraft } from './write-vectors.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = 'node_modules/.cache/vectors';

/**
 * The drafts of a generator: those of an earlier run whose sources were the same to the letter, or else new ones, kept for
 * the next run. Two runs at once may both make them; the results are the same.
 */
export async function cachedDrafts(suite: Suite, cache = `${ROOT}${CACHE}`): Promise<VectorDraft[]> {
  const file = `${cache}/${suite}-${await sourcesHash(suite)}.json`;
  const kept = readText(file);
  if (kept !== undefined) return JSON.parse(kept) as VectorDraft[];
  const generator = await GENERATORS[suite]();
  const made = await generator.drafts();
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    if (name.startsWith(`${suite}-`)) rmSync(`${cache}/${name}`, { force: true });
  }
  const own = `${cache}/.${process.pid}-${suite}`;
  writeFileSync(own, JSON.stringify(made));
  renameSync(own, file); // so that another run never reads half a file
  return made;
}

/** A hash of all that drafts are made of: the modules behind the generator, the facts, the packages, this Node. */
async function sourcesHash(suite: Suite): Promise<string> {
  const { metafile } = await build({
    entryPoints: [`spec-tests/kit/${suite}/generator/drafts.ts`],
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const facts = SUITES.map((each) => `spec-tests/kit/${each}/facts`)
    .filter((folder) => existsSync(`${ROOT}${folder}`))
    .flatMap((folder) => readdirSync(`${ROOT}${folder}`).map((name) => `${folder}/${name}`));
  const hash = createHash('sha256').update(process.version);
  for (const name of [...Object.keys(metafile.inputs), ...facts, 'package-lock.json'].sort()) {
    hash.update(`\n${name}\n`).update(readFileSync(`${ROOT}${name}`));
  }
  return hash.digest('hex').slice(0, 32);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
