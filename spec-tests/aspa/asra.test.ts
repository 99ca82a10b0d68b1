import {
  ASRA_DRAFT,
  type AsraAlgorithm,
  createAspaTable,
  createAsraTable,
  fastVerifyAsra,
  formatExplanation,
  type NeighborRole,
  verifyAsPath,
  verifyAsra,
} from 'pathsec/aspa';
import { parseAsPath } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, asras } from './notation.js';

function verdict(
  algorithm: AsraAlgorithm,
  aspaText: string,
  asraText: string,
  path: string,
  neighborRole: NeighborRole = 'provider',
) {
  const tables = { aspa: createAspaTable(aspas(aspaText)), asra: createAsraTable(asras(asraText)) };
  const input = { asPath: parseAsPath(path), neighborRole };
  const evidence = verifyAsra(tables, algorithm, input);
  expect(fastVerifyAsra(tables, algorithm, input)).toBe(evidence.outcome);
  return evidence;
}

/** What became of it: outcome of ASPA, outcome, step, reason, and the hops that were asked. */
function told(...of: Parameters<typeof verdict>): [string, string, number | null, string, number[]] {
  const { outcome, asra } = verdict(...of);
  return [asra.aspaOutcome, outcome, asra.step, asra.reason, asra.hops.map(({ index }) => index)];
}

describe('asra-verification §2: the attacks of the figures', () => {
  // §2.1: AS6 tells its customer AS7 that it is next to AS2.
  const FIRST = '1:{2} 2:{3} 3:{4} 4:{0} 5:{0} 6:{5} 7:{6,8} 8:{5}';

  it('a provider shortens the path to its customer', () => {
    requirement('asra-verification:4.1.2.2:step-4', 'asra-verification:4.2.2.2:step-4');
    for (const algorithm of ['A', 'B'] as const) {
      expect(told(algorithm, FIRST, '2/1:{1} 2/2:{0}', '6 2 1')).toEqual([
        'valid',
        'invalid',
        4,
        'fake-link',
        [2],
      ]);
      // AS8 passes the true path on.
      expect(verdict(algorithm, FIRST, '2/3:{1} 4/3:{3,5}', '8 5 4 3 2 1').outcome).toBe('valid');
    }
  });

  it('a false ASPA of the attacker convinces A, and not B', () => {
    requirement(
      'asra-verification:4.1.2.2:step-2',
      '!asra-verification:4.1.2.2:step-4',
      '!asra-verification:4.2.2.2:step-2',
    );
    const falsified = FIRST.replace('6:{5}', '6:{2,5}');
    expect(told('A', falsified, '2/3:{1}', '6 2 1')).toEqual(['valid', 'valid', 2, 'affirmed', []]);
    expect(told('B', falsified, '2/3:{1}', '6 2 1')).toEqual(['valid', 'invalid', 4, 'fake-link', [2]]);
  });

  it('a customer attacks its provider, who has no ASPA, and by it another customer', () => {
    // §2.2
    const second = '1:{2} 2:{3} 3:{0} 4:{0} 5:{7,4} 6:{7}';
    for (const algorithm of ['A', 'B'] as const) {
      expect(told(algorithm, second, '-', '7 6 1')[1]).toBe('unknown');
      expect(told(algorithm, second, '1/1:{0} 1/2:{0}', '7 6 1')).toEqual([
        'unknown',
        'invalid',
        4,
        'fake-link',
        [1],
      ]);
    }
  });
});

describe('asra-verification §3: which ASRAs count', () => {
  it('none of an AS without an ASPA', () => {
    requirement('asra-verification:3:unusable-without-aspa', '!asra-verification:3:unusable-without-aspa');
    expect(told('B', '2:{3}', '1/3:{9}', '2 1')[1]).toBe('valid');
    expect(told('B', '1:{3}', '1/3:{9}', '2 1')[1]).toBe('invalid');
  });

  it('ASRA3 alone where there is one', () => {
    requirement('asra-verification:3:asra3-alone', '!asra-verification:3:asra3-alone');
    expect(told('B', '1:{3}', '1/1:{2} 1/2:{0} 1/3:{9}', '2 1')[1]).toBe('invalid');
    expect(told('B', '1:{3}', '1/3:{2} 1/1:{9}', '2 1')[1]).toBe('valid');
  });

  it('else ASRA1 and ASRA2 together, or what there is of them (D-asra-one-subcategory)', () => {
    requirement('asra-verification:4.2.1:customer-or-peer', '!asra-verification:4.2.1:customer-or-peer');
    expect(told('B', '1:{3}', '1/1:{9} 1/2:{2}', '2 1')[1]).toBe('valid');
    expect(told('B', '1:{3}', '1/1:{2} 1/2:{9}', '2 1')[1]).toBe('valid');
    expect(told('B', '1:{3}', '1/1:{9}', '2 1')[1]).toBe('invalid');
  });

  it('all of a subcategory, united', () => {
    requirement('asra-verification:3:union', '!asra-verification:3:union');
    expect(told('B', '1:{3}', '1/3:{9} 1/3:{2}', '2 1')[1]).toBe('valid');
    expect(createAsraTable(asras('1/3:{9,2} 1/3:{2,0,1}')).neighbors(1)).toEqual([2, 9]);
  });

  it('AS 0 says that there are none', () => {
    requirement('asra-verification:3:as0-for-none', '!asra-verification:3:as0-for-none');
    expect(told('B', '1:{0}', '1/3:{0}', '2 1')[1]).toBe('invalid');
    expect(told('B', '1:{3}', '1/3:{0}', '0 1')[1]).toBe('invalid');
    const table = createAsraTable(asras('1/3:{0} 4/1:{0} 0/3:{5}'));
    expect([...table]).toEqual([
      { asn: 1, neighbors: [] },
      { asn: 4, neighbors: [] },
    ]);
    expect([table.size, table.neighbors(0), table.listing(1, 0), table.listing(9, 1)]).toEqual([
      2,
      undefined,
      'not-listed',
      'no-asra',
    ]);
    expect(table.probes).toBeGreaterThan(0);
  });
});

describe('asra-verification §4: the algorithms', () => {
  it('upstream nothing changes', () => {
    requirement(
      'asra-verification:4.1.2.1:unchanged',
      '!asra-verification:4.1.2.1:unchanged',
      'asra-verification:4.2.2.1:unchanged',
      '!asra-verification:4.2.2.1:unchanged',
    );
    // From a provider the same path would be Invalid.
    for (const algorithm of ['A', 'B'] as const) {
      expect(told(algorithm, '1:{2} 2:{0}', '2/3:{9}', '3 2 1')[1]).toBe('invalid');
      expect(told(algorithm, '1:{2}', '2/3:{9}', '3 2 1', 'customer')[1]).toBe('unknown');
    }
    for (const role of ['customer', 'peer', 'rs', 'rs-client'] as const) {
      expect(told('B', '2:{0}', '1/3:{9}', '2 1', role)).toEqual([
        'unknown',
        'unknown',
        null,
        'upstream',
        [],
      ]);
      expect(verdict('A', '-', '-', '2 1', role).asra.section).toBe('4.1.2.1');
    }
  });

  it('steps 1 and 2: Invalid stays, and so does what the attested ramps affirm', () => {
    requirement(
      'asra-verification:4.1.2.2:step-1',
      'asra-verification:4.2.2.2:step-1',
      '!asra-verification:4.1.2.2:step-1',
      '!asra-verification:4.2.2.2:step-1',
      'asra-verification:4.2.2.2:step-2',
      '!asra-verification:4.1.2.2:step-2',
    );
    for (const algorithm of ['A', 'B'] as const) {
      expect(told(algorithm, '1:{0} 3:{2}', '1/3:{2}', '3 2 1')[1]).toBe('valid');
      expect(told(algorithm, '1:{0} 4:{0}', '1/3:{0}', '4 3 2 1')).toEqual([
        'invalid',
        'invalid',
        1,
        'aspa-invalid',
        [],
      ]);
      expect(told(algorithm, '1:{0}', '1/3:{0}', '2 {1}')).toEqual([
        'invalid',
        'invalid',
        1,
        'aspa-invalid',
        [],
      ]);
      expect(told(algorithm, '1:{0}', '1/3:{0}', '1')).toEqual(['valid', 'valid', 2, 'affirmed', []]);
      expect(told(algorithm, '1:{2} 2:{3}', '1/3:{0}', '3 2 1')[3]).toBe('affirmed');
    }
    expect(told('B', '1:{2} 2:{0} 3:{2}', '2/3:{9}', '3 2 1')).toEqual([
      'valid',
      'invalid',
      4,
      'fake-link',
      [2],
    ]);
    expect(told('A', '1:{2} 2:{0} 3:{2}', '2/3:{9}', '3 2 1')[3]).toBe('affirmed');
  });

  it('steps 3, 5 and 6: from the top of the up-ramp to the top of the down-ramp, for B to the neighbour', () => {
    requirement(
      'asra-verification:4.1.2.2:step-3',
      'asra-verification:4.1.2.2:step-5',
      'asra-verification:4.1.2.2:step-6',
      'asra-verification:4.2.2.2:step-3',
      'asra-verification:4.2.2.2:step-5',
      'asra-verification:4.2.2.2:step-6',
    );
    const table = '1:{2} 5:{4} 6:{5}';
    expect(told('A', table, '-', '6 5 4 3 2 1')).toEqual(['unknown', 'unknown', 5, 'no-fake-link', [2, 3]]);
    expect(told('B', table, '-', '6 5 4 3 2 1')).toEqual([
      'unknown',
      'unknown',
      5,
      'no-fake-link',
      [2, 3, 4, 5],
    ]);
  });

  it('a fake link on the attested down-ramp is seen by B alone', () => {
    requirement(
      '!asra-verification:4.1.2.2:step-5',
      '!asra-verification:4.2.2.2:step-5',
      '!asra-verification:4.1.2.2:step-3',
      '!asra-verification:4.2.2.2:step-3',
      '!asra-verification:4.1.2.2:step-6',
      '!asra-verification:4.2.2.2:step-6',
      '!asra-verification:4.2.2.2:step-4',
    );
    // AS3, attested by AS4 as its provider, lists neither AS4 nor anybody.
    const table = '3:{0} 4:{3}';
    expect(told('A', table, '3/3:{9}', '4 3 2 1')).toEqual(['unknown', 'unknown', 5, 'no-fake-link', [1, 2]]);
    expect(told('B', table, '3/3:{9}', '4 3 2 1')).toEqual(['unknown', 'invalid', 4, 'fake-link', [1, 2, 3]]);
    expect(told('B', table, '3/3:{4}', '4 3 2 1')[1]).toBe('unknown');
  });

  it('a provider is no fake link, whatever ASRAs list', () => {
    requirement(
      'asra-verification:4.1.1:fake-link',
      '!asra-verification:4.1.1:fake-link',
      'asra-verification:4.2.1:fake-link',
      '!asra-verification:4.2.1:fake-link',
    );
    expect(told('B', '1:{2} 2:{3} 4:{0}', '1/3:{0} 2/3:{0}', '4 3 2 1')[1]).toBe('valid');
    const { asra } = verdict('A', '1:{9} 2:{7}', '1/3:{8}', '2 1');
    expect(asra.hops).toEqual([
      {
        index: 1,
        from: 1,
        to: 2,
        aspa: 'not-provider+',
        asra: 'not-listed',
        reverse: 'not-provider+',
        fakeLink: true,
      },
    ]);
    expect(verdict('A', '1:{9}', '1/3:{8}', '2 1').asra.hops[0]?.reverse).toBe('no-attestation');
  });

  it('the evidence is that of ASPA with what ASRAs made of it, and a text says both', () => {
    const evidence = verdict('B', '1:{9}', '1/3:{8}', '2 1');
    const input = { asPath: parseAsPath('2 1'), neighborRole: 'provider' } as const;
    const plain = verifyAsPath(createAspaTable(aspas('1:{9}')), input);
    const { asra, ...rest } = evidence;
    expect(rest).toEqual({ ...plain, outcome: 'invalid' });
    expect(asra).toMatchObject({
      draft: ASRA_DRAFT,
      algorithm: 'B',
      section: '4.2.2.2',
      aspaOutcome: 'valid',
    });
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
    const lines = formatExplanation(evidence).split('\n');
    expect(lines).toContain('valid      step 6: min-up 1 + min-down 1 = 2 >= 2');
    expect(lines.slice(-4, -1)).toEqual([
      `asra       algorithm B, ${ASRA_DRAFT} section 4.2.2.2`,
      'hop 1      1 -> 2  not-provider+, not in the ASRA <',
      'invalid    step 4: fake link: AS1 names AS2 neither as provider nor in its ASRA',
    ]);
    const texts = [
      formatExplanation(verdict('A', '1:{9}', '1/3:{8}', '2 1')),
      formatExplanation(verdict('A', '1:{2}', '-', '2 1')),
      formatExplanation(verdict('A', '-', '-', '2 1', 'peer')),
      formatExplanation(verdict('A', '1:{0} 4:{0}', '-', '4 3 2 1')),
      formatExplanation(verdict('A', '-', '-', '2 1')),
    ];
    expect(texts[0]).toContain('not in the ASRA, 2 -> 1 no-attestation <');
    expect(texts[1]).toContain('the attested ramps leave no hop in question');
    expect(texts[2]).toContain('ASRAs change nothing upstream');
    expect(texts[3]).toContain('ASPA found it invalid already');
    expect(texts[4]).toContain('no fake link');
  });
});
