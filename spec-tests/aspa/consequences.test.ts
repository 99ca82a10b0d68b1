import {
  chooseProcedure,
  compressAsPath,
  createAspaTable,
  DEFAULT_MAX_PROVIDERS,
  fastVerifyAsPath,
  fastVerifyProcedure,
  verifyAsPath,
} from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';

describe('consequences of draft-28 §5.2 to §5.6', () => {
  const both = (table: ReturnType<typeof createAspaTable>, text: string, role: 'customer' | 'provider') => {
    const asPath = path(text);
    const input = { asPath, neighborRole: role, neighborAs: asPath[0]?.asns[0] ?? 1 };
    const { outcome, step } = verifyAsPath(table, input);
    expect(fastVerifyAsPath(table, input)).toBe(outcome);
    return { outcome, step };
  };

  it('an empty table: valid for one AS and for two downstream, unknown for the rest, invalid at steps 1 to 3', () => {
    const table = createAspaTable([]);
    expect(both(table, '1', 'customer')).toEqual({ outcome: 'valid', step: 6 });
    expect(both(table, '1', 'provider')).toEqual({ outcome: 'valid', step: 6 });
    expect(both(table, '2 1', 'provider')).toEqual({ outcome: 'valid', step: 6 });
    expect(both(table, '2 1', 'customer')).toEqual({ outcome: 'unknown', step: 5 });
    expect(both(table, '3 2 1', 'customer')).toEqual({ outcome: 'unknown', step: 5 });
    expect(both(table, '3 2 1', 'provider')).toEqual({ outcome: 'unknown', step: 5 });
    expect(both(table, '-', 'provider')).toEqual({ outcome: 'invalid', step: 1 });
    expect(both(table, '2 {1}', 'provider')).toEqual({ outcome: 'invalid', step: 3 });
    const wrong = { asPath: path('2 1'), neighborAs: 9, neighborRole: 'customer' } as const;
    expect(verifyAsPath(table, wrong)).toMatchObject({ outcome: 'invalid', step: 2 });
  });

  it('an AS_SET of any size, anywhere, is invalid, also next to a wrong neighbour', () => {
    requirement('aspa-28:5.5:step-3', 'aspa-28:5.6:step-3');
    const table = createAspaTable(aspas('1:{2} 2:{3}'));
    const big = `{${Array.from({ length: 200 }, (_, i) => i + 10).join(',')}}`;
    for (const text of ['{1}', '{3} 2 1', '3 {2} 1', '3 2 {1}', '3 2 {1,7}', `3 2 ${big}`, `${big} 2 1`]) {
      expect(both(table, text, 'customer')).toEqual({ outcome: 'invalid', step: 3 });
      expect(both(table, text, 'provider')).toEqual({ outcome: 'invalid', step: 3 });
    }
    const wrong = { asPath: path('3 {2} 1'), neighborAs: 9, neighborRole: 'peer' } as const;
    expect(verifyAsPath(table, wrong)).toMatchObject({ outcome: 'invalid', step: 2 });
    expect(fastVerifyAsPath(table, wrong)).toBe('invalid');
  });

  it('600 distinct ASes in three segments equal the same path in one list', () => {
    requirement('aspa-28:5.2:across-segments');
    const asns = Array.from({ length: 600 }, (_, i) => 600 - i);
    const table = createAspaTable(
      asns.map((asn) => ({ customer: asn, providers: asn === 300 ? [0] : [asn + 1, asn - 1] })),
    );
    const whole = [{ type: 2 as const, asns }];
    const parts = [0, 255, 510].map((from, i) => ({
      type: 2 as const,
      asns: asns.slice(from, [255, 510, 600][i]),
    }));
    for (const neighborRole of ['customer', 'provider'] as const) {
      const one = verifyAsPath(table, { asPath: whole, neighborRole, neighborAs: 600 });
      const three = verifyAsPath(table, { asPath: parts, neighborRole, neighborAs: 600 });
      expect(one.n).toBe(600);
      expect({ ...three, asPath: null }).toEqual({ ...one, asPath: null });
      expect(fastVerifyAsPath(table, { asPath: parts, neighborRole })).toBe(one.outcome);
    }
  });
});

describe('the parts by themselves', () => {
  it('compressAsPath drops consecutive repeats only, also across segments (draft-28 §5.2)', () => {
    requirement('aspa-28:5.2:consecutive-duplicates');
    expect(compressAsPath(path('3 3 2 / 2 2 3 1 1'))).toEqual([3, 2, 3, 1]);
    expect(compressAsPath(path('-'))).toEqual([]);
  });

  it('chooseProcedure tells how it chose', () => {
    expect(chooseProcedure('provider', undefined)).toEqual({
      procedure: 'downstream',
      reason: 'neighbor-role',
    });
    expect(chooseProcedure('complex', undefined)).toEqual({
      procedure: 'downstream',
      reason: 'complex-fallback',
    });
  });

  it('fastVerifyProcedure answers for one procedure; no AS at all is invalid', () => {
    const table = createAspaTable(aspas('1:{0}'));
    expect(fastVerifyProcedure(table, 'upstream', [9, 2, 1], 1, 2)).toBe('invalid');
    expect(fastVerifyProcedure(table, 'downstream', [9, 2, 1], 1, 2)).toBe('valid');
    expect(fastVerifyProcedure(table, 'downstream', [], 0, 0)).toBe('invalid');
  });

  it('the limit of providers is 10,000 unless told', () => {
    requirement('aspa-profile:5.5:upper-bound');
    expect(DEFAULT_MAX_PROVIDERS).toBe(10_000);
    expect(createAspaTable([]).maxProviders).toBe(10_000);
  });
});
