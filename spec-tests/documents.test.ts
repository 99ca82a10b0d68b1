import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.md'));
const atTop = readdirSync(root).filter((name) => name.endsWith('.md'));
const scripts = readdirSync(join(root, 'scripts'))
  .filter((name) => /\.(?:ts|mjs)$/.test(name))
  .map((name) => `scripts/${name}`);

/** The names by which the headings of a page are linked to. */
const anchors = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The relative links of a page: the file that each leads to, from the root, and the heading in it. */
const linksOf = (
  page: string,
): { readonly link: string; readonly file: string; readonly heading?: string }[] =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? page : relative(root, join(root, dirname(page), path));
      return { link, file: file.replaceAll('\\', '/'), ...(heading && { heading }) };
    });

describe('documents', () => {
  it.each([...atTop, ...inDocs])('%s: every link leads to a file, and to a heading that it has', (page) => {
    const broken = linksOf(page).filter(
      ({ file, heading }) =>
        !existsSync(join(root, file)) || (heading !== undefined && !anchors(read(file)).includes(heading)),
    );
    expect(broken).toEqual([]);
  });

  it.each([...atTop, ...inDocs])('%s: the files and folders that it names are there', (page) => {
    const named = [...read(page).matchAll(/`((?:src|spec-tests|scripts|bench|docs)\/[\w./-]*)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each([...atTop, ...inDocs])(
    '%s: the source files and pages that it names by a path or name are there',
    (page) => {
      const named = [...read(page).matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mjs|cjs|md))`/g)];
      const places = ['', 'src/', `${dirname(page)}/`];
      const bare = new Set(
        ['src', 'spec-tests', 'scripts', 'bench']
          .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
          .map((name) => basename(name)),
      );
      const lost = named
        .map(([, path = '']) => path)
        .filter((path) => !/NN|NAME/.test(path)) // a pattern of names
        .filter((path) => !bare.has(path) && !places.some((place) => existsSync(join(root, place, path))));
      expect(lost).toEqual([]);
    },
  );

  it.each([...atTop, ...inDocs, ...scripts])('%s: the commands of npm that it names are there', (page) => {
    const { scripts: known } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/\bnpm run (?:--silent )?([a-z][a-z:-]*)/g)];
    expect(named.map(([, name = '']) => name).filter((name) => known[name] === undefined)).toEqual([]);
  });

  it('that the product names are in the package, with the heading that is named', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    const named = sources
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...read(`src/${name}`).matchAll(/\bdocs\/([\w/-]+\.md)(?:#([\w-]+))?/g)])
      .map(([, page = '', heading]) => ({ page: `docs/${page}`, heading }));
    expect(new Set(named.map(({ page }) => page)).size).toBeGreaterThan(8);
    expect(files).toContain('docs');
    const lost = named.filter(
      ({ page, heading }) =>
        !existsSync(join(root, page)) || (heading !== undefined && !anchors(read(page)).includes(heading)),
    );
    expect(lost).toEqual([]);
  });

  it('that are in the package lead only to what is in it', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    const packed = (file: string): boolean =>
      files.some((entry) => file === entry || file.startsWith(`${entry}/`));
    const pages = [...atTop, ...inDocs].filter(packed);
    expect(pages).toContain('README.md');
    expect(pages).toContain('docs/decisions/README.md');
    const outside = pages.flatMap((page) =>
      linksOf(page)
        .filter(({ file }) => !packed(file))
        .map(({ link }) => [page, link]),
    );
    expect(outside).toEqual([]);
  });

  it('README.md has at most 200 lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });
});
