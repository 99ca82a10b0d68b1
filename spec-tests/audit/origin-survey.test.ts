import fc from 'fast-check';
import { createOriginSurvey, MAX_MINIMAL, type OriginSurveyReport } from 'pathsec/audit';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { route } from './build.js';

type VrpText = readonly [prefix: string, maxLength: number, asn: number];

function surveyOf(
  routes: readonly (readonly [prefix: string, path: string])[],
  vrps: readonly VrpText[],
): OriginSurveyReport {
  const rov = createRovTable(
    vrps.map(([prefix, maxLength, asn]) => ({ prefix: parsePrefix(prefix), maxLength, asn })),
  );
  const survey = createOriginSurvey({ rov });
  for (const [prefix, path] of routes) survey.add(route(prefix, path, 9));
  return survey.report();
}

describe('VRPs held against routes (docs/decisions/rov.md D-rov-suggest)', () => {
  it('a maxLength that permits more than is announced is loose (RFC 9319 §5)', () => {
    const report = surveyOf(
      [
        ['10.0.0.0/16', '9 1'],
        ['10.0.128.0/17', '9 1'],
        ['10.0.0.0/17', '9 2'],
      ],
      [['10.0.0.0/16', 18, 1]],
    );
    expect([...report.loose]).toEqual([
      {
        ...{ asn: 1, prefix: '10.0.0.0/16', maxLength: 18, permitted: 7, announced: 2, longest: 17 },
        minimal: ['10.0.0.0/16', '10.0.128.0/17'],
      },
    ]);
  });

  it('it is not where all that it permits is announced', () => {
    const all = ['10.0.0.0/16', '10.0.0.0/17', '10.0.128.0/17'].map((prefix) => [prefix, '9 1'] as const);
    expect(surveyOf(all, [['10.0.0.0/16', 17, 1]]).loose).toHaveLength(0);
    expect(surveyOf(all.slice(1), [['10.0.0.0/16', 17, 1]]).loose).toHaveLength(1);
    expect(surveyOf(all.slice(0, 1), [['10.0.0.0/16', 16, 1]]).loose).toHaveLength(0);
  });

  it('announced prefixes that are covered and not matched', () => {
    const report = surveyOf(
      [
        ['10.0.1.0/24', '9 1'],
        ['10.0.2.0/24', '9 2'],
        ['10.1.0.0/16', '9 2'],
      ],
      [['10.0.0.0/16', 16, 1]],
    );
    const vrps = [{ asn: 1, prefix: '10.0.0.0/16', maxLength: 16 }];
    expect([...report.covered]).toEqual([
      { prefix: '10.0.1.0/24', origin: 1, reason: 'length', vrps },
      { prefix: '10.0.2.0/24', origin: 2, reason: 'as', vrps },
    ]);
  });

  it.each<[string, readonly (readonly [string, string])[], string | undefined]>([
    ['unannounced', [['10.1.0.0/16', '9 1']], 'unannounced'],
    ['other-origin', [['10.0.5.0/24', '9 2']], 'other-origin'],
    ['too-long', [['10.0.5.0/24', '9 1']], 'too-long'],
    ['used', [['10.0.0.0/16', '9 1']], undefined],
  ])('a VRP that nothing uses: %s', (_, routes, kind) => {
    const report = surveyOf(routes, [['10.0.0.0/16', 16, 1]]);
    expect([...report.unused].map((one) => one.kind)).toEqual(kind === undefined ? [] : [kind]);
  });

  it('AS 0 is meant to match nothing', () => {
    expect(surveyOf([], [['10.0.0.0/16', 32, 0]])).toMatchObject({
      unused: { length: 0 },
      loose: { length: 0 },
    });
  });

  it('a VRP within another of its AS is needless', () => {
    const vrps: VrpText[] = [
      ['10.0.0.0/16', 24, 1],
      ['10.0.1.0/24', 24, 1],
      ['10.0.1.0/24', 24, 2],
      ['10.0.2.0/24', 25, 1],
    ];
    expect([...surveyOf([], vrps).needless]).toEqual([
      {
        asn: 1,
        prefix: '10.0.1.0/24',
        maxLength: 24,
        within: { asn: 1, prefix: '10.0.0.0/16', maxLength: 24 },
      },
    ]);
  });

  it.each<[string, VrpText[]]>([
    ['not-found', []],
    [
      'all-valid',
      [
        ['10.0.0.0/16', 16, 1],
        ['10.0.0.0/16', 16, 2],
      ],
    ],
    ['some-invalid', [['10.0.0.0/16', 16, 1]]],
    ['all-invalid', [['10.0.0.0/16', 16, 3]]],
  ])('several origins: %s', (kind, vrps) => {
    const report = surveyOf(
      [
        ['10.0.0.0/16', '9 1'],
        ['10.0.0.0/16', '9 2'],
        ['10.2.0.0/16', '9 2'],
      ],
      vrps,
    );
    expect([...report.moas]).toMatchObject([{ prefix: '10.0.0.0/16', kind, adjacent: false }]);
    expect(report.moasKinds).toMatchObject({ [kind]: 1 });
    expect(report.announced).toEqual({ pairs: 3, prefixes: 2 });
  });

  it('origins that stand side by side are told', () => {
    const report = surveyOf(
      [
        ['10.0.0.0/16', '9 2 1 1'],
        ['10.0.0.0/16', '9 2'],
      ],
      [],
    );
    expect([...report.moas][0]?.adjacent).toBe(true);
  });

  it('routes without origin are counted only, and lists are bounded', () => {
    expect(surveyOf([['10.0.0.0/16', '9 {1,2}']], [])).toMatchObject({
      withoutOrigin: 1,
      announced: { pairs: 0 },
    });
    const many = Array.from({ length: MAX_MINIMAL + 5 }, (_, i) => [`10.0.${i}.0/24`, '9 1'] as const);
    const [loose] = surveyOf(many, [['10.0.0.0/16', 24, 1]]).loose;
    expect([loose?.announced, loose?.minimal.length]).toEqual([MAX_MINIMAL + 5, MAX_MINIMAL]);
  });

  it('many VRPs of one prefix give what few do', () => {
    const vrps = Array.from({ length: 60 }, (_, i): VrpText => ['10.0.0.0/16', 16, i + 1]);
    const report = surveyOf(
      [
        ['10.0.0.0/16', '9 50'],
        ['10.0.0.0/24', '9 51'],
      ],
      vrps,
    );
    expect(report.unused).toHaveLength(59);
    expect([...report.unused].filter(({ kind }) => kind === 'too-long').map(({ asn }) => asn)).toEqual([51]);
  });
});

const prefix = fc.constantFrom(
  '10.0.0.0/15',
  '10.0.0.0/16',
  '10.1.0.0/16',
  '10.0.0.0/17',
  '2001:db8::/32',
  '2001:db8::/33',
);
const asn = fc.integer({ min: 1, max: 3 });

describe('against the plain reading of each definition', () => {
  it('covered and unused are what validateOrigin says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            prefix,
            asn.map((origin) => `9 ${origin}`),
          ),
          { maxLength: 8 },
        ),
        fc.uniqueArray(fc.tuple(prefix, fc.integer({ min: 0, max: 2 }), asn), { maxLength: 6 }),
        (routes, drawn) => {
          const vrps = drawn.map(
            ([text, more, origin]): VrpText => [text, parsePrefix(text).length + more, origin],
          );
          const report = surveyOf(routes, vrps);
          const values = vrps.map(([text, maxLength, origin]) => ({
            prefix: parsePrefix(text),
            maxLength,
            asn: origin,
          }));
          const pairs = [...new Set(routes.map(([text, path]) => `${text} ${path.slice(2)}`))];
          const judged = (table: typeof values) =>
            pairs.map((pair) => {
              const [text = '', origin] = pair.split(' ');
              return validateOrigin(createRovTable(table), parsePrefix(text), Number(origin));
            });
          const invalid = judged(values).flatMap((validity, i) => (validity === 'invalid' ? [pairs[i]] : []));
          expect([...report.covered].map(({ prefix: text, origin }) => `${text} ${origin}`).sort()).toEqual(
            invalid.sort(),
          );
          const unused = values.filter((vrp) => !judged([vrp]).includes('valid'));
          const name = (one: { prefix: string; maxLength: number; asn: number }) =>
            `${one.prefix} ${one.maxLength} ${one.asn}`;
          expect([...report.unused].map(name).sort()).toEqual(
            [...new Set(unused.map((vrp) => name({ ...vrp, prefix: formatPrefix(vrp.prefix) })))].sort(),
          );
        },
      ),
    );
  });
});
