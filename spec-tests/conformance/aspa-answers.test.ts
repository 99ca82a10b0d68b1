import fc from 'fast-check';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerAspa } from '../../src/conformance/answer-aspa.js';
import { questionsOf } from '../../src/conformance/requests.js';
import type { Fields, Json } from '../../src/conformance/vector.js';
import { answerOrPath, damaged } from './malformed.js';

const questions = questionsOf(readVectorFiles(['aspa']));
const small = questions
  .map(({ request }) => request)
  .filter((request) => JSON.stringify(request).length < 2_000);

const ask = (op: string, fields: Fields): Fields =>
  answerAspa({ ...fields, id: 'aspa/x', suite: 'aspa', op });
const aspas = [{ customer: 1, providers: [2, 0] }];
const asPath = [{ type: 'AS_SEQUENCE', asns: [2, 1] }];

/** Where a request is refused. */
function refusal(op: string, fields: Fields): string {
  return answerOrPath(answerAspa, { ...fields, id: 'aspa/x', suite: 'aspa', op }) as string;
}

describe('answers to requests of the suite aspa', () => {
  it('verify-path gives the outcome and how it came about', () => {
    const fields = { aspas, asPath, neighborAs: 2, neighborRole: 'customer' };
    const ramps = { maxUpRamp: 2, minUpRamp: 2, maxDownRamp: 0, minDownRamp: 0 };
    const expected = { outcome: 'valid', step: 6, n: 2, ramps, compressedAsPath: [2, 1] };
    expect(ask('verify-path', fields)).toEqual(expected);
    expect(ask('verify-path', { ...fields, neighborAs: null })).toEqual(expected);
    expect(ask('verify-path', { ...fields, family: 'ipv6-unicast' })).toEqual(expected);
    const halted = { outcome: 'invalid', step: 2, n: null, ramps: null, compressedAsPath: [] };
    expect(ask('verify-path', { ...fields, neighborAs: 3 })).toEqual(halted);
  });

  it('a table without aspas is empty, and maxProviders drops what is above it', () => {
    expect(ask('authorized', { customer: 1, provider: 2 })).toEqual({ authorization: 'no-attestation' });
    const two = [{ customer: 1, providers: [2, 3] }];
    const question = { aspas: two, customer: 1, provider: 2 };
    expect(ask('authorized', { ...question, maxProviders: 2 })).toEqual({ authorization: 'provider+' });
    expect(ask('authorized', { ...question, maxProviders: 1 })).toEqual({ authorization: 'no-attestation' });
  });

  it('an UPDATE that resets the session or is withdrawn announces nothing', () => {
    const fields = { aspas, neighborRole: 'customer', neighborAs: 2 };
    const message = `${'ff'.repeat(16)}001d0200000006400101004002`;
    expect(ask('verify-update', { ...fields, message })).toEqual({ routes: [], treatment: 'session-reset' });
    const zero = questions.find(({ vector }) => vector.id === 'aspa/update-as-zero')?.request;
    expect(zero && answerAspa(zero)).toEqual({ routes: [], treatment: 'treat-as-withdraw' });
  });
});

describe('malformed requests of the suite aspa', () => {
  const neighbor = { neighborAs: 2, neighborRole: 'customer' };
  const path = { asPath, ...neighbor };
  const rows: [string, string, Fields][] = [
    ['op', 'verify', {}],
    ['op', 'toString', {}],
    ['neighborRole', 'verify-path', { asPath }],
    ['neighborRole', 'verify-path', { ...path, neighborRole: 'friend' }],
    ['neighborAs', 'verify-path', { ...path, neighborAs: '2x' }],
    ['asPath', 'verify-path', { ...path, asPath: '2 x' }],
    ['path', 'verify-path', { neighborRole: 'peer' }],
    ['asPath[0].type', 'verify-path', { ...path, asPath: [{ type: 2, asns: [1] }] }],
    ['asPath[0].asns[1]', 'verify-path', { ...path, asPath: [{ type: 'AS_SET', asns: [1, 2 ** 32] }] }],
    ['family', 'verify-path', { ...path, family: 'ipv4-multicast' }],
    ['aspas[0].customer', 'verify-path', { ...path, aspas: [{ customer: 0, providers: [1] }] }],
    ['aspas[0].providers[0]', 'verify-path', { ...path, aspas: [{ customer: 1, providers: [-1] }] }],
    ['aspas[0].afiLimits[0].afi', 'verify-path', { ...path, aspas: [afiLimited(3)] }],
    ['maxProviders', 'verify-path', { ...path, maxProviders: 0 }],
    ['customer', 'authorized', { aspas, provider: 2 }],
    ['provider', 'authorized', { aspas, customer: 2 }],
    ['outcome', 'mitigate', { outcome: 'unverifiable' }],
    ['second[0]', 'compare-tables', { first: [], second: [1] }],
    ['steps', 'verify-sequence', {}],
    ['steps[0]', 'verify-sequence', { steps: [{}] }],
    ['steps[0]', 'verify-sequence', { steps: [{ verify: path, withdraw: { customer: 1 } }] }],
    ['steps[0].hold', 'verify-sequence', { steps: [{ hold: { route: 'a', ...path } }] }],
    ['steps[1].withdraw.customer', 'verify-sequence', { steps: [{ load: [] }, { withdraw: {} }] }],
    ['steps[0].verify.path', 'verify-sequence', { steps: [{ verify: { neighborRole: 'peer' } }] }],
    ['steps[0].copy.route', 'hold-routes', { steps: [{ copy: { route: 'a', as: 'b' } }] }],
    ['steps[0].outcome.route', 'hold-routes', { steps: [{ outcome: { route: 1 } }] }],
    ['steps[0].hold.route', 'hold-routes', { steps: [{ hold: path }] }],
    ['message', 'verify-update', { ...neighbor, message: 'zz' }],
    ['message', 'verify-update', { ...neighbor, message: '' }],
    ['asnSize', 'verify-update', { ...neighbor, message: '', asnSize: 3 }],
    ['session', 'verify-update', { ...neighbor, message: '', session: 'ebgp' }],
  ];

  it.each(rows)('%s in %s', (field, op, fields) => {
    expect(refusal(op, fields)).toBe(field);
  });

  it('are refused with a path or answered, whatever a member holds', () => {
    fc.assert(
      fc.property(damaged(small), (request) => {
        const answer = answerOrPath(answerAspa, request);
        expect(['string', 'object']).toContain(typeof answer);
      }),
      { numRuns: 3_000 },
    );
  });

  it('any octets can stand for an UPDATE', () => {
    const octets = fc.uint8Array({ maxLength: 60 });
    const header = 'ff'.repeat(16);
    fc.assert(
      fc.property(octets, fc.boolean(), fc.constantFrom(2, 4), (body, framed, asnSize) => {
        const text = Buffer.from(body).toString('hex');
        const length = (19 + body.length).toString(16).padStart(4, '0');
        const message = framed ? `${header}${length}02${text}` : text;
        const answer = answerOrPath(answerAspa, {
          ...neighbor,
          id: 'aspa/x',
          suite: 'aspa',
          op: 'verify-update',
          message,
          asnSize,
        });
        if (typeof answer === 'string') expect(answer).toBe('message');
        else expect(Array.isArray(answer.routes)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

function afiLimited(afi: number): Json {
  return { customer: 1, providers: [2], afiLimits: [{ provider: 2, afi }] };
}
