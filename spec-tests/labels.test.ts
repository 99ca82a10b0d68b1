import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A letter and a number that stand alone, `X7`: what nobody but its author can look up. */
const LABEL = /(?<![\w.-])[A-Z]\d{1,2}(?![\w-])/g;
/** Such words that the field knows: groups of a pairing (G1, G2), control characters (C0, C1), a type of this name, an engine. */
const KNOWN = new Set(['C0', 'C1', 'G1', 'G2', 'P1', 'V8']);
/** The study names its systems and hypotheses in tables of its own. */
const OWN_TABLE = 'docs/study.md';

const files = (folder: string, ending: string): string[] =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
const read = (name: string): string => readFileSync(`${root}/${name}`, 'utf8');
const labelsIn = (text: string): string[] => (text.match(LABEL) ?? []).filter((word) => !KNOWN.has(word));

describe('names that are words, not private labels', () => {
  it('in the product: comments, messages and outputs', () => {
    const found = files('src', '.ts').map((name) => [name, labelsIn(read(name))] as const);
    expect(found.length).toBeGreaterThan(300);
    expect(found.filter(([, labels]) => labels.length > 0)).toEqual([]);
  });

  it('in documents', () => {
    const pages = [...files('docs', '.md'), ...readdirSync(root).filter((name) => name.endsWith('.md'))];
    const found = pages
      .filter((name) => name !== OWN_TABLE && !name.startsWith('docs/api/'))
      .map((name) => [name, labelsIn(read(name))] as const);
    expect(found.filter(([, labels]) => labels.length > 0)).toEqual([]);
  });

  it('in the titles of tests', () => {
    const title = /\b(?:it|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(?:'([^'\n]*)'|`([^`]*)`)/g;
    const titles = files('spec-tests', '.test.ts').flatMap((name) =>
      [...read(name).matchAll(title)].map(([, plain, template]) => [name, plain ?? template ?? ''] as const),
    );
    expect(titles.length).toBeGreaterThan(900);
    expect(titles.filter(([, text]) => labelsIn(text).length > 0)).toEqual([]);
  });
});
