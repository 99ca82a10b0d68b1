import { readFile } from 'node:fs/promises';
import type { PageFile } from './serve-page.js';

// The same folder seen from src/node, dist/node and the bundled dist/cli.
const FOLDER = new URL('../../dist/live-page/', import.meta.url);

const FILES = [
  { path: '/', name: 'page.html', type: 'text/html; charset=utf-8' },
  { path: '/page.css', name: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/page.js', name: 'page.js', type: 'text/javascript; charset=utf-8' },
];

/** The files of the page of `pathsec live`, by the paths under which they are served. */
export async function livePageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const read = async ({ path, name, type }: (typeof FILES)[number]) =>
    [path, { type, octets: await readFile(new URL(name, FOLDER)) }] as const;
  return new Map(await Promise.all(FILES.map(read)));
}
