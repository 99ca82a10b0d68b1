import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CURRENT_REVISION } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { DRAFTS, withRevision } from './kit/drafts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Made from `docs/drafts.json` and other files, or of the past. */
const MADE = /^(docs\/drafts\.json|docs\/conformance\.md|spec-tests\/vectors\/|CHANGELOG\.md)/;

const files = [
  ...['src', 'docs', 'spec-tests', 'bench', 'scripts'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  ),
  ...readdirSync(root),
]
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(ts|mjs|md|json|py|c|go|rs|sh)$/.test(name) && !MADE.test(name));

describe('the numbers of Internet-Drafts (docs/drafts.json)', () => {
  const texts = files.map((name) => [name, readFileSync(`${root}/${name}`, 'utf8')] as const);

  it('stand nowhere else, but for revisions whose number is a name', () => {
    const found = DRAFTS.flatMap(({ name, named = [], short }) => {
      const numbered = new RegExp(`(?<![\\w-])(?:${name}|${short})-(\\d\\d)(?!\\d)`, 'g');
      return texts.flatMap(([file, text]) =>
        [...text.matchAll(numbered)]
          .filter(([, number = '']) => !named.includes(number))
          .map(([words]) => `${file}: ${words}`),
      );
    });
    expect(found).toEqual([]);
    expect(texts.length).toBeGreaterThan(1000);
  });

  it('are of drafts that the product or a document cites, each once', () => {
    const names = DRAFTS.flatMap(({ name, short }) => [name, short]);
    expect(new Set(names).size).toBe(names.length);
    const cited = texts.filter(([file]) => /^(src|docs)\//.test(file)).map(([, text]) => text);
    const idle = DRAFTS.filter(
      ({ name, short }) => !cited.some((text) => text.includes(name) || text.includes(`${short} §`)),
    );
    expect(idle).toEqual([]);
  });

  it('are those of the procedures that bear one in their name', () => {
    expect(DRAFTS.find(({ short }) => short === 'aspa-verification')?.revision).toBe(CURRENT_REVISION);
  });

  it('are added to citations, and to nothing else', () => {
    const { revision } = DRAFTS.find(({ short }) => short === 'aspa-profile') ?? {};
    expect(withRevision('aspa-profile §3.2')).toBe(`aspa-profile-${revision} §3.2`);
    expect(withRevision('draft-ietf-sidrops-aspa-profile')).toBe(
      `draft-ietf-sidrops-aspa-profile-${revision}`,
    );
    expect(['RFC 6488 §3', 'X.690 §10.1', 'profile-15 §3'].map(withRevision)).toEqual([
      'RFC 6488 §3',
      'X.690 §10.1',
      'profile-15 §3',
    ]);
  });
});
