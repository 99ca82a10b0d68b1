import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { siteFolder } from './browser.js';

const KB = 1024;

describe('the built page', () => {
  beforeAll(() => {
    if (!existsSync(join(siteFolder, 'index.html'))) throw new Error('not built: npm run site');
  });
  const files = (): string[] =>
    readdirSync(siteFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(siteFolder, name)).isFile(),
    );
  const packed = (name: string): number =>
    gzipSync(readFileSync(join(siteFolder, name)), { level: 9 }).length;
  const html = (): string => readFileSync(join(siteFolder, 'index.html'), 'utf8');
  /** What the first view asks for, each file once. */
  const firstFiles = (): string[] => [
    ...new Set([...html().matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name)),
  ];

  it('takes at most 40 KB, gzipped, to its first view', () => {
    const needed = firstFiles();
    expect(needed.length).toBeGreaterThanOrEqual(2);
    const sum = ['index.html', ...needed].reduce((all, name) => all + packed(name), 0);
    expect(sum).toBeLessThanOrEqual(40 * KB);
  });

  it('has no file above 60 KB, gzipped, and is at most 350 as a whole; as one file it is at most 450', () => {
    expect(packed('single.html')).toBeLessThanOrEqual(450 * KB);
    const sizes = files()
      .filter((name) => name !== 'single.html')
      .map((name) => [name, packed(name)] as const);
    expect(sizes.filter(([, size]) => size > 60 * KB)).toEqual([]);
    expect(sizes.reduce((all, [, size]) => all + size, 0)).toBeLessThanOrEqual(350 * KB);
  });

  it('takes at most 60 KB, gzipped, for a screen that comes after the first view, with what it needs to be shown', () => {
    const first = firstFiles().map((name) => name.replace('assets/', ''));
    const screens = readdirSync(join(siteFolder, 'assets')).filter((name) => /^screen-.*\.js$/.test(name));
    const source = readFileSync(new URL('../../src/site/screens.ts', import.meta.url), 'utf8');
    expect(screens).toHaveLength(source.match(/View: later\(/g)?.length ?? 0);
    for (const screen of screens) {
      const needed = new Set(first);
      const add = (name: string): void => {
        if (needed.has(name)) return;
        needed.add(name);
        const text = readFileSync(join(siteFolder, 'assets', name), 'utf8');
        for (const [, other = ''] of text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) add(other);
      };
      add(screen);
      const own = [...needed].slice(first.length);
      expect(own.length).toBeGreaterThan(0);
      const sum = own.reduce((all, name) => all + packed(join('assets', name)), 0);
      expect(sum, screen).toBeLessThanOrEqual(60 * KB);
    }
  });

  it('has no files that import each other in a circle: one would run before what it stands on', () => {
    const assets = join(siteFolder, 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    const imported = new Map(
      scripts.map((name) => {
        const text = readFileSync(join(assets, name), 'utf8');
        return [name, [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, other = '']) => other)];
      }),
    );
    const circles: string[] = [];
    const walk = (name: string, above: readonly string[]): void => {
      if (above.includes(name)) circles.push([...above.slice(above.indexOf(name)), name].join(' '));
      else for (const other of imported.get(name) ?? []) walk(other, [...above, name]);
    };
    for (const name of scripts) walk(name, []);
    expect([...imported.values()].flat().length).toBeGreaterThan(10);
    expect([...new Set(circles)]).toEqual([]);
  });

  it('allows itself no code but its own files, and no request', () => {
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html())?.[1];
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect(html()).not.toMatch(/<script(?![^>]*src=)/);
  });
});
