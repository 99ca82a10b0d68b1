import fc from 'fast-check';
import { routerPrivateKey } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { type CaseResult, judgeReply, reportOf, type VectorCase, type VectorFile } from 'pathsec/conformance';
import { createOpensslEngine } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/conformance/diagnose.js';

const vector: VectorCase = {
  id: 'aspa/x',
  title: 'x',
  sections: ['-'],
  flags: [],
  input: { op: 'verify-path' },
  expected: { outcome: 'valid', list: [1, { a: 2 }] },
  acceptable: [{ expected: { outcome: 'unknown' }, why: 'the text leaves it open' }],
  detail: { ramps: { maxUpRamp: 2 } },
};
const key = routerPrivateKey(new Uint8Array(32).fill(7));
const right = { outcome: 'valid', list: [1, { a: 2 }] };
const judge = (fields: Parameters<typeof judgeReply>[1] & { kind: 'answer' }): CaseResult =>
  judgeReply(vector, fields);
const verdictOf = (fields: Record<string, never> | object): string =>
  judge({ kind: 'answer', fields: fields as typeof right }).verdict;

describe('judging an answer', () => {
  it('takes the expected fields, and others beside them', () => {
    expect(verdictOf(right)).toBe('passed');
    expect(verdictOf({ ...right, comment: 'mine' })).toBe('passed');
  });
  it('compares intermediate values where they are given', () => {
    expect(verdictOf({ ...right, ramps: { maxUpRamp: 2 } })).toBe('passed');
    const wrong = judge({ kind: 'answer', fields: { ...right, ramps: { maxUpRamp: 3 } } });
    expect(wrong.verdict).toBe('failed');
    expect(wrong.mismatches).toEqual([{ path: 'ramps.maxUpRamp', expected: 2, actual: 3 }]);
  });
  it('takes any signature that verifies where the case has what it is over', () => {
    const spki = toHex(key.spki);
    const signing = { ...vector, expected: { signature: { over: '0102', spki } } };
    const verdict = (signature: string | number | null): string =>
      judgeReply(signing, { kind: 'answer', fields: { signature } }).verdict;
    const made = (octets: Uint8Array): string => toHex(createOpensslEngine().sign(key, octets));
    expect([1, 2].map(() => verdict(made(Uint8Array.of(1, 2))))).toEqual(['passed', 'passed']);
    expect(verdict(made(Uint8Array.of(1, 2, 3)))).toBe('failed');
    for (const other of ['', 'xyz', 'ABCD', '00', spki, 5, null]) expect(verdict(other)).toBe('failed');
    const why = (signature: string): string | undefined =>
      judgeReply(signing, { kind: 'answer', fields: { signature } }).mismatches[0]?.why;
    expect(why('xyz')).toBe('no octets in hexadecimal');
    expect(why('ab'.repeat(64))).toBe('no Ecdsa-Sig-Value in DER (RFC 8608 §2.1)');
    expect(why(made(Uint8Array.of(1, 2, 3)))).toBe('a signature, but not of this key over these octets');
  });
  it('names the place of each difference', () => {
    const { mismatches } = judge({
      kind: 'answer',
      fields: { outcome: 'invalid', list: [1, { a: 3, b: 4 }] },
    });
    expect(mismatches.map(({ path }) => path)).toEqual(['outcome', 'list[1].a', 'list[1].b']);
    const missing = judge({ kind: 'answer', fields: { list: [1] } });
    expect(missing.mismatches.map(({ path }) => path)).toEqual(['outcome', 'list']);
  });
  it('takes an alternative that the specification leaves open, and says why', () => {
    const { note, verdict } = judge({ kind: 'answer', fields: { outcome: 'unknown' } });
    expect([verdict, note]).toEqual(['acceptable', 'the text leaves it open']);
  });
  it('does without the payloads that a router does not keep, but not without all of them', () => {
    const held = { vrps: [{ asn: 1 }], aspas: [], routerKeys: [{ asn: 1 }] };
    const session: VectorCase = {
      ...vector,
      input: { op: 'receive' },
      expected: { state: 'synchronized', ...held },
      acceptable: [{ expected: { state: 'pending', ...held }, why: 'open' }],
      detail: {},
    };
    const of = (answer: object, one = session): string =>
      judgeReply(one, { kind: 'answer', fields: answer as typeof right }).verdict;
    const { vrps, aspas } = held;
    expect(of({ state: 'synchronized', ...held })).toBe('passed');
    expect(of({ state: 'synchronized', vrps, aspas })).toBe('passed');
    expect(of({ state: 'synchronized', vrps })).toBe('passed');
    expect(of({ state: 'pending', vrps })).toBe('acceptable');
    expect(of({ state: 'closed', vrps })).toBe('failed');
    expect(of({ state: 'synchronized', aspas: [1] })).toBe('failed');
    expect(of({ state: 'synchronized', vrps, routerKeys: null })).toBe('failed');
    expect(of({ state: 'synchronized' })).toBe('failed');
    expect(of({ vrps })).toBe('failed');
    expect(of({ state: 'synchronized', vrps }, { ...session, input: { op: 'respond' } })).toBe('failed');
  });
  it('compares the routes of an UPDATE as a set, and other lists as lists', () => {
    const [a, b] = [
      { prefix: '192.0.2.0/24', family: 'ipv4-unicast', outcome: 'valid' },
      { prefix: null, family: 'afi-1-safi-128', outcome: 'not-applicable' },
    ];
    const turned = { outcome: 'valid', family: 'ipv4-unicast', prefix: '192.0.2.0/24' };
    const one: VectorCase = { ...vector, expected: { routes: [a, b] }, acceptable: [], detail: {} };
    const of = (routes: object): string =>
      judgeReply(one, { kind: 'answer', fields: { routes } as unknown as typeof right }).verdict;
    for (const routes of [
      [a, b],
      [b, a],
      [b, turned],
    ])
      expect(of(routes)).toBe('passed');
    for (const routes of [[a], [b], [a, a], [b, b], [a, b, b], [{ ...a, outcome: 'unknown' }, b], [], {}]) {
      expect(of(routes)).toBe('failed');
    }
    expect(verdictOf({ ...right, list: [{ a: 2 }, 1] })).toBe('failed');
  });
  it('counts what is not supported, an error, and the faults of the program apart', () => {
    expect(verdictOf({ unsupported: true })).toBe('unsupported');
    expect(verdictOf({ error: 'no such key' })).toBe('error');
    expect(verdictOf({ error: { code: 'x' } })).toBe('error');
    for (const kind of ['crashed', 'timeout', 'garbage', 'no-answer', 'not-asked'] as const) {
      expect(judgeReply(vector, { kind, note: 'so' })).toMatchObject({ verdict: kind, note: 'so' });
    }
  });
  it('passes exactly answers with equal fields, whatever JSON they hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (fields, value) => {
        const { error: _error, unsupported: _unsupported, ...rest } = JSON.parse(JSON.stringify(fields));
        const one: VectorCase = { ...vector, expected: { ...rest, key: value }, detail: {}, acceptable: [] };
        const same = JSON.parse(JSON.stringify({ ...rest, key: value }));
        expect(judgeReply(one, { kind: 'answer', fields: same }).verdict).toBe('passed');
        const other = { ...same, key: [value] };
        expect(judgeReply(one, { kind: 'answer', fields: other }).verdict).toBe('failed');
      }),
    );
  });
});

describe('naming a mistake', () => {
  it('takes no prediction about payloads that the program leaves out', () => {
    const held = { state: 'synchronized', vrps: [1] };
    const cases = [1, 2].map(
      (n): VectorCase => ({
        ...vector,
        id: `rtr/${n}`,
        input: { op: 'receive' },
        expected: { ...held, routerKeys: [] },
        acceptable: [],
        detail: {},
        flags: ['keeps', 'drops'],
        mistakes: { keeps: { ...held, routerKeys: [1] }, drops: { ...held, vrps: [], routerKeys: [] } },
      }),
    );
    const results = cases.map((one) => judgeReply(one, { kind: 'answer', fields: { ...held, vrps: [] } }));
    const notes = {
      keeps: { kind: 'mistake', text: 'keeps' },
      drops: { kind: 'mistake', text: 'drops' },
    } as const;
    expect(diagnose(results, notes).map(({ exact, mistake }) => [mistake, exact])).toEqual([['drops', true]]);
    const right = cases.map((one) => judgeReply(one, { kind: 'answer', fields: held }));
    expect(right.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
    expect(diagnose(right, notes)).toEqual([]);
  });
  const note = (text: string) => ({ kind: 'mistake', text }) as const;
  const cases: VectorCase[] = [1, 2, 3, 4].map((n) => ({
    ...vector,
    id: `aspa/${n}`,
    expected: { outcome: 'valid' },
    acceptable: [],
    detail: {},
    mistakes: {
      ...(n <= 2 ? { A: { outcome: 'invalid' } } : {}),
      ...(n <= 1 ? { B: { outcome: 'invalid' } } : {}),
      ...(n === 3 ? { C: { outcome: 'unknown' } } : {}),
    },
  }));
  const file: VectorFile = {
    format: 'pathsec-vectors/1',
    version: '0.0.0',
    license: '-',
    suite: 'aspa',
    title: '-',
    generator: '-',
    source: ['-'],
    count: 4,
    notes: { A: note('does A'), B: note('does B'), C: note('does C') },
    groups: [{ title: '-', cases }],
  };
  const named = (...outcomes: string[]) =>
    reportOf(
      [file],
      cases.map((one, i) => judgeReply(one, { kind: 'answer', fields: { outcome: outcomes[i] ?? 'valid' } })),
    ).diagnoses.map(({ exact, explained, mistake, unexplained }) => [
      mistake,
      exact,
      explained.length,
      unexplained,
    ]);

  it('finds the one that accounts for every answer', () => {
    expect(named('invalid', 'invalid')).toEqual([['A', true, 2, 0]]);
    expect(named('invalid')).toEqual([['B', true, 1, 0]]);
  });
  it('finds several together, and counts what is left', () => {
    expect(named('invalid', 'invalid', 'unknown')).toEqual([
      ['A', false, 2, 1],
      ['C', false, 1, 0],
    ]);
    expect(named('invalid', 'invalid', 'valid', 'unknown')).toEqual([['A', false, 2, 1]]);
  });
  it('finds none where no prediction came true', () => {
    expect(named('valid', 'invalid')).toEqual([]);
    expect(named()).toEqual([]);
  });
  it('keeps a mistake that one other deviation contradicts, and tells how well it fits', () => {
    const notes = { big: { ...note('is big'), seenIn: 'somewhere' }, small: note('is small') };
    const many: VectorCase[] = Array.from({ length: 40 }, (_, i) => ({
      ...(cases[3] as VectorCase),
      id: `aspa/${i}`,
      mistakes: {
        ...(i < 20 ? { big: { outcome: 'invalid' } } : {}),
        ...(i < 3 ? { small: { outcome: 'invalid' } } : {}),
      },
    }));
    const found = (outcomeOf: (i: number) => string) =>
      diagnose(
        many.map((one, i) => judgeReply(one, { kind: 'answer', fields: { outcome: outcomeOf(i) } })),
        notes,
      );
    // Case 10 is answered otherwise, and case 30 is wrong for a reason of its own: small alone would fit to the letter.
    const [first, ...others] = found((i) =>
      i === 10 || i === 30 ? 'unknown' : i < 20 ? 'invalid' : 'valid',
    );
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      mistake: 'big',
      exact: false,
      predictions: 20,
      confirmed: 19,
      unexplained: 2,
    });
    expect(first?.explained.length).toBe(19);
    expect(first?.seenIn).toBeUndefined();
    expect(found((i) => (i < 20 ? 'invalid' : 'valid'))[0]?.seenIn).toBe('somewhere');
    expect(found((i) => (i % 3 === 0 ? 'invalid' : 'unknown'))).toEqual([]);
  });
  it('leaves out cases that were not answered', () => {
    const results = cases.map((one, i) =>
      judgeReply(
        one,
        i === 1
          ? { kind: 'timeout', note: '' }
          : { kind: 'answer', fields: { outcome: i === 0 ? 'invalid' : 'valid' } },
      ),
    );
    const report = reportOf([file], results);
    expect(report.diagnoses.map(({ exact, mistake }) => [mistake, exact])).toEqual([
      ['A', true],
      ['B', true],
    ]);
    expect([report.conforms, report.counts]).toEqual([false, { failed: 1, timeout: 1, passed: 2 }]);
  });
});
