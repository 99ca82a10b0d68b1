import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

interface Rule {
  readonly name: string;
  readonly comment?: string;
  readonly to: { readonly path?: string; readonly pathNot?: readonly string[] };
}

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: Rule[] };
const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
/** The cells of each row of the tables of the page, by the first. */
const rows = new Map(
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return [(cells[1] ?? '').replaceAll('`', ''), cells.slice(2, -1)] as const;
    }),
);
const words = (names: readonly string[]): string => [...names].sort().join(' ');
const namesIn = (text: string): string =>
  words(text.match(/[a-z0-9]+/g)?.filter((name) => !['types', 'of'].includes(name)) ?? []);

describe('the import rules', () => {
  it('each have a reason, and docs/architecture.md gives it', () => {
    for (const { name, comment } of forbidden) {
      expect(comment?.length, name).toBeGreaterThan(15);
      expect(page, name).toContain(comment);
    }
  });

  it.each(forbidden.filter(({ name }) => name.startsWith('room-')))(
    '$name: the page has the same imports',
    (rule) => {
      const room = rule.name.slice('room-'.length);
      const [, imports = '', because] = rows.get(room) ?? [];
      const allowed = (rule.to.pathNot ?? []).flatMap(
        (path) => /^\^src\/([a-z]+)\/index/.exec(path)?.[1] ?? [],
      );
      expect([namesIn(imports), because]).toEqual([words(allowed), rule.comment]);
      const types = forbidden.find(({ name }) => name === `types-${room}`)?.to.path ?? '';
      expect(namesIn(imports.split('; types of ')[1] ?? '')).toBe(namesIn(types.replace('^src/', '')));
    },
  );

  it.each(forbidden.filter(({ name }) => name.startsWith('folder-')))(
    '$name: the page has the same imports',
    (rule) => {
      const [, room, own] = rule.name.split('-') as [string, string, string];
      const [, imports = '', because] = rows.get(`${room}/${own}`) ?? rows.get(`${room}/…`) ?? [];
      const allowed = (rule.to.pathNot ?? [])
        .map((path) => path.split('/')[2] ?? '')
        .filter((name) => name !== own);
      expect([namesIn(imports), because]).toEqual([words(allowed), rule.comment]);
    },
  );
});
