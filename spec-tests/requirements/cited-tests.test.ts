import { describe, expect, it } from 'vitest';
import { citedTestsOf } from '../kit/cited-tests.js';

const KNOWN = new Set(['rfc1:1:met', 'rfc1:2:kept']);
const CALL = "requirement('rfc1:1:met')";
const read = (...lines: string[]) => citedTestsOf('room/file.test.ts', lines.join('\n'), KNOWN);
const places = (...lines: string[]) => {
  const { cited, problems } = read(...lines);
  expect(problems).toEqual([]);
  return cited.map(({ id, line, title, violated }) => [`${violated ? '!' : ''}${id}`, line, title]);
};

describe('what a test cites', () => {
  it('is a line of its function, under its title and those of the groups around it', () => {
    const found = places(
      "describe('a room', () => {",
      "  it('does it', async () => {",
      "    requirement('rfc1:1:met', '!rfc1:2:kept');",
      '  });',
      '});',
    );
    expect(found).toEqual([
      ['rfc1:1:met', 3, 'a room > does it'],
      ['!rfc1:2:kept', 3, 'a room > does it'],
    ]);
  });

  it('is a line of the function of a group', () => {
    expect(places(`describe('a room', () => {`, `${CALL};`, '});')).toEqual([['rfc1:1:met', 2, 'a room']]);
  });

  it('has the title of a table or loop as it stands', () => {
    expect(places(`it.each([1, 2])('number %i', () => {`, `${CALL};`, '});')).toEqual([
      ['rfc1:1:met', 2, 'number %i'],
    ]);
    expect(places('for (const row of ROWS) it(row.title, () => {', `${CALL};`, '});')).toEqual([
      ['rfc1:1:met', 2, 'row.title'],
    ]);
  });

  it.each([
    [`it.each([['one', 1, ${CALL}], ['two', 2]])('%s', () => {});`, '%s: one'],
    [`const rows = [['one', ${CALL}]] as const; it.each(rows)('%s', () => {});`, '%s: one'],
    [`it.each([{ name: 'one', shows: ${CALL} }])('$name', () => {});`, '$name: one'],
    [`const rows = [['one', ${CALL}]]; for (const [name] of rows) it(name, () => {});`, 'name: one'],
    [
      `const rows = { one: [1, ${CALL}] }; for (const [n] of Object.entries(rows)) it(n, () => {});`,
      'n: one',
    ],
    [
      `describe('a', () => { it.each(rows)('x', () => {}); }); describe('b', () => { const rows = [['one', ${CALL}]]; it.each(rows)('%s', () => {}); });`,
      'b > %s: one',
    ],
  ])('is a member of a row of tests: %s', (line, title) => {
    expect(places(line)).toEqual([['rfc1:1:met', 1, title]]);
  });
});

describe('a citation that shows nothing is told with file and line', () => {
  const inTest = (line: string): string[] => ["it('does it', () => {", line, '});'];

  it.each([
    ["requirement('rfc1:9:lost');", 'the catalogue has no requirement rfc1:9:lost'],
    ["requirement('!rfc1:9:lost');", 'the catalogue has no requirement rfc1:9:lost'],
    ['requirement(ID);', 'ID is no literal, and citations are read from the source'],
    [`requirement('rfc1:1:met', 'rfc1:1:met');`, 'rfc1:1:met twice'],
  ])('%s', (line, problem) => {
    expect(read(...inTest(line)).problems).toEqual([`room/file.test.ts:2: ${problem}`]);
  });

  it.each([
    ['outside of any function', `${CALL};`],
    ['in a function that is no test', `function helper() { ${CALL}; }`],
    ['in a loop of a test', inTest(`for (const n of [1]) { ${CALL}; }`).join(' ')],
    ['as an argument of another function', inTest(`expect(${CALL});`).join(' ')],
    ['in a table that no test reads', `const rows = [['one', ${CALL}]];`],
  ])('stands %s', (_, line) => {
    expect(read(line).problems).toEqual([expect.stringContaining('room/file.test.ts:1: stands neither')]);
  });

  it.each([
    [`it.skip('does it', () => { ${CALL}; });`],
    [`it.skipIf(lacking)('does it', () => { ${CALL}; });`],
    [`it.runIf(there).each(rows)('%s', () => { ${CALL}; });`],
    [`describe.skip('a room', () => { it('does it', () => { ${CALL}; }); });`],
    [`describe('a room', () => { ${CALL}; it.skip('does it', () => {}); });`],
    [`it('does it', (context) => { ${CALL}; if (!there) context.skip(); });`],
    [`it('does it', ({ skip }) => { ${CALL}; skip(); });`],
    [`if (there) it('does it', () => { ${CALL}; });`],
    [`describeShared('real data', () => { it('does it', () => { ${CALL}; }); });`],
    [`describeWithProgram('a daemon', 'bird', () => { it('does it', () => { ${CALL}; }); });`],
    [`describeShared('real data', () => { ${CALL}; });`],
    [`it.each([['one', ${CALL}]].filter(Boolean))('%s', () => {});`],
  ])('is of a test that may be skipped: %s', (line) => {
    expect(read(line).problems.length).toBe(1);
  });
});
