import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entry } from './figures.js';
import { benchmarksPage, readmeTable, SECTIONS } from './page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TABLE = /(<!-- made by npm run bench -- --publish -->\n)[\s\S]*?(\n<!-- end -->)/;

/** What the benchmarks have kept in a folder, in the order of the page. */
function entriesOf(folder: string): Entry[] {
  return Object.keys(SECTIONS).flatMap((name) => {
    const file = join(folder, `${name}.json`);
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as Entry] : [];
  });
}

/** Writes the page of the results in `folder` there; published, it and the table of the README take the place of the tracked ones. */
export function writePage(folder: string, publish: boolean): string {
  const entries = entriesOf(folder);
  const file = publish ? join(root, 'docs/benchmarks.md') : join(folder, 'benchmarks.md');
  writeFileSync(file, benchmarksPage(entries));
  if (publish) {
    const readme = join(root, 'README.md');
    const text = readFileSync(readme, 'utf8');
    writeFileSync(
      readme,
      text.replace(TABLE, (_all, begin: string, end: string) => begin + readmeTable(entries) + end),
    );
  }
  return file;
}
