import {
  type ConformanceReport,
  type Fields,
  type Json,
  judgeReply,
  questionsOf,
  type Request,
  reportOf,
  type Suite,
} from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { answersByOperation } from '../../src/conformance/choices.js';
import { run } from '../cli/run.js';
import { lineProgram } from './program.js';

type Program = (request: Request) => Fields;

/** The report on a program that is asked all questions of a suite. */
function reported(suite: Suite, program: Program): ConformanceReport {
  const files = readVectorFiles([suite]);
  const results = questionsOf(files).map(({ request, vector }) =>
    judgeReply(vector, { kind: 'answer', fields: program(request) }),
  );
  return reportOf(files, results);
}

const remarks = (suite: Suite, program: Program): readonly (readonly [string, string])[] =>
  reported(suite, program).remarks.map(({ kind, text }) => [kind, text]);

const UNSUPPORTED: Fields = { unsupported: true };
const expected = new Map(questionsOf(readVectorFiles()).map(({ vector }) => [vector.id, vector.expected]));
const mistaken = new Map(questionsOf(readVectorFiles()).map(({ vector }) => [vector.id, vector.mistakes]));
const right = ({ id }: Request): Fields => expected.get(id) ?? UNSUPPORTED;
const only =
  (op: string, program: Program): Program =>
  (request) =>
    request.op === op ? program(request) : UNSUPPORTED;

describe('what is amiss with the answers as such', () => {
  it('nothing, where all are right or one is wrong', () => {
    for (const suite of ['aspa', 'rov', 'bgpsec', 'rtr', 'objects', 'drafts'] as const) {
      const wrong = questionsOf(readVectorFiles([suite]))[0]?.request.id;
      expect(remarks(suite, right)).toEqual([]);
      const once: Program = (request) => {
        const answer = right(request);
        const swapped = {
          outcome: answer.outcome === 'ok' ? 'error' : 'ok',
          validity: 'invalid',
          usable: false,
        };
        return request.id === wrong
          ? { ...answer, ...swapped, ...((suite === 'aspa' || suite === 'drafts') && { outcome: 'invalid' }) }
          : answer;
      };
      expect(remarks(suite, once)).toEqual([]);
    }
  });

  it('a member that is in no answer', () => {
    const renamed: Program = (request) => ({ result: right(request).outcome ?? null });
    expect(remarks('aspa', only('verify-path', renamed))).toEqual([
      ['missing', 'verify-path: no answer has `outcome`; members of the answers: result'],
    ]);
    expect(
      remarks(
        'rov',
        only('origin-as', () => ({})),
      ),
    ).toEqual([['missing', 'origin-as: no answer has `origin`; members of the answers: none but id']]);
  });

  it('a member beside the one that decides, judged where that one is right', () => {
    const bare: Program = (request) => ({ outcome: right(request).outcome ?? null });
    expect(remarks('objects', only('verify-aspa-object', bare))).toEqual([
      [
        'missing',
        'verify-aspa-object: no answer has `customer`, `providers`; members of the answers: outcome',
      ],
    ]);
    expect(
      remarks(
        'objects',
        only('verify-aspa-object', () => ({ outcome: 'not-valid' })),
      ),
    ).toEqual([
      [
        'constant',
        expect.stringMatching(
          /^verify-aspa-object: the same answer to all \d+ questions: outcome `not-valid`$/,
        ),
      ],
    ]);
  });

  it('values that the member cannot have', () => {
    const loud: Program = (request) => {
      const { outcome } = right(request);
      return { outcome: outcome === 'unknown' ? 'unknown' : String(outcome).toUpperCase() };
    };
    expect(remarks('aspa', only('verify-path', loud))).toEqual([
      [
        'not-allowed',
        expect.stringMatching(
          /^verify-path: answers `(INVALID|VALID)`, `(INVALID|VALID)`; allowed: valid, invalid, unknown \(\d+ of \d+ answers, member `outcome`\)$/,
        ),
      ],
    ]);
    expect(
      remarks(
        'rov',
        only('validate-origin', () => ({ validity: 2 })),
      ).map(([kind]) => kind),
    ).toEqual(['not-allowed', 'constant']);
  });

  it('one answer to everything', () => {
    const [line] = remarks('aspa', () => ({ outcome: 'unknown' }));
    expect(line?.[1]).toMatch(/^verify-path: the same answer to all \d+ questions: outcome `unknown`$/);
  });

  it('the request, sent back', () => {
    const echo = remarks('aspa', ({ id: _, ...fields }) => fields);
    expect(echo.length).toBeGreaterThan(3);
    for (const [kind, text] of echo) {
      expect([kind, text]).toEqual([
        'echo',
        expect.stringMatching(/^[a-z-]+: every answer \(\d+\) is the request$/),
      ]);
    }
  });

  it('no reason to name no mistake: the answers that can be are looked at', () => {
    const mutant = (spoil: (outcome: Json, i: number) => Json): Program => {
      let asked = 0;
      return (request) => {
        if (request.op !== 'verify-path') return UNSUPPORTED;
        const { outcome = null } = mistaken.get(request.id)?.['aspa-P2'] ?? right(request);
        return { outcome: spoil(outcome, asked++) };
      };
    };
    const named = (program: Program) => {
      const { diagnoses, remarks: found } = reported('aspa', program);
      const [first] = diagnoses.map(({ exact, mistake, seenIn, unexplained }) => ({
        exact,
        mistake,
        seenIn,
        unexplained,
      }));
      return { first, count: diagnoses.length, kinds: found.map(({ kind }) => kind) };
    };
    expect(named(mutant((outcome) => outcome))).toEqual({
      first: { exact: true, mistake: 'aspa-P2', seenIn: undefined, unexplained: 0 },
      count: 1,
      kinds: [],
    });
    const paths = questionsOf(readVectorFiles(['aspa'])).filter(
      ({ request }) => request.op === 'verify-path',
    );
    // Every second answer is none of the three: nothing is said of those cases.
    const spoilt = named(mutant((outcome, i) => (i % 2 === 0 ? 'error' : outcome)));
    expect(spoilt).toEqual({
      first: {
        exact: false,
        mistake: 'aspa-P2',
        seenIn: undefined,
        unexplained: Math.ceil(paths.length / 2),
      },
      count: 1,
      kinds: ['not-allowed'],
    });
    expect(named(mutant(() => 'error')).count).toBe(0);
  });

  it('comes before any mistake is named, in the text and in JSON', async () => {
    const exec = lineProgram(`say({ id: request.id, outcome: 'invalid' });`);
    const options = ['conformance', 'run', '--suite', 'aspa', '--only', 'aspa/killer', '--exec', exec];
    const { stdout } = await run(options);
    expect(stdout).toMatch(/\nremark: verify-path: the same answer to all \d+ .*\n(?:.*\n)*\nBehaves like /);
    const { remarks: found } = JSON.parse((await run([...options, '--json'])).stdout);
    expect(found[0]).toMatchObject({ kind: 'constant', suite: 'aspa', op: 'verify-path' });
  });
});

describe('the members that decide', () => {
  it('have no value in a vector that is not among the allowed ones', () => {
    const files = readVectorFiles();
    const questions = questionsOf(files);
    const results = questions.map(({ vector }) =>
      judgeReply(vector, { kind: 'answer', fields: vector.expected }),
    );
    const operations = answersByOperation(questions, results);
    expect(operations.filter(({ choice }) => choice !== undefined).length).toBe(13);
    for (const { answers, choice } of operations) {
      for (const { result } of answers) {
        const { acceptable = [], expected } = result.vector;
        for (const fields of [expected, ...acceptable.map((one) => one.expected)]) {
          if (choice !== undefined) expect(choice.allowed).toContain(fields[choice.field]);
        }
      }
    }
  });
});
