import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { originOf } from 'pathsec/bgpsec';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}/docs/decisions`;
const NAME = /\bD-[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b/g;
const NUMBER = /\bD-\d\d\b/g;
const PATH = /docs\/decisions\/([a-z-]+\.md)(?:#|`?\s+(?:(?:\*|\/\/)\s+)?)([Dd]-[a-z0-9-]*[a-z0-9])/g;

/** The files of the project that cite decisions, with their text. */
function* texts(): Generator<readonly [name: string, text: string]> {
  for (const top of ['src', 'spec-tests', 'bench', 'scripts', 'docs']) {
    for (const name of readdirSync(`${root}/${top}`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|mjs|md|json)$/.test(name) || (top === 'spec-tests' && name.startsWith('vectors/')))
        continue;
      yield [`${top}/${name}`, readFileSync(`${root}/${top}/${name}`, 'utf8')];
    }
  }
  for (const name of readdirSync(root).filter((each) => each.endsWith('.md'))) {
    yield [name, readFileSync(`${root}/${name}`, 'utf8')];
  }
}

/** The decisions by name, each with its file. */
const entries = (): (readonly [decision: string, file: string])[] =>
  readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/^## (\S+)$/gm)].map(
        ([, decision = '']) => [decision, name] as const,
      ),
    );

describe('docs/decisions', () => {
  it('has an entry for every decision that code, tests and documents cite', () => {
    const names = new Set(entries().map(([decision]) => decision));
    const cited = [...texts()].flatMap(([file, text]) =>
      (text.match(NAME) ?? []).map((decision) => [decision, file] as const),
    );
    expect(new Set(cited.map(([decision]) => decision)).size).toBeGreaterThan(120);
    expect(cited.filter(([decision]) => !names.has(decision))).toEqual([]);
  });

  it('has no entry that code or tests never cite', () => {
    const cited = new Set(
      [...texts()].flatMap(([file, text]) => (file.endsWith('.md') ? [] : (text.match(NAME) ?? []))),
    );
    expect(entries().filter(([decision]) => !cited.has(decision))).toEqual([]);
  });

  it('is cited by the file that has the entry', () => {
    const files = new Map(entries().map(([decision, file]) => [decision.toLowerCase(), file]));
    const paths = [...texts()].flatMap(([where, text]) =>
      [...text.matchAll(PATH)].map(([citation, file, decision = '']) => ({
        where,
        citation,
        file,
        decision,
      })),
    );
    expect(paths.length).toBeGreaterThan(120);
    expect(paths.filter(({ decision, file }) => files.get(decision.toLowerCase()) !== file)).toEqual([]);
    const old = [...texts()].filter(
      ([file, text]) => file !== 'spec-tests/decisions.test.ts' && text.includes('docs/decisions.md'),
    );
    expect(old.map(([file]) => file)).toEqual([]);
  });

  it('names each decision once, by words and not by a number', () => {
    const names = entries().map(([decision]) => decision);
    expect(names.filter((decision, i) => names.indexOf(decision) !== i)).toEqual([]);
    expect(names.filter((decision) => decision.match(NAME)?.[0] !== decision)).toEqual([]);
    const numbers = [...texts()].flatMap(([file, text]) =>
      (text.match(NUMBER) ?? []).map((number) => [number, file]),
    );
    expect(numbers).toEqual([]);
  });

  it('has an index of all of them, with links that lead to them', () => {
    const index = readFileSync(`${folder}/README.md`, 'utf8');
    const listed = [...index.matchAll(/^- \[(\S+)\]\((\S+)\)$/gm)].map(([, name, link]) => [name, link]);
    const wanted = entries().map(([decision, file]) => [decision, `${file}#${decision.toLowerCase()}`]);
    expect(listed.toSorted()).toEqual(wanted.toSorted());
  });

  it('is in the package, and has what verdicts name as their source', () => {
    const { files } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { files: string[] };
    expect(files).toContain('docs');
    const links = new Set(
      entries().map(([decision, file]) => `docs/decisions/${file}#${decision.toLowerCase()}`),
    );
    const reasons = ['key-limit', 'as-zero', 'not-negotiated', 'safi-unsupported'];
    const sources = reasons.map((reason) => originOf(reason).source);
    expect(sources.filter((source) => !links.has(source))).toEqual([]);
  });
});
