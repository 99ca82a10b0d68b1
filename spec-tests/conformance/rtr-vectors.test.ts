import fc from 'fast-check';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerRtr } from '../../src/conformance/answer-rtr.js';
import { judgeReply } from '../../src/conformance/judge.js';
import { RequestError } from '../../src/conformance/request.js';
import { type Question, questionsOf } from '../../src/conformance/requests.js';
import type { Fields, Json, Request } from '../../src/conformance/vector.js';
import { rtrKit } from '../kit/rtr/mutants/mutants.js';
import { vectorFileName } from '../support.js';

const files = readVectorFiles(['rtr']);
const questions: readonly Question[] = questionsOf(files);
const verdict = ({ vector }: Question, fields: Fields): string =>
  judgeReply(vector, { kind: 'answer', fields }).verdict;

describe('the RTR vectors', () => {
  it('are so many, each with an id of its own', () => {
    const counts = files.map((file) => [vectorFileName(file), file.count]);
    expect(Object.fromEntries(counts)).toEqual({ 'rtr-pdus': 189, 'rtr-sessions': 159, 'rtr-cache': 77 });
    expect(new Set(questions.map(({ vector }) => vector.id)).size).toBe(425);
  });

  it('name in their notes every flag, and no flag that no case has', () => {
    for (const { generator, notes, groups } of files) {
      const flags = new Set(groups.flatMap(({ cases }) => cases.flatMap((one) => one.flags)));
      expect([generator, [...flags].sort()]).toEqual([generator, Object.keys(notes).sort()]);
    }
    expect(files.length).toBe(3);
  });

  it.each(files.map((file, i) => [vectorFileName(file), i] as const))(
    '%s: pathsec answers every case right',
    (_, i) => {
      const asked = questionsOf(files.slice(i, i + 1));
      for (const question of asked) {
        const { id } = question.vector;
        expect([id, verdict(question, answerRtr(question.request))]).toEqual([id, 'passed']);
      }
      expect(asked.length).toBe([77, 189, 159][i]);
    },
  );

  it('are answered right by the small implementation, which shares no code with the product’s', () => {
    for (const question of questions) {
      const fields = rtrKit.answer(question.request);
      expect([question.vector.id, verdict(question, fields)]).toEqual([question.vector.id, 'passed']);
    }
    expect(questions.length).toBe(425);
  });
});

describe('the known mistakes of RTR implementations', () => {
  /** What the mistake makes of the cases: by id, the answer that is recorded. */
  const traceOf = (mistake: string): string => {
    const shown = questions.flatMap(({ vector }) => {
      const recorded = vector.mistakes?.[mistake];
      return recorded === undefined ? [] : [[vector.id, recorded] as const];
    });
    return JSON.stringify(shown);
  };

  it.each(rtrKit.mistakes.map(({ id }) => [id] as const))('%s shows, and answers as it is recorded', (id) => {
    let failures = 0;
    for (const question of questions) {
      const fields = rtrKit.answer(question.request, id);
      const recorded = question.vector.mistakes?.[id];
      const wrong = verdict(question, fields) === 'failed';
      expect([question.vector.id, wrong]).toEqual([question.vector.id, recorded !== undefined]);
      if (recorded === undefined) continue;
      failures++;
      expect(fields).toMatchObject(recorded);
    }
    expect(failures).toBeGreaterThan(0);
  });

  it('are told apart from each other', () => {
    const traces = rtrKit.mistakes.map(({ id }) => traceOf(id));
    expect(new Set(traces).size).toBe(rtrKit.mistakes.length);
    expect(rtrKit.mistakes.length).toBe(48);
  });
});

describe('requests of the suite rtr', () => {
  const ask = (fields: Fields): unknown =>
    answerRtr({ id: 'rtr/x', suite: 'rtr', op: 'x', ...fields } as Request);

  it.each<[string, Fields, string]>([
    ['another operation', { op: 'dance' }, 'op'],
    ['no octets', { op: 'decode-pdu', version: 2 }, 'octets'],
    ['half an octet', { op: 'decode-pdu', version: 2, octets: '0' }, 'octets'],
    ['version 3', { op: 'decode-pdu', version: 3, octets: '' }, 'version'],
    ['another layout', { op: 'decode-pdu', version: 2, octets: '', dialect: 'new' }, 'dialect'],
    ['no PDU', { op: 'encode-pdu', version: 2 }, 'pdu'],
    ['no such type', { op: 'encode-pdu', version: 2, pdu: { type: 'hello' } }, 'pdu.type'],
    [
      'host bits',
      {
        op: 'encode-pdu',
        version: 2,
        pdu: { type: 'ipv4-prefix', announce: true, prefix: '192.0.2.1/24', maxLength: 24, asn: 1 },
      },
      'pdu.prefix',
    ],
    [
      'a provider that is none',
      { op: 'encode-pdu', version: 2, pdu: { type: 'aspa', announce: true, customer: 1, providers: [-1] } },
      'pdu.providers[0]',
    ],
    ['no steps', { op: 'receive' }, 'steps'],
    ['no such event', { op: 'receive', steps: [{ event: 'sleep' }] }, 'steps[0].event'],
    ['connected twice', { op: 'receive', steps: [{ event: 'connect' }] }, 'steps[0]'],
    [
      'versions the wrong way round',
      { op: 'receive', version: 0, lowestVersion: 1, steps: [] },
      'lowestVersion',
    ],
    ['no session ID', { op: 'respond', queries: [], serial: 0, states: [] }, 'sessionId'],
    [
      'no provider',
      {
        op: 'respond',
        queries: [],
        sessionId: 0,
        serial: 0,
        states: [{ aspas: [{ customer: 1, providers: [] }] }],
      },
      'states[0].aspas[0].providers',
    ],
    [
      'intervals out of range',
      {
        op: 'respond',
        queries: [],
        sessionId: 0,
        serial: 0,
        states: [],
        timing: { refresh: 0, retry: 1, expire: 600 },
      },
      'timing',
    ],
  ])('with %s are malformed', (_, fields, path) => {
    expect(() => ask(fields)).toThrowError(expect.objectContaining({ name: 'RequestError', path }));
  });

  it('are answered or refused with a RequestError, whatever they are', () => {
    const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
    const some = fc.constantFrom(...questions.map(({ request }) => request));
    const changed = fc.tuple(some, fc.nat(), json, fc.boolean()).map(([request, at, value, add]): Request => {
      const keys = Object.keys(request).filter((key) => !['id', 'suite', 'op'].includes(key));
      const key = keys[at % Math.max(1, keys.length)] ?? 'steps';
      const old = request[key];
      const list = Array.isArray(old) && add ? [...old, value] : value;
      return { ...request, [key]: list };
    });
    let answered = 0;
    let refused = 0;
    fc.assert(
      fc.property(changed, (request) => {
        try {
          expect(typeof answerRtr(request)).toBe('object');
          answered++;
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
          refused++;
        }
      }),
      { numRuns: 1500 },
    );
    expect(answered + refused).toBeGreaterThanOrEqual(1500);
  });

  it('with random octets from either side are answered', () => {
    const header = fc
      .tuple(fc.nat(3), fc.nat(12), fc.uint8Array({ maxLength: 40 }))
      .map(([version, type, body]) => {
        const length = (8 + body.length).toString(16).padStart(8, '0');
        return `0${version}${type.toString(16).padStart(2, '0')}0100${length}${Buffer.from(body).toString('hex')}`;
      });
    fc.assert(
      fc.property(fc.array(header, { maxLength: 6 }), fc.constantFrom(0, 1, 2), (list, version) => {
        const received = ask({ op: 'receive', version, steps: list.map((octets) => ({ octets })) }) as Fields;
        expect(['pending', 'synchronized', 'closed']).toContain(received.state);
        const answered = ask({
          op: 'respond',
          sessionId: 1,
          serial: 1,
          states: [{}],
          queries: list,
        }) as Fields;
        expect(typeof answered.open).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
