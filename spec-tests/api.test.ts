import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiReports } from '../scripts/api-report.js';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the public surface', () => {
  let reports: ReadonlyMap<string, string> = new Map();
  beforeAll(() => {
    if (!existsSync(`${root}dist/index.d.ts`)) throw new Error('not built: npm run setup');
    reports = apiReports();
  });

  it('is as docs/api says (npm run api writes it anew, after a build)', () => {
    for (const [name, text] of reports) {
      const file = `${root}docs/api/${name}`;
      expect(existsSync(file) ? readFileSync(file, 'utf8') : `no ${name}`).toBe(text);
    }
    expect(reports.size).toBeGreaterThan(15);
  });

  it('has a report for each door, and no other', () => {
    const files = readdirSync(`${root}docs/api`).filter((name) => name !== 'README.md');
    expect(files.sort()).toEqual([...reports.keys()].sort());
  });

  it('has a promise for each door in docs/api/README.md', () => {
    const page = readFileSync(`${root}docs/api/README.md`, 'utf8');
    expect([...reports.keys()].filter((name) => !page.includes(`](${name})`))).toEqual([]);
  });

  it('hides no declaration: every report but those of the root and of an alias shows code', () => {
    const bare = [...reports].filter(([, text]) => !text.includes('```typescript\n')).map(([name]) => name);
    expect(bare.sort()).toEqual(['mrt.md', 'root.md']);
  });
});
