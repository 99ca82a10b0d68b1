import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Suite } from '../../src/conformance/vector.js';
import { cachedDrafts } from '../kit/cached-drafts.js';
import { GENERATORS } from '../kit/generators.js';
import { vectorFiles } from '../kit/write-vectors.js';

const suites = Object.keys(GENERATORS) as Suite[];
const folder = new URL('../vectors/', import.meta.url);
const committed = (suite: Suite): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(`${suite}-`));

describe('the vector files', () => {
  it.each(suites)('of %s are what the generator writes', async (suite) => {
    const written = vectorFiles(await cachedDrafts(suite));
    expect([...written.keys()].sort()).toEqual(committed(suite).sort());
    for (const [name, content] of written) {
      const same = readFileSync(new URL(name, folder), 'utf8') === content;
      expect(same, `${name}: npm run make-vectors`).toBe(true);
    }
  });

  it('are of a suite that has a generator', () => {
    const files = readdirSync(folder).filter((name) => name !== 'schema.json');
    expect(suites.flatMap(committed).sort()).toEqual(files.sort());
  });
});

describe('drafts that are kept between runs', () => {
  let cache = '';
  beforeAll(() => {
    cache = mkdtempSync(join(tmpdir(), 'pathsec-drafts-'));
  });
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  it('are made once, and again when something that they are made of has changed', async () => {
    const made = await cachedDrafts('rov', cache);
    const [kept = ''] = readdirSync(cache);
    expect(readdirSync(cache)).toEqual([kept]);
    writeFileSync(join(cache, kept), '[]');
    expect(await cachedDrafts('rov', cache)).toEqual([]);
    // What is kept under another hash is not taken, and goes.
    const other = kept.replace(/-[0-9a-f]{32}/, `-${'0'.repeat(32)}`);
    rmSync(join(cache, kept));
    writeFileSync(join(cache, other), '[]');
    expect(await cachedDrafts('rov', cache)).toEqual(JSON.parse(JSON.stringify(made)));
    expect(readdirSync(cache)).toEqual([kept]);
  });
});
