import { createAspaTable, type Evidence, type VerificationContext, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';

const FIGURE = '64496:{64498,64499} 64497:{64500} 64498:{64501} 64499:{64501,64502} 64502:{0}';

function explain(aspaText: string, pathText: string, input: VerificationContext): Evidence {
  return verifyAsPath(createAspaTable(aspas(aspaText)), { asPath: path(pathText), ...input });
}

describe('evidence (draft-28 §6.6)', () => {
  it('is complete for an invalid path from a customer', () => {
    requirement('aspa-28:5.2:origin-is-as1', 'aspa-28:6.6:log-cause-of-invalid');
    const evidence = explain(FIGURE, '64499 64499 64498 64496', {
      neighborAs: 64499,
      neighborRole: 'customer',
    });
    expect(evidence).toEqual({
      outcome: 'invalid',
      step: 4,
      reason: 'not-provider',
      procedure: 'upstream',
      procedureReason: 'neighbor-role',
      section: '5.5',
      revision: '28',
      neighborAs: 64499,
      neighborRole: 'customer',
      neighborCheck: 'match',
      asPath: [{ type: 2, asns: [64499, 64499, 64498, 64496] }],
      compressedAsPath: [64499, 64498, 64496],
      n: 3,
      hops: [
        { index: 1, lower: 64496, upper: 64498, up: 'provider+', down: 'not-provider+' },
        { index: 2, lower: 64498, upper: 64499, up: 'not-provider+', down: 'not-provider+' },
      ],
      ramps: { maxUpRamp: 2, minUpRamp: 2, maxDownRamp: 0, minDownRamp: 0 },
      notProviderHops: [{ index: 2, direction: 'up', customer: 64498, provider: 64499, bounds: 'maxUpRamp' }],
      unattested: [],
      sums: {
        step4: { up: 2, down: 0, sum: 2, n: 3, below: true },
        step5: { up: 2, down: 0, sum: 2, n: 3, below: true },
      },
      warnings: [],
    });
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
  });

  it('names both walls downstream, and every other not-provider+ hop of either direction', () => {
    requirement('aspa-28:6.6:log-cause-of-invalid');
    const evidence = explain(FIGURE, '64500 64502 64499 64498 64496', {
      neighborAs: 64500,
      neighborRole: 'provider',
    });
    expect(evidence).toMatchObject({ outcome: 'invalid', step: 4, section: '5.6' });
    const lines = evidence.notProviderHops.map(
      (h) => `${h.index} ${h.direction} ${h.customer} ${h.provider} ${h.bounds}`,
    );
    expect(lines).toEqual([
      '1 down 64498 64496 null',
      '2 up 64498 64499 maxUpRamp',
      '2 down 64499 64498 null',
      '3 down 64502 64499 maxDownRamp',
      '4 up 64502 64500 null',
    ]);
    expect(evidence.unattested).toEqual([{ index: 4, direction: 'down', asn: 64500, bounds: 'minDownRamp' }]);
  });

  it('names the ASes whose missing entries made the outcome unknown', () => {
    const evidence = explain('1:{2}', '4 3 2 1', { neighborAs: 4, neighborRole: 'provider' });
    expect(evidence).toMatchObject({ outcome: 'unknown', step: 5, reason: 'no-attestation' });
    expect(evidence.unattested).toEqual([
      { index: 2, direction: 'up', asn: 2, bounds: 'minUpRamp' },
      { index: 3, direction: 'down', asn: 4, bounds: 'minDownRamp' },
    ]);
    expect(evidence.sums?.step5).toEqual({ up: 2, down: 1, sum: 3, n: 4, below: true });
  });

  it('recomputes: the bounding hops are those of the ramps', () => {
    const evidence = explain('1:{2} 2:{0} 4:{0} 5:{4}', '5 4 3 2 1', {
      neighborAs: 5,
      neighborRole: 'provider',
    });
    const bounding = evidence.notProviderHops.filter(({ bounds }) => bounds !== null);
    expect(bounding.map(({ index, direction }) => `${index} ${direction}`)).toEqual(['2 up', '3 down']);
  });

  it('has no hops, ramps or blame for halts at steps 1 to 3', () => {
    requirement('!aspa-28:6.6:log-cause-of-invalid');
    const halts = [
      explain('1:{0}', '-', { neighborAs: 2, neighborRole: 'provider' }),
      explain('1:{0}', '3 2 1', { neighborAs: 9, neighborRole: 'customer' }),
      explain('1:{0}', '3 {2} 1', { neighborAs: 3, neighborRole: 'customer' }),
      explain('1:{0}', '(3) 2 1', { neighborAs: 3, neighborRole: 'customer' }),
      explain('1:{0}', '3 [2 5] 1', { neighborAs: 3, neighborRole: 'customer' }),
    ];
    expect(halts.map(({ step, reason }) => `${step} ${reason}`)).toEqual([
      '1 empty-as-path',
      '2 neighbor-as-mismatch',
      '3 as-set',
      '3 as-confed-sequence',
      '3 as-confed-set',
    ]);
    for (const halt of halts) {
      expect(halt).toMatchObject({ outcome: 'invalid', n: null, ramps: null, sums: null });
      expect([halt.hops, halt.notProviderHops, halt.unattested, halt.compressedAsPath]).toEqual([
        [],
        [],
        [],
        [],
      ]);
    }
  });
});

describe('what the text leaves open (docs/decisions/aspa.md)', () => {
  const codes = (evidence: Evidence): string[] => evidence.warnings.map(({ code }) => code);

  it('a leading AS_SET passes over step 2 and halts at step 3', () => {
    const evidence = explain('-', '{2,3} 1', { neighborAs: 9, neighborRole: 'customer' });
    expect(evidence).toMatchObject({ step: 3, reason: 'as-set', neighborCheck: 'skipped' });
    expect(codes(evidence)).toEqual(['neighbor-check-skipped']);
  });

  it('an empty segment before the first AS is passed over; segments without any AS are an empty path', () => {
    const asPath = [
      { type: 2 as const, asns: [] },
      { type: 2 as const, asns: [2, 1] },
    ];
    const table = createAspaTable(aspas('1:{2}'));
    expect(verifyAsPath(table, { asPath, neighborAs: 2, neighborRole: 'peer' })).toMatchObject({
      outcome: 'valid',
    });
    expect(verifyAsPath(table, { asPath: path('{}'), neighborAs: 2, neighborRole: 'peer' })).toMatchObject({
      step: 1,
    });
    expect(
      verifyAsPath(table, { asPath: path('2 1 {}'), neighborAs: 2, neighborRole: 'peer' }),
    ).toMatchObject({ step: 3 });
  });

  it('AS 0 is nobody’s provider, and gets a warning', () => {
    requirement('!aspa-28:4:as0-beside-others');
    const evidence = explain('1:{0,2} 2:{0}', '2 0 1', { neighborAs: 2, neighborRole: 'customer' });
    expect(evidence.hops[0]).toMatchObject({
      lower: 1,
      upper: 0,
      up: 'not-provider+',
      down: 'no-attestation',
    });
    expect(codes(evidence)).toEqual(['as-0-in-path', 'table-note']);
  });

  it('AS_TRANS is an ordinary ASN with a warning', () => {
    const evidence = explain('1:{23456}', '23456 1', { neighborAs: 23456, neighborRole: 'customer' });
    expect(evidence.outcome).toBe('valid');
    expect(codes(evidence)).toEqual(['as-trans-in-path']);
  });

  it('an unknown neighbour AS leaves step 2 out and says so', () => {
    const evidence = explain('1:{2}', '2 1', { neighborRole: 'customer' });
    expect(evidence).toMatchObject({ outcome: 'valid', neighborAs: null, neighborCheck: 'skipped' });
    expect(codes(evidence)).toEqual(['neighbor-check-skipped']);
  });

  it('a route server that has to lead the path can be named', () => {
    const input = { neighborAs: 9, neighborRole: 'rs', routeServerAs: 9 } as const;
    expect(explain('1:{9}', '9 1', input)).toMatchObject({ outcome: 'valid', neighborCheck: 'match' });
    expect(explain('1:{2}', '2 1', input)).toMatchObject({ outcome: 'invalid', step: 2 });
    expect(explain('1:{2}', '2 1', { neighborAs: 9, neighborRole: 'rs' })).toMatchObject({
      outcome: 'valid',
      neighborCheck: 'exempt',
    });
  });

  it('says in words what a warning is about', () => {
    const messages = (aspaText: string, pathText: string, input: VerificationContext) =>
      explain(aspaText, pathText, input).warnings.map(({ message }) => message);
    const customer = { neighborAs: 2, neighborRole: 'customer' } as const;
    expect(messages('1:{2}', '2 1', { neighborRole: 'customer' })).toEqual([
      expect.stringMatching(/neighbour AS is not known/),
    ]);
    expect(messages('1:{2}', '{2} 1', customer)).toEqual([expect.stringMatching(/no AS_SEQUENCE leads/)]);
    expect(messages('1:{2}', '2 1', { neighborAs: 2, neighborRole: 'complex' })).toEqual([
      expect.stringMatching(/downstream procedure was applied/),
    ]);
    expect(messages('1:{2}', '2 0 1', customer)).toContainEqual(expect.stringMatching(/AS 0 .*RFC 7607/));
    expect(messages('1:{2}', '2 23456 1', customer)).toContainEqual(expect.stringMatching(/AS_TRANS/));
    expect(messages('1:{2,0}', '2 1', customer)).toEqual([expect.stringMatching(/^AS1: .*\b(AS )?0\b/)]);
    expect(messages('1:{1,2}', '2 1', customer)).toEqual([expect.stringMatching(/^AS1: .*itself/)]);
    expect(messages('1:{}', '2 1', customer)).toEqual([expect.stringMatching(/^AS1: .*empty provider list/)]);
    expect(messages('0:{1}', '2 0 1', customer)).toContainEqual(expect.stringMatching(/^AS0: .*refused/));
  });

  it('gives each halt its step and reason, in both procedures', () => {
    const halt = (aspaText: string, pathText: string, neighborRole: 'customer' | 'provider') => {
      const neighborAs = path(pathText)[0]?.asns[0] ?? 1;
      const { outcome, step, reason } = explain(aspaText, pathText, { neighborAs, neighborRole });
      return [outcome, step, reason];
    };
    expect(halt('1:{0}', '2 1', 'customer')).toEqual(['invalid', 4, 'not-provider']);
    expect(halt('-', '2 1', 'customer')).toEqual(['unknown', 5, 'no-attestation']);
    expect(halt('1:{2}', '2 1', 'customer')).toEqual(['valid', 6, 'covered']);
    expect(halt('1:{0} 2:{0} 3:{0}', '3 2 1', 'provider')).toEqual(['invalid', 4, 'not-provider']);
    expect(halt('-', '3 2 1', 'provider')).toEqual(['unknown', 5, 'no-attestation']);
    expect(halt('1:{2}', '3 2 1', 'provider')).toEqual(['valid', 6, 'covered']);
    expect(halt('-', '(1)', 'customer')).toEqual(['invalid', 3, 'as-confed-sequence']);
    expect(halt('-', '[1]', 'customer')).toEqual(['invalid', 3, 'as-confed-set']);
    expect(halt('-', '{1}', 'provider')).toEqual(['invalid', 3, 'as-set']);
  });

  it('looks for the most recently added AS behind segments without any', () => {
    const table = createAspaTable(aspas('1:{2}'));
    const asPath = [{ type: 2 as const, asns: [] }, ...path('2 1')];
    const verify = (neighborAs: number) =>
      verifyAsPath(table, { asPath, neighborAs, neighborRole: 'customer' });
    expect(verify(2)).toMatchObject({ outcome: 'valid', neighborCheck: 'match' });
    expect(verify(9)).toMatchObject({ outcome: 'invalid', step: 2, neighborCheck: 'mismatch' });
  });

  it('numbers that are no ASN are misuse', () => {
    for (const wrong of [-1, 4_294_967_296, 1.5]) {
      const table = createAspaTable([]);
      const asPath = [{ type: 2 as const, asns: [wrong] }];
      expect(() => verifyAsPath(table, { asPath, procedure: 'upstream' })).toThrow(RangeError);
      expect(() => explain('-', '1', { procedure: 'upstream', neighborAs: wrong })).toThrow(RangeError);
    }
  });
});

describe('which procedure (draft-28 §5.5, §5.6, §6.4)', () => {
  it('follows the role of the neighbour', () => {
    requirement(
      'aspa-28:5.5:from-customer',
      'aspa-28:5.5:from-peer',
      'aspa-28:5.5:from-rs-client',
      'aspa-28:5.5:from-rs',
    );
    const chosen = (['provider', 'customer', 'peer', 'rs', 'rs-client'] as const).map(
      (neighborRole) => explain('-', '1', { neighborAs: 1, neighborRole }).procedure,
    );
    expect(chosen).toEqual(['downstream', 'upstream', 'upstream', 'upstream', 'upstream']);
  });

  it('a complex neighbour: as the caller segregates, else downstream with a warning', () => {
    requirement('aspa-28:6.4:segregated-sessions', 'aspa-28:6.4:downstream-where-not-segregated');
    const complex = { neighborAs: 2, neighborRole: 'complex' } as const;
    expect(explain('1:{0}', '2 1', { ...complex, procedure: 'upstream' })).toMatchObject({
      outcome: 'invalid',
      procedureReason: 'complex-segregated',
      warnings: [],
    });
    expect(explain('1:{0}', '2 1', complex)).toMatchObject({
      outcome: 'valid',
      procedure: 'downstream',
      procedureReason: 'complex-fallback',
      warnings: [{ code: 'complex-fallback' }],
    });
  });

  it('a procedure without a role is the caller’s; neither has no default; contradictions are misuse', () => {
    expect(explain('1:{0}', '2 1', { procedure: 'downstream' })).toMatchObject({ procedureReason: 'caller' });
    expect(() => explain('-', '1', {} as VerificationContext)).toThrow(TypeError);
    expect(() => explain('-', '1', { neighborRole: 'customer', procedure: 'downstream' })).toThrow(TypeError);
    expect(() => explain('-', '1', { neighborRole: 'sibling' as 'peer' })).toThrow(TypeError);
    expect(() => explain('-', '1', { procedure: 'sideways' as 'upstream' })).toThrow(TypeError);
  });
});
