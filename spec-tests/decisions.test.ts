import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const NAME = /\bD-(?:\d\d|[a-z][a-z0-9]*(?:-[a-z0-9]+)+)\b/g;

/** The decision names in files of code, with where each stands first. */
function citations(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['src', 'spec-tests', 'bench', 'scripts']) {
    for (const name of readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|mjs)$/.test(name)) continue;
      for (const [citation] of readFileSync(`${root}/${folder}/${name}`, 'utf8').matchAll(NAME)) {
        if (!found.has(citation)) found.set(citation, `${folder}/${name}`);
      }
    }
  }
  return found;
}

describe('docs/decisions.md', () => {
  const headings = [...readFileSync(`${root}/docs/decisions.md`, 'utf8').matchAll(/^### (\S+)$/gm)].map(
    ([, name]) => name as string,
  );

  it('has an entry for every decision that the code cites', () => {
    const cited = citations();
    expect(cited.size).toBeGreaterThan(60);
    expect([...cited].filter(([name]) => !headings.includes(name))).toEqual([]);
  });

  it('names each decision once', () => {
    expect(new Set(headings).size).toBe(headings.length);
  });
});
