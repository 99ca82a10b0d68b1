import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answerAspa } from '../../src/conformance/answer-aspa.js';
import { diagnose } from '../../src/conformance/diagnose.js';
import { judgeReply } from '../../src/conformance/judge.js';
import { type Question, questionsOf } from '../../src/conformance/requests.js';
import type { Fields, VectorNote } from '../../src/conformance/vector.js';
import killers from '../kit/aspa/facts/mutants.json' with { type: 'json' };
import { aspaKit } from '../kit/aspa/mutants/mutants.js';
import { firstKillingVector } from '../kit/first-killing-vector.js';

const files = readVectorFiles(['aspa']);
const questions = questionsOf(files);
const notes: Readonly<Record<string, VectorNote>> = Object.assign({}, ...files.map((file) => file.notes));
const ids = aspaKit.mistakes.map(({ id }) => id);

const answer = (id: string | undefined, { request }: Question): Fields => aspaKit.answer(request, id);

describe('the vectors of ASPA', () => {
  it('are 1,085', () => {
    expect(questions.length).toBe(1_085);
    expect(files.length).toBe(3);
  });

  it('are answered right by pathsec, intermediate values included', () => {
    const failed = questions.filter(({ request, vector }) => {
      const fields = answerAspa(request);
      const told = Object.keys(vector.detail ?? {}).every((key) => fields[key] !== undefined);
      return !told || judgeReply(vector, { kind: 'answer', fields }).verdict !== 'passed';
    });
    expect(failed.map(({ vector }) => vector.id)).toEqual([]);
  });

  it('are answered right by the kit that was written apart from the product', () => {
    const failed = questions.filter(
      (one) =>
        judgeReply(one.vector, { kind: 'answer', fields: answer(undefined, one) }).verdict !== 'passed',
    );
    expect(failed.map(({ vector }) => vector.id)).toEqual([]);
  });
});

describe('the mistakes', () => {
  it('are those of the list: 65 that one path shows, and those across paths', () => {
    const across = ids.filter((id) => /^aspa-X/.test(id));
    // Numbers 11 to 14 are mistakes of RTR sessions; 2, 7, 9 and 15 are two mistakes each.
    const expected = [
      1,
      '1b',
      '2a',
      '2b',
      3,
      4,
      5,
      6,
      '7a',
      '7b',
      8,
      '9a',
      '9b',
      10,
      '15a',
      '15b',
      16,
      17,
      18,
    ];
    expect(across).toEqual(expected.map((number) => `aspa-X${number}`));
    const single = killers.cases.map(({ id }) => `aspa-${id}`);
    expect(ids.filter((id) => !across.includes(id)).sort()).toEqual(single.sort());
    expect(ids.length).toBe(84);
  });

  it('have a text each, and a note in the files', () => {
    expect(new Set(aspaKit.mistakes.map(({ text }) => text)).size).toBe(ids.length);
    for (const { id, text, seenIn } of aspaKit.mistakes) {
      expect(notes[id]).toEqual({ kind: 'mistake', text, ...(seenIn !== undefined && { seenIn }) });
    }
  });

  it('give pairwise different answers', () => {
    const records = ids.map((id) =>
      JSON.stringify(questions.map(({ vector }) => vector.mistakes?.[id] ?? null)),
    );
    expect(new Set(records).size).toBe(ids.length);
  });

  for (const { id, text } of aspaKit.mistakes) {
    it(`${id}: an implementation that ${text} is found out and named`, () => {
      const results = questions.map((one) =>
        judgeReply(one.vector, { kind: 'answer', fields: answer(id, one) }),
      );
      const failed = results.filter(({ verdict }) => verdict === 'failed').map(({ vector }) => vector.id);
      const recorded = questions.filter(({ vector }) => vector.mistakes?.[id] !== undefined);
      expect(recorded.map(({ vector }) => vector.id)).toEqual(failed);
      const diagnoses = diagnose(results, notes);
      expect(diagnoses.map(({ exact, mistake }) => [mistake, exact])).toEqual([[id, true]]);
      const first = firstKillingVector(files, id);
      expect(failed).toContain(first?.id);
      expect(first?.flags).toContain(id);
    });
  }

  it('the first killing vector of what is no mistake is none', () => {
    expect(firstKillingVector(files, 'aspa-none')).toBeUndefined();
  });
});
