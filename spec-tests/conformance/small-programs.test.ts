import {
  type Fields,
  judgeReply,
  questionsOf,
  type Request,
  reportOf,
  type Suite,
} from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { conformanceText } from '../../src/cli/conformance/text.js';
import { answerWith } from '../kit/aspa/mutants/answer.js';
import { type Kit, kit } from '../kit/aspa/mutants/kit.js';
import { answerWith as answerBgpsecWith } from '../kit/bgpsec/mutants/answer.js';
import { bgpsecKit } from '../kit/bgpsec/mutants/mutants.js';
import { type Parts, RIGHT } from '../kit/bgpsec/mutants/parts.js';
import { rovKit } from '../kit/rov/mutants/mutants.js';

// Programs that behave as implementations did to which the kit was put, and what it has to say of them.

type Program = (request: Request) => Fields;

const files = (suite: Suite) => readVectorFiles([suite]);
const asked = {
  aspa: questionsOf(files('aspa')),
  rov: questionsOf(files('rov')),
  bgpsec: questionsOf(files('bgpsec')).filter(({ request }) => request.op === 'verify-update'),
};

const plain = (text: string): string => text;
const style = { good: plain, bad: plain, dim: plain, bold: plain };

/** The lines of the report that name mistakes. */
async function named(suite: keyof typeof asked, program: Program): Promise<readonly string[]> {
  const questions = asked[suite];
  const results = questions.map(({ request, vector }) =>
    judgeReply(vector, { kind: 'answer', fields: program(request) }),
  );
  const options = { shown: 0, style, evidence: async () => [] };
  const text = await conformanceText(reportOf(files(suite), results), questions, [], options);
  return text.split('\n').filter((line) => /^(Behaves|or|and) like |^No known mistake/.test(line));
}

/** A verifier of the kit with these parts changed. */
const verifier =
  (parts: Partial<Kit>): Program =>
  (request) =>
    answerWith({ ...kit, ...parts }, request) as Fields;

const UNSUPPORTED: Fields = { unsupported: true };
const pathsOnly =
  (program: Program): Program =>
  (request) =>
    request.op === 'verify-path' ? program(request) : UNSUPPORTED;
const withoutSets =
  (program: Program): Program =>
  (request) =>
    JSON.stringify(request.asPath ?? null).includes('AS_SET') ? UNSUPPORTED : program(request);
/** Answers `to` where the program answers `from`, in `verify-path` alone. */
const instead =
  (from: string, to: string, program: Program): Program =>
  (request) => {
    const answer = program(request);
    return answer.outcome === from ? { ...answer, outcome: to } : answer;
  };

const noLimit: Partial<Kit> = { limit: (list) => list };
const right = verifier({});

describe('a simple program is named as what it is', () => {
  it.each([
    ['valid', 'A1'],
    ['invalid', 'A2'],
    ['unknown', 'A3'],
  ])('%s, whatever the path', async (outcome, id) => {
    expect(
      await named(
        'aspa',
        pathsOnly(() => ({ outcome })),
      ),
    ).toEqual([
      `Behaves like an implementation that answers ${outcome} to everything (aspa-${id}): accounts for every answer`,
    ]);
    // The same to operations that have other answers.
    const [line = '', ...others] = await named('aspa', () => ({ outcome }));
    expect(line).toMatch(
      new RegExp(`answers ${outcome} to everything \\(aspa-${id}\\): \\d+ of \\d+ predictions`),
    );
    expect(others).toEqual([]);
  });

  it.each([
    ['valid or invalid only', instead('unknown', 'valid', right), 'never answers unknown: .* \\(aspa-R2\\)'],
    ['unknown or invalid only', instead('valid', 'unknown', right), 'never answers valid: .* \\(aspa-A4\\)'],
    ['no limit of providers', verifier(noLimit), 'has no limit of providers \\(aspa-X18\\)'],
    [
      'no comparison with the neighbour',
      verifier({ neighborOk: () => true }),
      'does not compare the most recently added AS with the neighbour \\(aspa-C4\\)',
    ],
  ])('%s', async (_name, program, text) => {
    const exact = [
      expect.stringMatching(`^Behaves like an implementation that ${text}: accounts for every answer`),
    ];
    expect(await named('aspa', pathsOnly(program))).toEqual(exact);
    expect(await named('aspa', withoutSets(pathsOnly(program)))).toEqual(exact);
  });

  it('is named although it deviates otherwise as well', async () => {
    const noUnknown = instead('unknown', 'valid', verifier(noLimit));
    const [first, ...others] = await named('aspa', withoutSets(pathsOnly(noUnknown)));
    expect(first).toMatch(
      /never answers unknown: .* \(aspa-R2\): \d+ of \d+ predictions, explains \d+ of \d+ failures$/,
    );
    expect(others.filter((line) => !line.includes('aspa-X18'))).toEqual([]);
    const noNeighbor = verifier({ neighborOk: () => true, emptyPath: 'valid', ...noLimit });
    const lines = await named('aspa', pathsOnly(noNeighbor));
    expect(lines.map((line) => /\((aspa-\w+)\)/.exec(line)?.[1]).sort()).toEqual([
      'aspa-C1',
      'aspa-C4',
      'aspa-X18',
    ]);
  });

  it('is not named where its answers have no rule', async () => {
    const outcomes = ['valid', 'invalid', 'unknown'];
    for (let start = 1; start <= 20; start++) {
      let seed = start * 7919;
      const random = (): Fields => {
        seed = (seed * 48_271) % 2_147_483_647;
        return { outcome: outcomes[seed % 3] ?? '' };
      };
      expect([start, await named('aspa', pathsOnly(random))]).toEqual([start, ['No known mistake fits.']]);
    }
  });

  it('is named with its origin only where nothing else failed', async () => {
    const program = pathsOnly(verifier({ emptyTable: 'unknown' }));
    expect((await named('aspa', program))[0]).toMatch(/every answer; known from: a public implementation/);
    const noSets: Program = (request) =>
      JSON.stringify(request.asPath ?? null).includes('AS_SET') ? { error: 'no sets' } : program(request);
    expect((await named('aspa', noSets))[0]).toMatch(/\(aspa-C3\): accounts for every answer$/);
  });
});

describe('what implementations were seen to do', () => {
  const first = async (program: Program): Promise<string> => (await named('aspa', program))[0] ?? '';

  it('takes an empty table for "not enabled", before or after it looks at the path', async () => {
    expect(await first(pathsOnly(verifier({ emptyTable: 'unknown' })))).toMatch(
      /\(aspa-C3\): accounts for every/,
    );
    const later: Program = (request) => {
      const path = request.asPath as readonly unknown[];
      const empty = ((request.aspas ?? []) as readonly unknown[]).length === 0;
      return empty && path.length > 0 ? { outcome: 'unknown' } : right(request);
    };
    expect(await first(pathsOnly(later))).toMatch(/\(aspa-C3\): \d+ of \d+ predictions/);
    const last: Program = (request) => {
      const empty = ((request.aspas ?? []) as readonly unknown[]).length === 0;
      const answer = right(request);
      return empty && answer.outcome !== 'invalid' ? { outcome: 'unknown' } : answer;
    };
    expect(await first(pathsOnly(last))).toMatch(/while its table is empty \(aspa-C12\): accounts for every/);
  });

  it('overlooks a leak at the apex where the walls do not end the ramps', async () => {
    const late = (both: boolean): Partial<Kit> => ({
      decide(context) {
        const { maxDown, maxUp, minDown, minUp } = context.bounds;
        const searched = maxDown !== minDown && (!both || maxUp !== minUp);
        const apex = maxUp + maxDown === context.N - 1 && context.procedure === 'downstream';
        return searched && apex ? 'unknown' : kit.decide(context);
      },
    });
    expect(await first(pathsOnly(verifier(late(true))))).toMatch(/\(aspa-R12\): accounts for every answer/);
    expect(await first(pathsOnly(verifier(late(false))))).toMatch(/\(aspa-R12\): (\d+) of \1 predictions/);
    const walls = {
      asPath: [{ type: 'AS_SEQUENCE', asns: [5, 4, 3, 2, 1] }],
      neighborAs: 5,
      neighborRole: 'provider',
    };
    const table = (list: Readonly<Record<string, number>>): Fields => ({
      aspas: Object.entries(list).map(([customer, provider]) => ({
        customer: Number(customer),
        providers: [provider],
      })),
    });
    const ask = (list: Readonly<Record<string, number>>): unknown =>
      verifier(late(true))({ id: 'aspa/x', suite: 'aspa', op: 'verify-path', ...walls, ...table(list) })
        .outcome;
    expect(ask({ 1: 2, 2: 0, 4: 0, 5: 4 })).toBe('invalid');
    expect(ask({ 2: 0, 4: 0 })).toBe('unknown');
  });

  it('sorts providers by a difference that is signed', async () => {
    const sorted = (list: readonly number[]): number[] => {
      const order: number[] = [];
      for (const asn of list) {
        let at = order.length;
        while (at > 0 && ((order[at - 1] as number) - asn) >> 0 > 0) at--;
        order.splice(at, 0, asn);
      }
      return order;
    };
    const search = (order: (a: number, b: number) => number): Kit['holds'] => {
      return (list, asn) => {
        let rest = sorted(list);
        while (rest.length > 0) {
          const middle = rest.length >> 1;
          const found = order(asn, rest[middle] as number);
          if (found === 0) return true;
          rest = found < 0 ? rest.slice(0, middle) : rest.slice(middle + 1);
        }
        return false;
      };
    };
    const unsigned = search((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(await first(verifier({ holds: unsigned }))).toMatch(
      /comparator that subtracts as signed 32-bit.*\(aspa-T16\)/,
    );
    const signed = search((a, b) => (a - b) >> 0);
    expect(await first(verifier({ holds: signed }))).toMatch(
      /comparator that subtracts as signed 32-bit.*\(aspa-T17\)/,
    );
  });

  it('compares tables by customers in descending order and the flattened providers', async () => {
    const program: Program = (request) => {
      if (request.op !== 'compare-tables') return UNSUPPORTED;
      const flat = (table: unknown): string => {
        const list = [...(table as { readonly customer: number; readonly providers: readonly number[] }[])];
        list.sort((a, b) => b.customer - a.customer);
        return JSON.stringify([
          list.map(({ customer }) => customer),
          list.flatMap(({ providers }) => providers),
        ]);
      };
      const equal = right(request).equal;
      return { equal: equal === true || flat(request.first) === flat(request.second) };
    };
    expect(await first(program)).toMatch(/in descending order .*\(aspa-X1b\): accounts for every answer/);
  });

  it('accepts a path of one AS before it compares the neighbour', async () => {
    const program: Program = (request) => {
      const path = request.asPath as readonly { readonly asns: readonly number[]; readonly type: string }[];
      const one = path.length === 1 && path[0]?.type === 'AS_SEQUENCE' && path[0].asns.length === 1;
      return one ? { outcome: 'valid' } : right(request);
    };
    expect(await first(pathsOnly(program))).toMatch(
      /a path of one AS before .*\(aspa-C11\): accounts for every answer/,
    );
  });

  it('counts Signature Segments in 8 bits', async () => {
    const asMany = (one: number, other: number): boolean => new Uint8Array([one])[0] === other;
    const counts: Parts['counts'] = ({ blocks, segments }) =>
      blocks.every(({ signatures }) => asMany(signatures.length, segments.length));
    const program: Program = (request) => answerBgpsecWith({ ...RIGHT, counts }, request);
    const exact = [
      expect.stringMatching(/counts Signature Segments in 8 bits.*: accounts for every answer$/),
    ];
    expect(await named('bgpsec', program)).toEqual(exact);
    // The same, called Not Valid instead of malformed.
    const notValid: Program = (request) => {
      const answer = program(request);
      const correct = bgpsecKit.answer(request);
      return JSON.stringify(answer) === JSON.stringify(correct) ? correct : { verdict: 'not-valid' };
    };
    expect(await named('bgpsec', notValid)).toEqual(exact);
  });

  it('drops VRPs shorter than /8 and /12', async () => {
    const program: Program = (request) => {
      if (request.op !== 'validate-origin') return UNSUPPORTED;
      const vrps = (request.vrps as readonly Fields[]).filter(
        ({ prefix }) => Number(String(prefix).split('/')[1]) >= (String(prefix).includes(':') ? 12 : 8),
      );
      return rovKit.answer({ ...request, vrps });
    };
    expect(await named('rov', program)).toEqual([
      expect.stringMatching(/drops VRPs shorter than .* \(rov-short-dropped\): accounts for every answer/),
    ]);
    for (const validity of ['valid', 'invalid', 'not-found']) {
      const always: Program = ({ op }) => (op === 'validate-origin' ? { validity } : UNSUPPORTED);
      const [line] = await named('rov', always);
      expect(line).toContain(
        `answers ${validity} to every route (rov-always-${validity}): accounts for every answer`,
      );
    }
  });
});
