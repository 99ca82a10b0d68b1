import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { answerRequest, judgeReply, questionsOf, SUITES, type VectorFile } from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';

const folder = new URL('../vectors/', import.meta.url);
const names = readdirSync(folder).filter((name) => name !== 'schema.json');
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const files = names.map((name) => JSON.parse(text(name)) as VectorFile);

// Every case is a test of its own, named by its id, so that a failure names it.
for (const { request, vector } of questionsOf(files)) {
  it(vector.id, async () => {
    const fields = await answerRequest(request);
    const result = judgeReply(vector, { kind: 'answer', fields });
    expect(result.mismatches).toEqual([]);
    expect(result.verdict).toBe('passed');
    // Our own answers give the intermediate values too, so that they are compared above.
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(vector.detail ?? {})));
  });
}

describe('every suite', () => {
  it.each(SUITES)('%s: has cases, and mistakes that a test of naming puts to the runner', (suite) => {
    expect(files.some((file) => file.suite === suite)).toBe(true);
    const tests = readdirSync(new URL('.', import.meta.url)).filter((name) =>
      /^naming-.*\.test\.ts$/.test(name),
    );
    const named = tests.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
    expect(named.some((source) => /testNaming\((.*)\)/.exec(source)?.[1]?.includes(`'${suite}'`))).toBe(true);
  });

  it.each(SUITES)('%s: each of its operations is a heading of docs/conformance-interface.md', (suite) => {
    const page = readFileSync(new URL('../../docs/conformance-interface.md', import.meta.url), 'utf8');
    const operations = new Set(
      questionsOf(files.filter((file) => file.suite === suite)).map(({ request }) => request.op),
    );
    const told = [...operations].filter((op) => !page.includes(`\`${op}\``));
    expect(told).toEqual([]);
    expect(page).toMatch(new RegExp(`^## .*\`${suite}\``, 'm'));
  });

  it('is one that the schema of the files knows', () => {
    const schema = JSON.parse(text('schema.json')) as { properties: { suite: { enum: string[] } } };
    expect(schema.properties.suite.enum).toEqual(SUITES);
  });
});

describe('the vector files', () => {
  it('follow their schema', () => {
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(text('schema.json')));
    for (const [i, file] of files.entries()) {
      validate(file);
      expect([names[i], validate.errors ?? []]).toEqual([names[i], []]);
    }
    expect(files.length).toBeGreaterThan(5);
  });

  it('are of one set and one licence, that of the package', () => {
    const { license } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(new Set(files.map((file) => file.version)).size).toBe(1);
    expect(new Set(files.map((file) => file.license))).toEqual(new Set([license]));
  });

  it('are as many as the README says, with as many mistakes', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const cases = files.reduce((sum, { count }) => sum + count, 0);
    const mistakes = files
      .flatMap(({ notes }) => Object.entries(notes))
      .filter(([, { kind }]) => kind === 'mistake');
    expect(readme).toContain(`${cases.toLocaleString('en')} cases for ASPA`);
    expect(readme).toContain(`one of ${new Set(mistakes.map(([id]) => id)).size} known mistakes`);
  });

  it('count their cases, give each an id of its own, and note every flag and mistake', () => {
    const ids = new Set<string>();
    for (const { count, groups, notes, suite } of files) {
      const cases = groups.flatMap((group) => group.cases);
      expect(cases.length).toBe(count);
      for (const { flags, id, mistakes = {} } of cases) {
        expect(id.startsWith(`${suite}/`)).toBe(true);
        expect(ids.has(id)).toBe(false);
        ids.add(id);
        for (const flag of [...flags, ...Object.keys(mistakes)]) expect(Object.keys(notes)).toContain(flag);
      }
    }
  });
});
