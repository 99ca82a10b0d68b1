import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { createOpensslEngine, readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerBgpsec } from '../../src/conformance/answer-bgpsec.js';
import { judgeReply } from '../../src/conformance/judge.js';
import { RequestError } from '../../src/conformance/request.js';
import type { Fields, Json, Request, VectorCase, VectorNote } from '../../src/conformance/vector.js';
import { bgpsecKit } from '../kit/bgpsec/mutants/mutants.js';
import { vectorFileName } from '../support.js';

const files = readVectorFiles(['bgpsec']);
const questions = files.flatMap(({ groups }) =>
  groups.flatMap(({ shared = {}, cases }) =>
    cases.map((vector) => ({
      vector,
      request: { ...shared, ...vector.input, id: vector.id, suite: 'bgpsec' } as Request,
    })),
  ),
);
const notes: Readonly<Record<string, VectorNote>> = Object.assign({}, ...files.map((file) => file.notes));

const answers = new Map<Request, Fields>();
/** What pathsec answers with the engine that it takes by itself; made once, since signatures of long paths take seconds. */
function answered(request: Request): Fields {
  const answer = answers.get(request) ?? answerBgpsec(request);
  answers.set(request, answer);
  return answer;
}

/** The ids of the cases that `answer` gets wrong. */
function failures(answer: (request: Request, vector: VectorCase) => Fields): string[] {
  return questions
    .filter(({ request, vector }) => {
      const { verdict } = judgeReply(vector, { kind: 'answer', fields: answer(request, vector) });
      return verdict !== 'passed';
    })
    .map(({ vector }) => vector.id);
}

describe('the vectors of BGPsec', () => {
  it('are as many as they were', () => {
    const counts = files.map((file) => [vectorFileName(file), file.count]);
    expect(Object.fromEntries(counts)).toEqual({
      'bgpsec-receive': 329,
      'bgpsec-send': 98,
      'bgpsec-octets': 30,
      'bgpsec-signatures': 234,
      'bgpsec-keys': 31,
      'bgpsec-open': 34,
    });
    expect(new Set(questions.map(({ vector }) => vector.id)).size).toBe(questions.length);
  });

  it('are answered right, intermediate values included', () => {
    const missing: string[] = [];
    const failed = failures((request, { id, detail = {} }) => {
      const fields = answered(request);
      for (const [name, value] of Object.entries(detail)) {
        if (!isDeepStrictEqual(fields[name], value)) missing.push(`${id} ${name}`);
      }
      return fields;
    });
    expect([failed, missing]).toEqual([[], []]);
  });

  it('have answers that fit in a line of the runner, however long the path is', () => {
    const long = questions.filter(({ vector }) => vector.flags.includes('extended-messages'));
    const sizes = long.map(({ request }) => JSON.stringify(answered(request)).length);
    expect(sizes.length).toBe(5);
    expect(Math.max(...sizes)).toBeLessThan(100_000);
  });

  it('are answered the same by the OpenSSL engine, signatures of its own making aside', () => {
    const engine = createOpensslEngine();
    const verifying = questions.filter(
      ({ request }) => !['originate', 'forward', 'sign'].includes(request.op),
    );
    const ofEngine = new Map(questions.map(({ request }) => [request, answerBgpsec(request, engine)]));
    for (const { request } of verifying) expect(ofEngine.get(request)).toEqual(answered(request));
    expect(verifying.length).toBe(621);
    // With the nonces of the request it signs the same octets, too.
    expect(failures((request) => ofEngine.get(request) ?? {})).toEqual([]);
  });

  it('come out right with nonces of the signer, as far as one signature goes', () => {
    const engine = createOpensslEngine();
    const signing = questions.filter(({ request }) => request.nonces !== undefined);
    for (const { request, vector } of signing) {
      const { nonces: _, ...free } = request;
      const fields = answerBgpsec(free as Request, engine);
      for (const [name, value] of Object.entries(vector.expected)) expect(fields[name]).toEqual(value);
    }
    expect(signing.length).toBe(56);
  });

  it('have the nonces of RFC 6979, the published ones aside', () => {
    const own = questions.filter(
      ({ request, vector }) => request.nonces !== undefined && !vector.flags.includes('published'),
    );
    for (const { request } of own) {
      const { nonces: _, ...free } = request;
      expect(answerBgpsec(free as Request)).toEqual(answered(request));
    }
    expect(own.length).toBe(50);
  });

  it('are answered right by the kit that was written apart from the product', () => {
    expect(failures((request) => bgpsecKit.answer(request))).toEqual([]);
  });
});

// What an implementation with each of them answers, and that it is named: naming-bgpsec.test.ts.
describe('the mistakes', () => {
  const names = bgpsecKit.mistakes.map(({ id }) => id);

  it('have a text each, and a note in the files', () => {
    expect(names.length).toBe(137);
    expect(new Set(bgpsecKit.mistakes.map(({ text }) => text)).size).toBe(names.length);
    for (const { id, text } of bgpsecKit.mistakes) expect(notes[id]).toEqual({ kind: 'mistake', text });
  });

  it('give pairwise different answers', () => {
    const records = names.map((name) =>
      JSON.stringify(questions.map(({ vector }) => vector.mistakes?.[name] ?? null)),
    );
    expect(new Set(records).size).toBe(names.length);
  });

  it('show in cases that have their flag', () => {
    const flags = new Set(questions.flatMap(({ vector }) => vector.flags));
    expect(names.filter((name) => !flags.has(name))).toEqual([]);
  });
});

describe('malformed requests', () => {
  it('are refused with the field that is wrong', () => {
    const first = questions.find(({ request }) => request.message !== undefined);
    if (first === undefined) throw new Error('no questions');
    const refused = (more: Fields, from: Request = first.request): string => {
      try {
        answerBgpsec({ ...from, ...more } as Request);
      } catch (error) {
        if (error instanceof RequestError) return error.path;
        throw error;
      }
      return 'answered';
    };
    const session = { localAs: 1, peerAs: 2, kind: 'external' };
    expect(refused({ op: 'constructor' })).toBe('op');
    expect(refused({ message: 'zz' })).toBe('message');
    expect(refused({ message: 'ff' })).toBe('message');
    expect(refused({ session: 5 })).toBe('session');
    expect(refused({ session: { ...session, localAs: 0 } })).toBe('session.localAs');
    expect(refused({ session: { ...session, kind: 'near' } })).toBe('session.kind');
    expect(refused({ session: { ...session, kind: 'confed-external' } })).toBe('session.confederation');
    expect(refused({ session: { ...session, negotiated: [3] } })).toBe('session.negotiated[0]');
    expect(refused({ keys: [{ asn: 1, ski: '00', spki: '' }] })).toBe('keys[0].ski');
    expect(refused({ keys: {} })).toBe('keys');
    expect(refused({ suites: [0] })).toBe('suites[0]');
    expect(refused({ extendedMessages: 'yes' })).toBe('extendedMessages');
    const other = { id: 'x', suite: 'bgpsec' } as const;
    expect(refused({}, { ...other, op: 'negotiate', own: '', peer: '' })).toBe('own');
    expect(refused({}, { ...other, op: 'octets-to-hash', path: [], prefix: '192.0.2.1/24' })).toBe('prefix');
    const values = { securePath: [{ asn: 1 }], signatureBlocks: [], target: 2, prefix: '192.0.2.0/24' };
    const verifying = { ...other, op: 'verify-signatures', ...values };
    expect(refused({ target: 0 }, verifying)).toBe('target');
    expect(refused({ nlri: '18c00003' }, verifying)).toBe('nlri');
    expect(refused({ nlri: '18c0' }, verifying)).toBe('nlri');
    expect(refused({ nlri: '18c0000218c00002' }, verifying)).toBe('nlri');
    expect(refused({ securePath: [{ asn: 1, ski: '' }] }, verifying)).toBe('securePath[0].ski');
    expect(refused({ signatureBlocks: [{}] }, verifying)).toBe('signatureBlocks[0].signatures');
    expect(refused({ key: {} }, verifying)).toBe('key');
    const single = { ...other, op: 'sign', segment: { asn: 1 }, target: 2, prefix: '192.0.2.0/24' };
    expect(refused({}, single)).toBe('key');
    const key = { asn: 1, scalar: '11'.repeat(32) };
    expect(refused({ key, nonce: '00'.repeat(32) }, single)).toBe('nonce');
    expect(refused({ key, keys: [] }, single)).toBe('keys');
    expect(refused({ key }, single)).toBe('answered');
    const signing = questions.find(({ request }) => request.nonces !== undefined)?.request ?? first.request;
    expect(refused({ nonces: [{ asn: 1, k: '00'.repeat(32) }] }, signing)).toBe('nonces[0].k');
    expect(refused({ keys: [{ asn: 1, scalar: 'ff'.repeat(32) }] }, signing)).toBe('keys[0].scalar');
    expect(refused({ keys: [{ asn: 1, scalar: '11'.repeat(32), ski: '00'.repeat(20) }] }, signing)).toBe(
      'keys[0].ski',
    );
  });

  it('never end in another error', () => {
    const text = fc.constantFrom('', 'f', 'zz', 'ff'.repeat(19), '192.0.2.0/24', '::/200', 'internal');
    const odd: fc.Arbitrary<Json | undefined> = fc.oneof(
      text,
      fc.constantFrom<Json | undefined>(
        undefined,
        null,
        true,
        -1,
        0.5,
        0,
        255,
        2 ** 40,
        [],
        {},
        [null],
        [{}],
      ),
    );
    const outcomes = new Set<string>();
    const body = (
      index: number,
      member: number,
      inner: number | undefined,
      value: Json | undefined,
    ): void => {
      const request = questions[index]?.request;
      if (request === undefined) throw new Error('no such question');
      try {
        expect(typeof answerBgpsec(spoiled(request, member, inner, value) as Request)).toBe('object');
        outcomes.add('answered');
      } catch (error) {
        expect(error).toBeInstanceOf(RequestError);
        outcomes.add('refused');
      }
    };
    const index = fc.nat({ max: questions.length - 1 });
    fc.assert(fc.property(index, fc.nat(9), fc.option(fc.nat(9), { nil: undefined }), odd, body), {
      numRuns: 1_000,
    });
    expect(outcomes).toEqual(new Set(['answered', 'refused']));
  });
});

/** The request with one member, or one member of a member, replaced; `undefined` takes it away. */
function spoiled(fields: object, member: number, inner: number | undefined, value: Json | undefined): object {
  const names = Object.keys(fields).filter((name) => name !== 'id' && name !== 'suite');
  const name = names[member % Math.max(names.length, 1)] ?? '';
  const old = (fields as Fields)[name];
  const deeper = inner !== undefined && typeof old === 'object' && old !== null;
  const put = deeper ? spoiled(old, inner, undefined, value) : value;
  const list = Object.entries({ ...fields, [name]: put }).filter(([, one]) => one !== undefined);
  return Array.isArray(fields) ? list.map(([, one]) => one as Json) : Object.fromEntries(list);
}
