import { createAspaTable, formatExplanation, type VerificationContext, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';
import { payloadsOf, states } from './states.js';

const FIGURE = '64496:{64498,64499} 64497:{64500} 64498:{64501} 64499:{64501,64502} 64502:{0}';

function text(aspaText: string, pathText: string, input: VerificationContext): string[] {
  const table = createAspaTable(aspas(aspaText));
  return formatExplanation(verifyAsPath(table, { asPath: path(pathText), ...input })).split('\n');
}

describe('the explanation as text', () => {
  it('upstream: shows where the only ramp broke', () => {
    expect(text(FIGURE, '64499 64498 64496', { neighborAs: 64499, neighborRole: 'customer' })).toEqual([
      'path       64499 64498 64496    3 ASes, origin AS64496',
      'neighbour  AS64499, customer    upstream, draft-28 section 5.5',
      '',
      'ramps climb to the right;  X contradicts an attestation;  ? is attested by nobody',
      'A(3)   64499      neighbour, beyond the up-ramp',
      '          X       64498 -> 64499  not-provider+  < ends the up-ramp',
      'A(2)     64498    top of the up-ramp',
      '          /       64496 -> 64498  provider+',
      'A(1)   64496      origin',
      '',
      'hop 1      64496 -> 64498  provider+          (64498 -> 64496  not-provider+)',
      'hop 2      64498 -> 64499  not-provider+ <    (64499 -> 64498  not-provider+)',
      'ramps      max-up 2   min-up 2   of 3',
      'invalid    step 4: max-up 2 < 3',
      '           the up-ramp ends at AS64498: 2 of 3 ASes',
      '           A not-provider+ hop is where the path contradicts an attestation. It does not show who',
      '           caused it: another AS on the path may be at fault, and an incomplete ASPA looks the same.',
      '',
    ]);
  });

  it('downstream: shows both ramps and the two walls that face each other', () => {
    const lines = text('1:{2} 2:{0} 4:{0} 5:{4}', '5 4 3 2 1', { neighborAs: 5, neighborRole: 'provider' });
    expect(lines.slice(4, 13)).toEqual([
      'A(5)   5       neighbour',
      '          \\    5 -> 4  provider+',
      'A(4)     4     top of the down-ramp',
      '          X    4 -> 3  not-provider+  < ends the down-ramp',
      'A(3)   3       on neither ramp',
      '          X    2 -> 3  not-provider+  < ends the up-ramp',
      'A(2)     2     top of the up-ramp',
      '          /    1 -> 2  provider+',
      'A(1)   1       origin',
    ]);
    expect(lines).toContain('invalid    step 4: max-up 2 + max-down 2 = 4 < 5');
  });

  it('downstream: a valid path has its apex, with the level hop between', () => {
    const lines = text(FIGURE, '64499 64502 64500 64497', { neighborAs: 64499, neighborRole: 'provider' });
    expect(lines.slice(4, 11)).toEqual([
      'A(4)   64499      neighbour',
      '          \\       64499 -> 64502  provider+',
      'A(3)     64502    top of the down-ramp',
      '          |       64500 -- 64502  the one hop that may be level, attested or not',
      'A(2)     64500    top of the up-ramp',
      '          /       64497 -> 64500  provider+',
      'A(1)   64497      origin',
    ]);
    expect(lines).toContain('valid      step 6: min-up 2 + min-down 2 = 4 >= 4');
  });

  it('unknown: shows which attestations are missing', () => {
    const lines = text('-', '3 2 1', { neighborRole: 'provider', neighborAs: 3 });
    expect(lines).toContain('        ?    1 -> 2  no-attestation  < ends the up-ramp');
    expect(lines).toContain('        ?    3 -> 2  no-attestation  < ends the down-ramp');
    expect(lines).toContain('           it could be valid: AS1 and AS3 have no ASPA');
  });

  it('halts at steps 1 to 3 draw nothing', () => {
    expect(text('-', '-', { neighborAs: 2, neighborRole: 'peer' })).toEqual([
      'path       (empty)',
      'neighbour  AS2, peer    upstream, draft-28 section 5.5',
      'invalid    step 1: the AS_PATH holds no AS',
      '',
    ]);
    expect(text('-', '2 {1,4} (5 6) [7]', { neighborAs: 2, neighborRole: 'peer' })[0]).toBe(
      'path       2 {1,4} (5 6) [7]',
    );
    const wrong = text('-', '2 1', { neighborAs: 9, neighborRole: 'peer' });
    expect(wrong).toContain('invalid    step 2: the most recently added AS is not the neighbour AS AS9');
  });

  it('prints warnings, and never blames', () => {
    requirement('aspa-28:6.6:log-cause-of-invalid');
    const lines = text('1:{0}', '23456 1', { procedure: 'upstream' });
    expect(lines[1]).toContain('AS not known, role not given');
    expect(lines.filter((line) => line.startsWith('warning'))).toHaveLength(2);
    expect(lines.join(' ')).not.toMatch(/leaked by/i);
  });

  it('draws long ramps to scale', () => {
    const asns = Array.from({ length: 300 }, (_, i) => 300 - i);
    const table = createAspaTable(asns.map((asn) => ({ customer: asn, providers: [asn + 1] })));
    const asPath = [{ type: 2 as const, asns }];
    const drawing = formatExplanation(
      verifyAsPath(table, { asPath, neighborAs: 300, neighborRole: 'customer' }),
    );
    const drawn = drawing.split('\n').filter((line) => line.startsWith('A('));
    expect(drawn).toHaveLength(300);
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThan(80);
  });

  it('every drawing marks as many broken hops as the procedure needs', () => {
    let drawn = 0;
    for (let n = 1; n <= 5; n++) {
      for (const state of states(n)) {
        const table = createAspaTable(payloadsOf(state));
        for (const neighborRole of ['customer', 'provider'] as const) {
          const asPath = [{ type: 2 as const, asns: state.asns }];
          const evidence = verifyAsPath(table, { asPath, neighborAs: n, neighborRole });
          const lines = formatExplanation(evidence).split('\n');
          const walls = lines.filter((line) => / X .*< ends the (up|down)-ramp$/.test(line)).length;
          const levels = lines.filter((line) => line.includes('may be level')).length;
          expect(lines.filter((line) => line.startsWith('A('))).toHaveLength(n);
          if (evidence.outcome === 'invalid') expect(walls).toBe(neighborRole === 'customer' ? 1 : 2);
          if (evidence.outcome === 'valid') expect(walls).toBe(0);
          if (neighborRole === 'customer' || evidence.outcome !== 'valid') expect(levels).toBe(0);
          else expect(levels).toBeLessThanOrEqual(1);
          drawn++;
        }
      }
    }
    expect(drawn).toBe(2 * (2 + 9 + 45 + 225 + 1125));
  });
});
