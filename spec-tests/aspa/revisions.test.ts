import {
  ASPA_REVISIONS,
  type AspaRevision,
  compareRevisions,
  createRevisionTables,
  type NeighborRole,
  type RevisionInput,
  verifyByRevision,
} from 'pathsec/aspa';
import { beforeAll, describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';
import { payloadsOf, states } from './states.js';

const CASES = [
  ['customer', 'leftmost'],
  ['peer', 'leftmost'],
  ['rs-client', 'leftmost'],
  ['provider', 'leftmost'],
  ['rs', 'absent'],
  ['rs', 'leftmost'],
] as const;
/** By "revision role neighbour", how often the pair of outcomes "28 -> revision" came up over all states. */
const changes = new Map<string, Record<string, number>>();
let compared = 0;

function count(key: string, change: string): void {
  const counts = changes.get(key) ?? {};
  counts[change] = (counts[change] ?? 0) + 1;
  changes.set(key, counts);
}

function differences(revision: AspaRevision, role: NeighborRole, where: 'leftmost' | 'absent') {
  return changes.get(`${revision} ${role} ${where}`) ?? {};
}

const NONE = {};
const RS_DOWNSTREAM = { 'invalid -> valid': 834, 'invalid -> unknown': 7511 };
const TOO_STRICT = { 'valid -> unknown': 496 };

describe('differences of earlier revisions from -28 over all states', () => {
  beforeAll(() => {
    for (let n = 1; n <= 7; n++) {
      for (const state of states(n)) {
        const tables = createRevisionTables(payloadsOf(state));
        const asPath = [{ type: 2 as const, asns: state.asns }];
        for (const [neighborRole, where] of CASES) {
          const input = { asPath, neighborRole, neighborAs: where === 'leftmost' ? n : 99 };
          const from = verifyByRevision(tables, '28', input).outcome;
          for (const revision of ['06', '07', '11'] as const) {
            const to = verifyByRevision(tables, revision, input).outcome;
            if (from !== to) count(`${revision} ${neighborRole} ${where}`, `${from} -> ${to}`);
          }
        }
        compared++;
      }
    }
  });

  it('looks at all 35,156', () => {
    expect(compared).toBe(35_156);
  });

  for (const role of ['customer', 'peer', 'rs-client'] as const) {
    it(`from a ${role}: none`, () => {
      for (const revision of ['06', '07', '11'] as const) {
        expect(differences(revision, role, 'leftmost')).toEqual(NONE);
      }
    });
  }

  it('from a provider: -06 and -07 say unknown for 496 valid paths, -11 is equal', () => {
    expect(differences('06', 'provider', 'leftmost')).toEqual(TOO_STRICT);
    expect(differences('07', 'provider', 'leftmost')).toEqual(TOO_STRICT);
    expect(differences('11', 'provider', 'leftmost')).toEqual(NONE);
  });

  it('from a transparent route server: -06 lets 8,345 leaks pass', () => {
    expect(differences('06', 'rs', 'absent')).toEqual(RS_DOWNSTREAM);
    expect(differences('07', 'rs', 'absent')).toEqual(NONE);
    expect(differences('11', 'rs', 'absent')).toEqual(NONE);
  });

  it('from a non-transparent route server: -06 and -07 descend, -11 removes its ASN', () => {
    expect(differences('06', 'rs', 'leftmost')).toEqual(RS_DOWNSTREAM);
    expect(differences('07', 'rs', 'leftmost')).toEqual(RS_DOWNSTREAM);
    expect(differences('11', 'rs', 'leftmost')).toEqual({
      'unknown -> valid': 96,
      'invalid -> valid': 189,
      'invalid -> unknown': 1266,
    });
  });
});

function outcomes(aspaText: string, pathText: string, input: Partial<RevisionInput>): Record<string, string> {
  const tables = createRevisionTables(aspas(aspaText));
  const asPath = path(pathText);
  const neighborAs = asPath[0]?.asns[0] ?? 1;
  return Object.fromEntries(
    ASPA_REVISIONS.map((revision) => [
      revision,
      verifyByRevision(tables, revision, { asPath, neighborAs, ...input }).outcome,
    ]),
  );
}

describe('paths on which revisions part', () => {
  it('-06 is too strict at the apex', () => {
    const provider = { neighborRole: 'provider' } as const;
    const strict = { '06': 'unknown', '07': 'unknown', '11': 'valid', '28': 'valid' };
    expect(outcomes('1:{2} 4:{3}', '4 3 2 1', provider)).toEqual(strict);
    expect(outcomes('1:{2} 3:{66} 4:{3}', '4 3 2 1', provider)).toEqual(strict);
    expect(outcomes('1:{2} 3:{4} 4:{3} 5:{4}', '5 4 3 2 1', provider)).toEqual(strict);
  });

  it('an AS_SET is unverifiable to -06 and -07 unless a pair is invalid', () => {
    const customer = { neighborRole: 'customer' } as const;
    const set = { '06': 'unverifiable', '07': 'unverifiable', '11': 'invalid', '28': 'invalid' };
    expect(outcomes('1:{2}', '2 {1}', customer)).toEqual(set);
    expect(outcomes('1:{2}', '3 {2} 1', customer)).toEqual(set);
    expect(outcomes('-', '{2} 1', { ...customer, neighborAs: 9 })).toEqual(set);
    expect(outcomes('2:{0}', '4 3 2 {1}', customer)).toEqual({ ...set, '06': 'invalid', '07': 'invalid' });
    expect(outcomes('-', '3 2 {1}', customer)).toEqual(set);
  });

  it('an empty provider list is unknown to the old revisions, not-provider+ to -28', () => {
    const customer = { neighborRole: 'customer' } as const;
    const old = { '06': 'unknown', '07': 'unknown', '11': 'unknown' };
    expect(outcomes('1:{}', '2 1', customer)).toEqual({ ...old, '28': 'invalid' });
    expect(outcomes('1:{0}', '2 1', customer)).toEqual({
      '06': 'invalid',
      '07': 'invalid',
      '11': 'invalid',
      '28': 'invalid',
    });
  });

  it('the empty path and the wrong neighbour are invalid to all', () => {
    const all = { '06': 'invalid', '07': 'invalid', '11': 'invalid', '28': 'invalid' };
    for (const neighborRole of ['provider', 'customer', 'rs'] as const) {
      expect(outcomes('1:{2}', '-', { neighborRole, neighborAs: 2 })).toEqual(all);
    }
    expect(outcomes('1:{2}', '2 1', { neighborRole: 'peer', neighborAs: 9 })).toEqual(all);
    expect(outcomes('1:{2}', '2 1', { neighborRole: 'provider', neighborAs: 9 })).toEqual(all);
  });

  it('a route server: -06 believes and descends, -07 by the presence of its ASN, -11 and -28 climb', () => {
    const leak = '1:{2} 2:{0}';
    const server = { neighborRole: 'rs' } as const;
    expect(outcomes(leak, '3 2 1', { ...server, neighborAs: 99 })).toEqual({
      '06': 'valid',
      '07': 'invalid',
      '11': 'invalid',
      '28': 'invalid',
    });
    expect(outcomes(leak, '3 2 1', { ...server, neighborAs: 3 })).toEqual({
      '06': 'valid',
      '07': 'valid',
      '11': 'valid',
      '28': 'invalid',
    });
    expect(outcomes('1:{2} 2:{3}', '3 2 1', { ...server, neighborAs: 99 })).toEqual({
      '06': 'valid',
      '07': 'valid',
      '11': 'valid',
      '28': 'valid',
    });
  });

  it('an AS_SET in front is no route server, also where its ASN is not known', () => {
    const tables = createRevisionTables(aspas('1:{0}'));
    const input = { asPath: path('{3} 2 1'), neighborRole: 'rs' } as const;
    expect(verifyByRevision(tables, '07', input).outcome).toBe('invalid');
    expect(verifyByRevision(tables, '06', input).outcome).toBe('unverifiable');
  });

  it('a repeated AS is one, also one that attests that it has no provider', () => {
    const all = { '06': 'valid', '07': 'valid', '11': 'valid', '28': 'valid' };
    expect(outcomes('1:{2} 2:{0}', '2 2 1 1', { neighborRole: 'customer' })).toEqual(all);
    expect(outcomes('1:{2} 2:{0}', '2 2 1 1', { neighborRole: 'rs', neighborAs: 99 })).toEqual(all);
  });

  it('an unknown neighbour AS is not compared', () => {
    const tables = createRevisionTables(aspas('1:{2}'));
    for (const revision of ASPA_REVISIONS) {
      const input = { asPath: path('2 1'), neighborRole: 'customer' } as const;
      expect(verifyByRevision(tables, revision, input)).toEqual({ revision, outcome: 'valid' });
    }
  });

  it('a path of segments without any AS is invalid to -11 and -28', () => {
    const tables = createRevisionTables([]);
    const asPath = [{ type: 2 as const, asns: [] }];
    for (const revision of ['11', '28'] as const) {
      const input = { asPath, neighborRole: 'customer' } as const;
      expect(verifyByRevision(tables, revision, input).outcome).toBe('invalid');
    }
  });

  it('-11 compares the neighbour AS of all but route servers', () => {
    const other = { neighborAs: 9 } as const;
    for (const neighborRole of ['customer', 'provider', 'peer', 'rs-client'] as const) {
      expect(outcomes('1:{2}', '2 1', { ...other, neighborRole })['11']).toBe('invalid');
    }
    expect(outcomes('1:{2}', '2 1', { ...other, neighborRole: 'rs' })['11']).toBe('valid');
  });

  it('a path holding only the removed route server is valid to -11', () => {
    expect(outcomes('-', '9', { neighborRole: 'rs' })['11']).toBe('valid');
  });

  it('AFI limits split the table of the old revisions only', () => {
    requirement('!aspa-28:7.1:one-table');
    const limited = [{ customer: 1, providers: [2, 3], afiLimits: new Map([[2, 1 as const]]) }];
    const tables = createRevisionTables(limited);
    const input = { asPath: path('2 1'), neighborAs: 2, neighborRole: 'customer' } as const;
    for (const revision of ASPA_REVISIONS) {
      expect(verifyByRevision(tables, revision, { ...input, afi: 1 }).outcome).toBe('valid');
      const ipv6 = verifyByRevision(tables, revision, { ...input, afi: 2 });
      expect(ipv6).toEqual({ revision, outcome: revision === '28' ? 'valid' : 'invalid' });
    }
    const only = createRevisionTables([
      { customer: 1, providers: [2], afiLimits: new Map([[2, 1 as const]]) },
    ]);
    expect(verifyByRevision(only, '11', { ...input, afi: 2 }).outcome).toBe('unknown');
    expect(verifyByRevision(only, '28', { ...input, afi: 2 }).outcome).toBe('valid');
  });

  it('a revision of another number is refused', () => {
    const tables = createRevisionTables([]);
    const input = { asPath: path('1'), procedure: 'upstream' } as const;
    expect(() => verifyByRevision(tables, '12' as AspaRevision, input)).toThrow(TypeError);
  });
});

describe('compareRevisions', () => {
  it('counts pairs of outcomes and hands out the differences', () => {
    const tables = createRevisionTables(aspas('1:{2} 4:{3}'));
    const inputs = ['4 3 2 1', '4 {3} 1', '9 8 7', '2 1'].map((text) => ({
      asPath: path(text),
      procedure: 'downstream' as const,
    }));
    const found: string[] = [];
    const summary = compareRevisions(tables, ['06', '28'], inputs, ({ index, first, second }) => {
      found.push(`${index} ${first} ${second}`);
    });
    expect(found).toEqual(['0 unknown valid', '1 unverifiable invalid']);
    expect(summary).toMatchObject({ revisions: ['06', '28'], compared: 4, differing: 2 });
    expect(summary.counts.reduce((sum, { paths }) => sum + paths, 0)).toBe(4);
    expect(compareRevisions(tables, ['28', '28'], inputs)).toMatchObject({ compared: 4, differing: 0 });
  });

  it('lists the pairs of outcomes by how often they came up', () => {
    const tables = createRevisionTables(aspas('1:{2} 4:{3}'));
    const texts = ['4 3 2 1', '4 {3} 1', '9 8 7', '4 {3} 1', '9 8 7', '9 8 7'];
    const inputs = texts.map((text) => ({ asPath: path(text), procedure: 'downstream' as const }));
    expect(compareRevisions(tables, ['06', '28'], inputs)).toEqual({
      revisions: ['06', '28'],
      compared: 6,
      differing: 3,
      counts: [
        { first: 'unknown', second: 'unknown', paths: 3 },
        { first: 'unverifiable', second: 'invalid', paths: 2 },
        { first: 'unknown', second: 'valid', paths: 1 },
      ],
    });
  });
});
