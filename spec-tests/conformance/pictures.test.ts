import {
  type ConformanceReport,
  type Fields,
  judgeReply,
  type Question,
  questionsOf,
  type Request,
  reportOf,
  type Suite,
} from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { conformanceText } from '../../src/cli/conformance/text.js';
import { answerWith } from '../kit/aspa/mutants/answer.js';
import { kit } from '../kit/aspa/mutants/kit.js';

const UNSUPPORTED: Fields = { unsupported: true };
const plain = (text: string): string => text;
const style = { good: plain, bad: plain, dim: plain, bold: plain };

function report(suite: Suite, program: (request: Request) => Fields): ConformanceReport {
  const files = readVectorFiles([suite]);
  const results = questionsOf(files).map(({ request, vector }) =>
    judgeReply(vector, { kind: 'answer', fields: program(request) }),
  );
  return reportOf(files, results);
}

function isOfSequences({ request }: Question): boolean {
  const path = request.op === 'verify-path' ? (request.asPath as readonly { type: string }[]) : undefined;
  return path?.every(({ type }) => type === 'AS_SEQUENCE') ?? false;
}

/** Wrong where the path has three ASes that differ and comes from a provider: no known mistake. */
function threeDown(request: Request): Fields {
  if (request.op !== 'verify-path') return UNSUPPORTED;
  const answer = answerWith(kit, request) as Fields;
  const path = (request.asPath as readonly { asns: readonly number[] }[]).flatMap(({ asns }) => asns);
  const isSo = request.neighborRole === 'provider' && new Set(path).size === 3 && path.length === 3;
  const next = { valid: 'unknown', unknown: 'invalid', invalid: 'unknown' }[String(answer.outcome)];
  return isSo ? { outcome: next ?? '' } : { outcome: answer.outcome ?? '' };
}

describe('where no known mistake fits', () => {
  it('shows where the failures are: direction, length, sets, AS numbers, and the smallest path', () => {
    const { diagnoses, pictures, remarks, results } = report('aspa', threeDown);
    expect([diagnoses, remarks, pictures.length]).toEqual([[], [], 1]);
    const [picture] = pictures;
    const failed = results.filter(({ verdict }) => verdict === 'failed').length;
    const share = (part: string) => picture?.shares.find((one) => one.part === part);
    expect(failed).toBeGreaterThan(10);
    expect(share('downstream')?.failed).toBe(failed);
    expect(share('upstream')?.failed).toBe(0);
    expect(share('3 ASes, repeats dropped')?.failed).toBe(failed);
    expect(share('2 ASes, repeats dropped')?.failed).toBe(0);
    const total = (parts: readonly string[]) =>
      parts.reduce((sum, part) => sum + (share(part)?.cases ?? Number.NaN), 0);
    const asked = results.filter(({ verdict }) => verdict !== 'unsupported').length;
    expect(total(['upstream', 'downstream'])).toBe(asked);
    expect(total(['AS_SEQUENCE only', 'sets or confederation segments'])).toBe(asked);
    expect(
      total(['AS numbers below 65536 only', 'AS numbers from 65536', 'AS numbers from 2147483648']),
    ).toBe(asked);
    expect(picture?.counts.reduce((sum, { cases }) => sum + cases, 0)).toBe(asked);
    const sequences = questionsOf(readVectorFiles(['aspa'])).filter(isOfSequences).length;
    expect(share('sets or confederation segments')?.cases).toBe(asked - sequences);
    for (const { direction, expected, got } of picture?.counts ?? []) {
      if (direction === 'upstream') expect(got).toBe(expected);
    }
    expect(picture?.smallest.question).toMatch(/^path \d+ \d+ \d+, from AS\d+, provider$/);
  });

  it('prints that after "No known mistake fits."', async () => {
    const questions = questionsOf(readVectorFiles(['aspa']));
    const text = await conformanceText(report('aspa', threeDown), questions, [], {
      shown: 0,
      style,
      evidence: async () => [],
    });
    expect(text).toMatch(
      /\nNo known mistake fits\.\n\nverify-path: outcome expected and got\n {2}direction +expected +got valid +got (?:invalid|unknown) +got (?:invalid|unknown)\n/,
    );
    expect(text).toMatch(/\n {2}upstream +valid +\d+ +0 +0\n/);
    expect(text).toMatch(/\n +0 +\d+ {2}upstream\n/);
    expect(text).toMatch(
      /\n {2}smallest: aspa\/\S+, path \d+ \d+ \d+, from AS\d+, provider: expected \w+, got \w+\n/,
    );
  });

  it('has a picture of other questions too, without directions', () => {
    let count = 0;
    const expected = new Map(
      questionsOf(readVectorFiles(['rov'])).map(({ vector }) => [vector.id, vector.expected]),
    );
    const { diagnoses, pictures } = report('rov', ({ id, op }) => {
      const right = expected.get(id) ?? {};
      if (op !== 'validate-origin' || count++ % 13 !== 0) return right;
      return { validity: right.validity === 'valid' ? 'not-found' : 'valid' };
    });
    expect(diagnoses).toEqual([]);
    expect(pictures).toMatchObject([{ suite: 'rov', op: 'validate-origin', field: 'validity', shares: [] }]);
    expect(pictures[0]?.counts.every(({ direction }) => direction === undefined)).toBe(true);
  });

  it('tells which members are wrong beside one that is right', async () => {
    const details = (request: Request): Fields =>
      request.op === 'verify-path'
        ? { ...(answerWith(kit, request) as Fields), step: 'one', ramps: {} }
        : UNSUPPORTED;
    const found = report('aspa', details);
    const asked = found.results.filter(({ verdict }) => verdict !== 'unsupported').length;
    expect(found.pictures.map(({ besides }) => besides)).toEqual([
      [
        { member: 'step', failed: asked },
        { member: 'ramps', failed: asked },
      ],
    ]);
    const questions = questionsOf(readVectorFiles(['aspa']));
    const text = await conformanceText(found, questions, [], { shown: 0, style, evidence: async () => [] });
    expect(text).toContain(
      `  outcome as expected, but wrong: step in ${asked} answers, ramps in ${asked} answers\n`,
    );
    expect(text).toMatch(/\n {2}smallest: aspa\/\S+, path without AS, .*: wrong in step, ramps\n/);
  });

  it('stands beside mistakes that leave most failures open', () => {
    const { diagnoses, pictures } = report('aspa', (request) => {
      if (request.op !== 'verify-path') return UNSUPPORTED;
      const path = request.asPath as readonly { asns: readonly number[] }[];
      const isOfTwo = path.length === 1 && path[0]?.asns.length === 2;
      return isOfTwo ? { outcome: 'valid' } : { outcome: (answerWith(kit, request) as Fields).outcome ?? '' };
    });
    expect(diagnoses.length).toBeGreaterThan(0);
    expect(diagnoses.at(-1)?.unexplained).toBeGreaterThan(30);
    const failed = pictures[0]?.shares.filter(
      ({ failed, part }) => failed > 0 && /^\S+ AS(es)?,/i.test(part),
    );
    expect(failed?.map(({ part }) => part)).toEqual(['2 ASes, repeats dropped']);
  });

  it('has none where a mistake is named, where nothing failed, and where the answers are amiss as such', () => {
    const right = (request: Request) =>
      request.op === 'verify-path' ? (answerWith(kit, request) as Fields) : UNSUPPORTED;
    expect(report('aspa', right).pictures).toEqual([]);
    const named = report('aspa', (request) =>
      request.op === 'verify-path' ? { outcome: 'valid' } : UNSUPPORTED,
    );
    expect([named.diagnoses.length, named.pictures]).toEqual([1, []]);
    const renamed = report('aspa', (request) =>
      request.op === 'verify-path' ? { result: 'valid' } : UNSUPPORTED,
    );
    expect([renamed.diagnoses, renamed.pictures]).toEqual([[], []]);
  });
});
