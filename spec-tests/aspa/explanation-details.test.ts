import { createAspaTable, formatExplanation, type VerificationContext, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { aspas, path } from './notation.js';

function text(aspaText: string, pathText: string, input: VerificationContext): string[] {
  const table = createAspaTable(aspas(aspaText));
  return formatExplanation(verifyAsPath(table, { asPath: path(pathText), ...input })).split('\n');
}

const customer = { neighborAs: 5, neighborRole: 'customer' } as const;
const provider = { neighborAs: 5, neighborRole: 'provider' } as const;

describe('the drawing', () => {
  it('marks unattested hops below a wall, and what lies beyond it (draft-28 §5.4)', () => {
    expect(text('1:{2} 3:{0}', '5 4 3 2 1', customer).slice(4, 13)).toEqual([
      'A(5)   5         neighbour, beyond the up-ramp',
      '        :        beyond the up-ramp',
      'A(4)   4         beyond the up-ramp',
      '            X    3 -> 4  not-provider+  < ends the up-ramp',
      'A(3)       3     top of the up-ramp',
      '            ?    2 -> 3  no-attestation',
      'A(2)     2',
      '          /      1 -> 2  provider+',
      'A(1)   1         origin',
    ]);
  });

  it('marks what lies between two ramps that do not meet', () => {
    const lines = text('1:{0} 2:{0} 4:{0} 5:{0}', '5 4 3 2 1', provider);
    expect(lines.slice(4, 13)).toEqual([
      'A(5)   5     neighbour, top of the down-ramp',
      '        X    5 -> 4  not-provider+  < ends the down-ramp',
      'A(4)   4     on neither ramp',
      '        :    between the ramps',
      'A(3)   3     on neither ramp',
      '        :    between the ramps',
      'A(2)   2     on neither ramp',
      '        X    1 -> 2  not-provider+  < ends the up-ramp',
      'A(1)   1     origin, top of the up-ramp',
    ]);
    expect(lines.slice(14, 18)).toEqual([
      'hop 1      1 -> 2  not-provider+ <    2 -> 1  not-provider+',
      'hop 2      2 -> 3  not-provider+      3 -> 2  no-attestation',
      'hop 3      3 -> 4  no-attestation     4 -> 3  not-provider+',
      'hop 4      4 -> 5  not-provider+      5 -> 4  not-provider+ <',
    ]);
    expect(lines).toContain('ramps      max-up 1   min-up 1   max-down 1   min-down 1   of 5');
  });

  it('of a single AS has no hop', () => {
    expect(text('-', '1', { neighborAs: 1, neighborRole: 'customer' })).toEqual([
      'path       1                1 AS, origin AS1',
      'neighbour  AS1, customer    upstream, draft-28 section 5.5',
      '',
      'ramps climb to the right;  X contradicts an attestation;  ? is attested by nobody',
      'A(1)   1    neighbour, origin, top of the up-ramp',
      '',
      'ramps      max-up 1   min-up 1   of 1',
      'valid      step 6: min-up 1 >= 1',
      '           the path is one AS, and has no hop to attest',
      '',
    ]);
  });

  it('of an unknown path marks the hops whose attestation is missing, and gives no caution', () => {
    const lines = text('1:{2} 5:{4}', '5 4 3 2 1', provider);
    expect(lines.slice(14)).toEqual([
      'hop 1      1 -> 2  provider+           2 -> 1  no-attestation',
      'hop 2      2 -> 3  no-attestation <    3 -> 2  no-attestation',
      'hop 3      3 -> 4  no-attestation      4 -> 3  no-attestation <',
      'hop 4      4 -> 5  no-attestation      5 -> 4  provider+',
      'ramps      max-up 5   min-up 2   max-down 5   min-down 2   of 5',
      'unknown    step 5: min-up 2 + min-down 2 = 4 < 5',
      '           it could be valid: AS2 and AS4 have no ASPA',
      '',
    ]);
  });
});

describe('the other halts', () => {
  it.each([
    ['{1,2}', 'the AS_PATH has an AS_SET'],
    ['(1 2)', 'the AS_PATH has an AS_CONFED_SEQUENCE'],
    ['[1 2]', 'the AS_PATH has an AS_CONFED_SET'],
  ])('step 3: %s', (segment, words) => {
    expect(text('-', `5 ${segment}`, customer)[2]).toBe(`invalid    step 3: ${words}`);
  });
});

describe('the evidence of an unattested AS (draft-28 §5.4)', () => {
  it('names no AS where a minimum ramp ends at a contradicted hop', () => {
    const table = createAspaTable(aspas('1:{2} 3:{0} 4:{0} 5:{4}'));
    const { ramps, unattested } = verifyAsPath(table, { asPath: path('5 4 3 2 1'), ...provider });
    expect(ramps).toMatchObject({ minUpRamp: 2, minDownRamp: 2 });
    expect(unattested.map(({ asn, direction }) => `AS${asn} ${direction}`)).toEqual(['AS2 up']);
  });
});
