import { judgeReply, questionsOf, reportOf } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';

const files = readVectorFiles();
const questions = questionsOf(files);

/** The report on a program that is right but for the cases that `isWrong` picks. */
function report(isWrong: (id: string) => boolean, strict = false) {
  const results = questions.map(({ vector }) =>
    judgeReply(vector, {
      kind: 'answer',
      fields: isWrong(vector.id) ? { outcome: 'wrong' } : vector.expected,
    }),
  );
  return reportOf(files, results, { strict });
}

describe('who is bound', () => {
  it('provider limits bind relying parties: a router without one conforms, unless the report is strict', () => {
    const limits = (id: string): boolean => id.startsWith('aspa/limit-');
    const { advice, conforms, counts, requirements } = report(limits);
    expect([conforms, advice.length]).toEqual([true, counts.failed]);
    expect(advice.length).toBeGreaterThan(5);
    expect(requirements.find(({ id }) => id === 'aspa-profile:5.5:upper-bound')).toMatchObject({
      level: 'RECOMMENDED',
      role: 'relying-party',
    });
    expect(report(limits, true)).toMatchObject({ conforms: false, advice: [] });
  });

  it('what is only recommended is advice', () => {
    const ids = ['rtr/session-applied-at-end', 'aspa/update-X7-ibgp', 'bgpsec/forward-not-valid'];
    expect([...report((id) => ids.includes(id)).advice].sort()).toEqual([...ids].sort());
  });

  it('a case that tests a demand as well is none, nor one about what the other side may do', () => {
    for (const id of [
      'bgpsec/forward-internal',
      'aspa/mitigate-invalid',
      'bgpsec/as-path-alone',
      'aspa/killer-R1',
    ]) {
      expect(report((one) => one === id)).toMatchObject({
        conforms: false,
        advice: [],
        counts: { failed: 1 },
      });
    }
    expect(report(() => true).conforms).toBe(false);
  });

  it('a crash or a timeout is never one', () => {
    const results = questions.map(({ vector }) =>
      judgeReply(
        vector,
        vector.id === 'aspa/limit-union'
          ? { kind: 'crashed', note: '' }
          : { kind: 'answer', fields: vector.expected },
      ),
    );
    expect(reportOf(files, results)).toMatchObject({ conforms: false, advice: [] });
  });
});
