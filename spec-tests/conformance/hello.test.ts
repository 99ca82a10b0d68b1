import fc from 'fast-check';
import {
  type Capabilities,
  HELLO,
  outOfScope,
  questionsOf,
  readHello,
  strangersIn,
} from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerHello } from '../../src/conformance/hello.js';
import { run } from '../cli/run.js';
import { lineProgram, replies } from './program.js';

const answered = { kind: 'answer', fields: { outcome: 'valid' } };
const ANSWER = `say({ id: request.id, outcome: 'valid' });`;
const saying = (members: object): string =>
  lineProgram(
    `if (request.op === 'hello') say({ id: request.id, ...${JSON.stringify(members)} }); else ${ANSWER}`,
  );

describe('the first exchange', () => {
  it.each([false, true])(
    'tells what a program does; cases outside are not asked (batch: %s)',
    async (batch) => {
      const none = await replies(saying({ name: 'x', suites: ['rov'] }), ['a', 'b'], { hello: true, batch });
      expect(none.replies.a).toEqual({ kind: 'not-asked', note: 'not in its suites' });
      expect(none.run).toEqual({ starts: 1, notes: [], capabilities: { name: 'x', suites: ['rov'] } });
      const all = await replies(saying({ suites: ['aspa'] }), ['a', 'b'], { hello: true, batch });
      expect(all.replies).toEqual({ a: answered, b: answered });
      expect(all.run.starts).toBe(batch ? 2 : 1);
    },
  );

  it.each([
    ['an error', `say({ id: request.id, error: 'no such operation' })`, 1],
    ['unsupported', 'say({ id: request.id, unsupported: true })', 1],
    ['what it answers to everything', ANSWER, 1],
    ['garbage', `say('usage: verifier')`, 1],
    ['a crash', 'process.exit(9)', 2],
    ['silence', '{}', 2],
  ])('%s is as of a program that does not know it', async (_name, body, starts) => {
    const program = lineProgram(`if (request.op === 'hello') { ${body} } else ${ANSWER}`);
    // Who is silent is waited for so long, which a busy machine may need to start the program again.
    const options = { hello: true, ...(body === '{}' && { timeout: 10_000 }) };
    const { replies: found, run } = await replies(program, ['a', 'b'], options);
    expect(found).toEqual({ a: answered, b: answered });
    expect(run).toEqual({ starts, notes: [], capabilities: {} });
    const batch = await replies(program, ['a', 'b'], { ...options, batch: true });
    expect(batch.replies).toEqual({ a: answered, b: answered });
  });

  it('is told what is wrong with its answer', async () => {
    const program = saying({ suites: 'aspa', asset: false, maxProviders: -1 });
    const { replies: found, run } = await replies(program, ['a'], { hello: true });
    expect(found.a).toEqual(answered);
    expect(run.notes).toEqual([
      'hello: suites must be a list of texts',
      'hello: no member "asset" is known',
      'hello: maxProviders must be a whole number or null',
    ]);
  });

  it('whatever JSON it answers, each member is taken or told', () => {
    const names = [...Object.keys(answerHello()), 'operations', 'error', 'unsupported', '__proto__', 'x'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (given) => {
        const fields = JSON.parse(JSON.stringify(given));
        const { capabilities, problems } = readHello({ kind: 'answer', fields });
        const known = [...Object.keys(answerHello()), 'operations'].some((name) =>
          Object.hasOwn(fields, name),
        );
        const silent = !known || fields.error !== undefined || fields.unsupported === true;
        const count = Object.keys(capabilities).length + problems.length;
        expect(count).toBe(silent ? 0 : Object.keys(fields).length);
        expect(outOfScope(capabilities, questions[0] as (typeof questions)[number])).not.toBeNull();
      }),
    );
  });

  it('of very many wrong members the first ones are told, and how many more there are', () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'x'.repeat(999)}${i}`, i]));
    const { problems } = readHello({ kind: 'answer', fields: { ...fields, name: 'x' } });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('hello: 980 more members like these');
    expect(problems.join('').length).toBeLessThan(2500);
  });

  it('a program that cannot be started is asked nothing', async () => {
    for (const batch of [false, true]) {
      const { replies: found, run } = await replies('/nowhere/verifier', ['a'], { hello: true, batch });
      expect(found.a).toEqual({ kind: 'not-asked', note: 'the program could not be started' });
      expect([run.starts, run.unstartable]).toEqual([1, expect.stringContaining('127')]);
    }
  });

  it('is answered by pathsec, which has everything', () => {
    const { capabilities, problems } = readHello({ kind: 'answer', fields: answerHello() });
    expect([capabilities, problems]).toEqual([answerHello(), []]);
    expect(HELLO).toEqual({ id: 'hello', op: 'hello', kit: '2' });
    expect(outside(answerHello())).toEqual([]);
  });
});

describe('what a program says of itself and no case is about', () => {
  it('is told, with what there is', () => {
    const strangers = (can: Capabilities) => strangersIn(can, () => questions);
    expect(strangers({ ...answerHello(), operations: ['sign'], families: ['ipv6-multicast'] })).toEqual([]);
    expect(strangers({ suites: ['rov', 'ROV'], operations: ['verify_path'], rtrVersions: [2, 3] })).toEqual([
      'hello: suites: no case is about "ROV"; there are aspa, bgpsec, drafts, objects, rov, rtr',
      expect.stringMatching(/^hello: operations: no case is about "verify_path"; there are verify-path, /),
      expect.stringMatching(/^hello: rtrVersions: no case is about 3; there are (\d(, )?){3}$/),
    ]);
    expect(strangers({ families: ['ipv4', ...Array.from({ length: 99 }, () => 'x'.repeat(999))] })).toEqual([
      expect.stringMatching(
        /^hello: families: no case is about "ipv4", ("x{59}…, ){4}…; there are .*ipv4-unicast/,
      ),
    ]);
  });

  it('is a note of the run, as is that nothing was answered', async () => {
    const { code, stdout } = await run(
      'conformance run --suite rov --only rov/route-01 --exec'.split(' ').concat(saying({ suites: ['ROV'] })),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('note: hello: suites: no case is about "ROV"; there are aspa,');
    expect(stdout).toContain('note: no case was answered, so nothing is shown: exit code 1\n');
  });
});

const questions = questionsOf(readVectorFiles());
const outside = (can: Capabilities): string[] =>
  questions.filter((one) => outOfScope(can, one) !== undefined).map(({ vector }) => vector.id);
const reasonFor = (id: string, can: Capabilities): string | undefined => {
  const question = questions.find(({ vector }) => vector.id === id);
  if (question === undefined) throw new Error(`no case ${id}`);
  return outOfScope(can, question);
};

describe('cases outside of what a program does', () => {
  it('limits that few programs can set are asked of those that say so', () => {
    const fixed = outside({});
    expect(fixed).toContain('aspa/limit-union');
    expect(fixed).toContain('aspa/set-16380-ascending-first');
    expect(fixed.filter((id) => !/^aspa\/(limit|set-16380)-/.test(id))).toEqual([]);
    expect(fixed.filter((id) => /^aspa\/limit-(10001|5001)/.test(id))).toEqual([]);
    expect(reasonFor('aspa/limit-union', {})).toBe(
      'the limit of providers cannot be set (hello: maxProviders)',
    );
    expect(outside({ maxProviders: 16_380 })).toEqual([]);
    expect(reasonFor('aspa/set-16380-ascending-first', { maxProviders: 5000 })).toBe('maxProviders is 5000');
    const none = outside({ maxProviders: null });
    const named = questions
      .filter(({ vector }) => vector.mistakes?.['aspa-X18'])
      .map(({ vector }) => vector.id);
    expect(none).toEqual(expect.arrayContaining(named));
    expect(reasonFor('aspa/limit-10001-first', { maxProviders: null })).toBe('maxProviders is null');
  });

  it('the others are left out by what a question holds', () => {
    const all: Capabilities = answerHello();
    const only = (can: Capabilities): string[] => outside({ ...all, ...can });
    const holding = (part: (one: (typeof questions)[number]) => boolean): string[] =>
      questions.filter(part).map(({ vector }) => vector.id);
    expect(only({ suites: ['aspa', 'bgpsec', 'rtr', 'objects', 'drafts'] })).toEqual(
      holding(({ suite }) => suite === 'rov'),
    );
    expect(only({ operations: ['sign', 'validate-origin'] })).toEqual(
      holding(({ request }) => request.op !== 'sign' && request.op !== 'validate-origin'),
    );
    expect(reasonFor('rov/route-01', { operations: ['sign'] })).toBe('not in its operations');
    expect(only({ neighborCheck: false })).toEqual(
      holding(
        ({ vector: { mistakes } }) =>
          mistakes?.['aspa-C4'] !== undefined || mistakes?.['drafts-egress-own-unchecked'] !== undefined,
      ),
    );
    expect(only({ asSet: false })).toEqual(
      holding(({ request, vector: { expected } }) =>
        /AS_(CONFED_)?SET/.test(JSON.stringify([request, expected])),
      ),
    );
    expect(only({ emptyPath: false })).toEqual(
      holding(({ request }) => JSON.stringify(request).includes('"asPath":[]')),
    );
    const unknown = only({ unknown: false });
    expect(unknown.every((id) => /^(aspa|drafts)\//.test(id))).toBe(true);
    expect(unknown).toEqual(
      expect.arrayContaining(holding(({ vector }) => vector.expected.outcome === 'unknown')),
    );
    const keys = only({ routerKeys: false });
    expect(keys).toEqual(
      expect.arrayContaining(
        holding(
          ({ vector: { expected } }) => Array.isArray(expected.routerKeys) && expected.routerKeys.length > 0,
        ),
      ),
    );
    expect(keys.every((id) => id.startsWith('rtr/'))).toBe(true);
    expect(reasonFor('rtr/cache-empty', { rtrVersions: [0, 1] })).toBe('rtrVersions without 2');
    const families = only({ families: ['ipv4-unicast'] });
    for (const suite of ['aspa', 'rov', 'bgpsec', 'rtr']) {
      expect(families.some((id) => id.startsWith(`${suite}/`))).toBe(true);
    }
    expect(families.length).toBeLessThan(questions.length / 3);
  });
});
