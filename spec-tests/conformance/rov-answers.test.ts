import fc from 'fast-check';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerRov } from '../../src/conformance/answer-rov.js';
import { diagnose } from '../../src/conformance/diagnose.js';
import { judgeReply } from '../../src/conformance/judge.js';
import { questionsOf } from '../../src/conformance/requests.js';
import type { Fields } from '../../src/conformance/vector.js';
import { firstKillingVector } from '../kit/first-killing-vector.js';
import { rovKit } from '../kit/rov/mutants/mutants.js';
import { answerOrPath, damaged } from './malformed.js';

const files = readVectorFiles(['rov']);
const questions = questionsOf(files);
const notes = Object.assign({}, ...files.map((file) => file.notes));
const ids = rovKit.mistakes.map(({ id }) => id);

describe('the vectors of origin validation', () => {
  it('are 65, and answered right by the kit that was written apart', () => {
    expect(questions.length).toBe(65);
    for (const { request, vector } of questions) {
      const fields = rovKit.answer(request);
      expect([vector.id, judgeReply(vector, { kind: 'answer', fields }).verdict]).toEqual([
        vector.id,
        'passed',
      ]);
    }
  });

  it.each(ids)('%s is found out and named', (id) => {
    const results = questions.map(({ request, vector }) =>
      judgeReply(vector, { kind: 'answer', fields: rovKit.answer(request, id) }),
    );
    expect(diagnose(results, notes).map(({ exact, mistake }) => [mistake, exact])).toEqual([[id, true]]);
    const failed = results.filter(({ verdict }) => verdict === 'failed').map(({ vector }) => vector.id);
    expect(failed).toContain(firstKillingVector(files, id)?.id);
  });

  it('there are 24 mistakes', () => {
    expect(ids.length).toBe(24);
    expect(() => rovKit.answer({ id: 'rov/x', suite: 'rov', op: 'origin-as' }, 'rov-none')).toThrow(
      'no mutant rov-none',
    );
  });
});

describe('answers to requests of the suite rov', () => {
  const ask = (op: string, fields: Fields) =>
    answerOrPath(answerRov, { ...fields, id: 'rov/x', suite: 'rov', op });
  const prefix = '192.0.2.0/24';
  const vrps = [{ prefix, asn: 64_496 }];

  it('an absent maxLength is the length of the prefix', () => {
    const vrp = { prefix, maxLength: 24, asn: 64_496 };
    const expected = { validity: 'valid', matched: [vrp], unmatchedAs: [], unmatchedLength: [] };
    expect(ask('validate-origin', { vrps, prefix, origin: 64_496 })).toEqual(expected);
  });

  it('without an own AS, a route of the own AS has no origin', () => {
    expect(ask('origin-as', { asPath: [] })).toEqual({ origin: null });
    expect(ask('origin-as', { asPath: [], ownAs: 1 })).toEqual({ origin: 1 });
  });

  it.each([
    ['op', 'validate', {}],
    ['origin', 'validate-origin', { vrps, prefix }],
    ['prefix', 'validate-origin', { vrps, prefix: '192.0.2.1/24', origin: 1 }],
    ['vrps', 'validate-origin', { prefix, origin: 1 }],
    ['vrps[0].asn', 'validate-origin', { vrps: [{ prefix }], prefix, origin: 1 }],
    [
      'vrps[0].maxLength',
      'validate-origin',
      { vrps: [{ prefix, asn: 1, maxLength: 33 }], prefix, origin: 1 },
    ],
    ['asPath', 'origin-as', {}],
    ['ownAs', 'origin-as', { asPath: [], ownAs: '1x' }],
    ['path', 'origin-as', { asPath: [], path: [] }],
  ] as [string, string, Fields][])('a malformed %s in %s is named', (field, op, fields) => {
    expect(ask(op, fields)).toBe(field);
  });

  it('are given or refused with a path, whatever a member holds', () => {
    fc.assert(
      fc.property(damaged(questions.map(({ request }) => request)), (request) => {
        expect(['string', 'object']).toContain(typeof answerOrPath(answerRov, request));
      }),
      { numRuns: 2_000 },
    );
  });
});
