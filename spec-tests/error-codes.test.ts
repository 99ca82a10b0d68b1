import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, room: name.split(/[/\\]/)[0] ?? '', text: readFileSync(src + name, 'utf8') }));
const page = readFileSync(new URL('../docs/error-codes.md', import.meta.url), 'utf8');

/** The codes with which a room makes errors of input that cannot be read, where they stand as literals. */
function thrownIn(room: string): string[] {
  const found = sources
    .filter((source) => source.room === room)
    .flatMap(({ text }) => [...text.matchAll(/new DecodeError\(\s*([^,]*),/g)])
    .flatMap(([, first = '']) => [...first.matchAll(/'([a-z0-9-]+)'/g)].map(([, code = '']) => code));
  return [...new Set(found)].sort();
}

/** The codes that the page lists for a room: a line `| room | codes |`. */
function listedFor(room: string): string[] {
  const [, cell = ''] = new RegExp(`^\\| \`${room}\` \\| (.*) \\|$`, 'm').exec(page) ?? [];
  return [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, code = '']) => code).sort();
}

describe('docs/error-codes.md', () => {
  const rooms = [...new Set(sources.map(({ room }) => room))].filter((room) => thrownIn(room).length > 0);

  it.each(rooms)('lists the codes of %s, and no other', (room) => {
    expect(listedFor(room)).toEqual(thrownIn(room));
  });

  it('has all rooms that make such errors', () => {
    expect(rooms.length).toBeGreaterThan(7);
    const listed = [...page.matchAll(/^\| `([a-z]+)` \| `/gm)].map(([, room = '']) => room);
    expect(listed.sort()).toEqual(rooms.sort());
  });
});

describe('the typed unions of codes', () => {
  it.each(['bgp/fault-codes.ts', 'rtr/pdu/fault-codes.ts', 'rpki/finding-codes.ts'])(
    '%s has no code that nothing uses',
    (file) => {
      const union = sources.find(({ name }) => name.replaceAll('\\', '/') === file)?.text ?? '';
      const codes = [...union.matchAll(/^ {2}\| '([a-z0-9-]+)'/gm)].map(([, code = '']) => code);
      const others = sources.filter(({ name }) => name.replaceAll('\\', '/') !== file);
      const unused = codes.filter((code) => !others.some(({ text }) => text.includes(`'${code}'`)));
      expect(codes.length).toBeGreaterThan(20);
      expect(unused).toEqual([]);
    },
  );
});
