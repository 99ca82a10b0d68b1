import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromHex } from 'pathsec/bytes';
import { readVectorFiles } from 'pathsec/node';
import { checkDer, decodeManifestContent, decodeRoaContent } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { answerObjects } from '../../src/conformance/answer-objects.js';
import { judgeReply } from '../../src/conformance/judge.js';
import { RequestError } from '../../src/conformance/request.js';
import { questionsOf } from '../../src/conformance/requests.js';
import type { Fields, Json, Request } from '../../src/conformance/vector.js';
import { objectsKit } from '../kit/objects/mutants/mutants.js';
import { describeWithProgram } from '../support.js';

const files = readVectorFiles(['objects']);
const questions = questionsOf(files);
const good = questions.filter(({ vector }) => vector.expected.outcome === 'valid');
const octetsOf = (value: Json | undefined): Uint8Array => fromHex(String(value));

describe('the vectors of ASPA objects', () => {
  it('are so many, each with an id of its own', () => {
    expect(files.map(({ groups }) => groups.map(({ cases }) => cases.length))).toEqual([
      [53, 19, 22, 48, 71, 32, 6],
    ]);
    expect(new Set(questions.map(({ vector }) => vector.id)).size).toBe(251);
  });

  it('stay below 660,000 characters', () => {
    expect(JSON.stringify(files).length).toBeLessThan(660_000);
  });

  it('name in their notes every flag, and no flag that no case has', () => {
    const flags = new Set(questions.flatMap(({ vector }) => vector.flags));
    expect([...flags].sort()).toEqual(Object.keys(files[0]?.notes ?? {}).sort());
  });

  it('are answered right by pathsec', async () => {
    for (const { vector, request } of questions) {
      const fields = await answerObjects(request);
      expect([vector.id, judgeReply(vector, { kind: 'answer', fields }).verdict]).toEqual([
        vector.id,
        'passed',
      ]);
    }
    expect(questions.length).toBe(251);
  });

  it('are answered right by the second implementation, which was written apart from the product', () => {
    for (const { vector, request } of questions) {
      const fields = objectsKit.answer(request);
      expect([vector.id, judgeReply(vector, { kind: 'answer', fields }).verdict]).toEqual([
        vector.id,
        'passed',
      ]);
    }
  });

  it('hold an object that is DER wherever nothing is said about its encoding', () => {
    let checked = 0;
    for (const { request } of good) {
      checkDer(octetsOf(request.object));
      checkDer(octetsOf(request.issuer));
      checked++;
    }
    expect(checked).toBe(22);
  });
});

describe('the known omissions of validators', () => {
  it('each show, and are told apart from each other', () => {
    const traces = objectsKit.mistakes.map(({ id }) =>
      questions.filter(({ vector }) => vector.mistakes?.[id] !== undefined).map(({ vector }) => vector.id),
    );
    expect(traces.every(({ length }) => length > 0)).toBe(true);
    expect(new Set(traces.map(String)).size).toBe(22);
    expect(objectsKit.mistakes.length).toBe(22);
  });

  it('make an object valid that is not', () => {
    const recorded = questions.flatMap(({ vector }) => Object.values(vector.mistakes ?? {}));
    expect(new Set(recorded.map(({ outcome }) => outcome))).toEqual(new Set(['valid', 'ok']));
  });
});

describe('contents of signed objects', () => {
  it.each([
    [
      'a ROA with an indefinite length',
      decodeRoaContent,
      '3080020300fbf0300e300c04020001300630040302000a0000',
      'der-length',
    ],
    [
      'a ROA with a padded AS',
      decodeRoaContent,
      '3016020400 00fbf0 300e300c04020001300630040302000a',
      'der-integer',
    ],
    [
      'a manifest with a padded number',
      decodeManifestContent,
      `3033 02020001 180f32303236303130313030303030305a 180f32303236303130323030303030305a 0609608648016503040201 3000`,
      'der-integer',
    ],
  ] as const)('%s is refused (RFC 6488 §3 step 1l)', (_, decode, hex, code) => {
    const octets = fromHex(hex.replaceAll(' ', ''));
    expect(() => decode(octets)).toThrowError(expect.objectContaining({ code }));
  });
});

describeWithProgram('OpenSSL beside the vectors of ASPA objects', 'openssl', () => {
  const inFolder = (body: (run: (...args: string[]) => string, folder: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-objects-'));
    try {
      body(
        (...args) =>
          execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }),
        folder,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const verify = [
    'cms',
    '-verify',
    '-noverify',
    '-binary',
    '-inform',
    'DER',
    '-in',
    'object',
    '-out',
    'content',
  ];

  it('accepts every good object and gives a content that it can parse', () => {
    inFolder((run, folder) => {
      let verified = 0;
      for (const { request, vector } of good) {
        writeFileSync(join(folder, 'object'), octetsOf(request.object));
        run(...verify);
        const text = run('asn1parse', '-inform', 'DER', '-in', 'content');
        const numbers = [...text.matchAll(/INTEGER\s+:([0-9A-F]+)/g)].map(([, hex]) => Number(`0x${hex}`));
        const { customer, providers } = vector.expected;
        expect(numbers).toEqual([1, customer, ...(providers as number[])]);
        expect(readFileSync(join(folder, 'content')).length).toBeGreaterThan(0);
        verified++;
      }
      expect(verified).toBe(22);
    });
  });

  it('refuses the objects whose signature or digest is wrong', () => {
    inFolder((run, folder) => {
      const wrong = ['signature-broken', 'signature-over-content', 'message-digest-wrong', 'content-swapped'];
      for (const name of wrong) {
        const found = questions.find(({ vector }) => vector.id === `objects/object-${name}`);
        writeFileSync(join(folder, 'object'), octetsOf(found?.request.object));
        expect(() => run(...verify), name).toThrowError();
      }
      expect(wrong.length).toBe(4);
    });
  });

  it('finds the trust anchor and the CRL signed by it', () => {
    inFolder((run, folder) => {
      const [first] = good;
      writeFileSync(join(folder, 'ta'), octetsOf(first?.request.issuer));
      writeFileSync(join(folder, 'crl'), octetsOf(first?.request.crl));
      run('x509', '-inform', 'DER', '-in', 'ta', '-out', 'ta.pem');
      const time = String(Date.UTC(2026, 5, 1) / 1000);
      expect(run('verify', '-attime', time, '-CAfile', 'ta.pem', 'ta.pem')).toContain('OK');
      expect(run('crl', '-inform', 'DER', '-in', 'crl', '-noout', '-text')).toContain('Serial Number: 03');
    });
  });
});

describe('requests of the suite objects', () => {
  const ask = async (fields: Fields): Promise<unknown> =>
    answerObjects({ id: 'objects/x', suite: 'objects', op: 'x', ...fields } as Request);
  const { object = '', issuer = '' }: Fields = good[0]?.request ?? {};

  it.each<[string, Fields, string]>([
    ['another operation', { op: 'dance' }, 'op'],
    ['no content', { op: 'decode-aspa-content' }, 'content'],
    ['half an octet', { op: 'decode-aspa-content', content: '0' }, 'content'],
    ['no object', { op: 'verify-aspa-object' }, 'object'],
    ['no issuer', { op: 'verify-aspa-object', object: '' }, 'issuer'],
    ['an issuer that is no certificate', { op: 'verify-aspa-object', object, issuer: '3000' }, 'issuer'],
    ['a CRL that is a number', { op: 'verify-aspa-object', object, issuer, crl: 3 }, 'crl'],
    ['a CRL that is half an octet', { op: 'verify-aspa-object', object, issuer, crl: ['30', '3'] }, 'crl[1]'],
    ['no time', { op: 'verify-aspa-object', object, issuer }, 'time'],
    [
      'a time that does not exist',
      { op: 'verify-aspa-object', object, issuer, time: '2026-13-01T00:00:00Z' },
      'time',
    ],
    [
      'a time without a zone',
      { op: 'verify-aspa-object', object, issuer, time: '2026-12-01T00:00:00' },
      'time',
    ],
  ])('with %s are malformed', async (_, fields, path) => {
    await expect(ask(fields)).rejects.toThrowError(expect.objectContaining({ name: 'RequestError', path }));
  });

  it('are answered or refused with a RequestError, whatever they are', async () => {
    const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
    const mutated = fc.constantFrom(...questions.map(({ request }) => request)).chain((request) => {
      const keys = Object.keys(request).filter((key) => !['id', 'suite', 'op'].includes(key));
      return fc
        .tuple(fc.constantFrom(...keys), json, fc.nat(), fc.integer({ min: 0, max: 15 }))
        .map(([key, value, at, digit]) => {
          const old = request[key];
          const hex = typeof old === 'string' && key !== 'time' && at % 3 > 0;
          const place = hex ? at % Math.max(1, old.length) : 0;
          const changed = hex ? old.slice(0, place) + digit.toString(16) + old.slice(place + 1) : value;
          return { ...request, [key]: changed } as Request;
        });
    });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (request) => {
        try {
          const { outcome } = await answerObjects(request);
          expect(['ok', 'error', 'valid', 'not-valid']).toContain(outcome);
          answered++;
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
        }
      }),
      { numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(0);
  });
});
