import {
  type AspaRevision,
  chooseProcedure,
  createAspaTable,
  createRevisionTables,
  fastVerify,
  fastVerifyAll,
  otcEgress,
  otcIngress,
  type Procedure,
  verifyAsPath,
  verifyByRevision,
} from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { path } from './notation.js';

describe('misuse names the value and what was expected', () => {
  it('of the table', () => {
    expect(() => createAspaTable([{ customer: -1, providers: [2] }])).toThrow(/customer -1 is not an ASN/);
    expect(() => createAspaTable([{ customer: 1, providers: [2 ** 32] }])).toThrow(
      /provider 4294967296 of AS1 is not an ASN/,
    );
    expect(() => createAspaTable([], { maxProviders: 0 })).toThrow(/maxProviders 0 is not a positive/);
  });

  it('of the path and the neighbours', () => {
    const table = createAspaTable([]);
    const verify = (input: object) => () =>
      verifyAsPath(table, { asPath: path('1'), procedure: 'upstream', ...input });
    expect(verify({ asPath: [{ type: 2, asns: [1, 1.5] }] })).toThrow(/in the AS_PATH: 1\.5 is not an ASN/);
    expect(verify({ neighborAs: -1 })).toThrow(/-1 is not an ASN/);
    expect(verify({ routeServerAs: 2 ** 32 })).toThrow(/4294967296 is not an ASN/);
  });

  it('of the range of a path in a list', () => {
    const table = createAspaTable([]);
    const places: readonly unknown[][] = [
      [0.5, 2],
      [0, 1.5],
      [null, 1],
      [true, 1],
      ['0', 3],
      [1n, 1],
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
      [-1, 1],
      [2, 2],
    ];
    for (const place of places) {
      const [start, length] = place as [number, number];
      for (const asns of [Uint32Array.of(3, 2, 1), [3, 2, 1]]) {
        expect(() => fastVerify(table, asns, start, length)).toThrow(
          /^no .* ASNs from place .* on in a list of 3$/,
        );
      }
    }
  });

  it('of many paths at once', () => {
    const table = createAspaTable([]);
    const asns = Uint32Array.of(3, 2, 1);
    const ask = (starts: readonly number[], places = 2) => {
      return () => fastVerifyAll(table, asns, Uint32Array.from(starts), new Uint8Array(places));
    };
    expect(ask([0], 0)).not.toThrow();
    expect(ask([3, 3])).not.toThrow();
    expect(ask([])).toThrow(RangeError);
    expect(ask([])).toThrow(/one more is needed than there are paths/);
    expect(ask([0, 2, 4])).toThrow(/the paths end at place 4 of a list of 3/);
    expect(ask([0, 2, 1])).toThrow(/path 1 ends at place 1, before it starts at 2/);
    expect(ask([0, 9, 3])).toThrow(/path 1 ends at place 3, before it starts at 9/);
    const untouched = Uint8Array.of(9, 9);
    expect(() => fastVerifyAll(table, asns, Uint32Array.of(1, 3, 2), untouched)).toThrow(RangeError);
    expect([...untouched]).toEqual([9, 9]);
    expect(ask([0, 1, 2, 3])).toThrow(/out has 2 places for 3 paths/);
    const lists: readonly unknown[][] = [
      [[3, 2, 1], Uint32Array.of(0, 3), new Uint8Array(1)],
      [asns, [0, 3], new Uint8Array(1)],
      [asns, Uint32Array.of(0, 3), [0]],
    ];
    for (const list of lists) {
      const wrong = list as [Uint32Array, Uint32Array, Uint8Array];
      expect(() => fastVerifyAll(table, ...wrong)).toThrow(TypeError);
    }
    expect(() => fastVerifyAll({} as never, asns, Uint32Array.of(0, 3), new Uint8Array(1))).toThrow(
      /not one that createAspaTable made/,
    );
  });

  it('of the procedure', () => {
    expect(() => chooseProcedure(undefined, undefined)).toThrow(/a neighbour role or a procedure is needed/);
    expect(() => chooseProcedure('peer', 'downstream')).toThrow(
      /a route from a peer is verified by the upstream procedure/,
    );
    expect(() => chooseProcedure('provider', 'upstream')).toThrow(/provider is verified by the downstream/);
    expect(() => chooseProcedure('sibling' as 'peer', undefined)).toThrow(
      /"sibling" is not a neighbour role/,
    );
    for (const role of [undefined, 'complex', 'peer'] as const) {
      const wrong = 'sideways' as Procedure;
      expect(() => chooseProcedure(role, wrong)).toThrow(/"sideways" is not a procedure/);
    }
  });

  it('of the role of OTC', () => {
    for (const ask of [otcEgress, otcIngress]) {
      expect(() => ask('sibling' as 'peer', 5, 8)).toThrow(/^"sibling" is not a neighbour role/);
    }
  });

  it('of the revision', () => {
    const input = { asPath: path('1'), procedure: 'upstream' } as const;
    expect(() => verifyByRevision(createRevisionTables([]), '12' as AspaRevision, input)).toThrow(
      /revision 12 is not one of 06, 07, 11, 28/,
    );
  });
});

describe('chooseProcedure (draft-28 §5.5, §5.6, §6.4)', () => {
  it('says why', () => {
    expect(chooseProcedure('peer', 'upstream')).toEqual({ procedure: 'upstream', reason: 'neighbor-role' });
    expect(chooseProcedure('provider', 'downstream')).toEqual({
      procedure: 'downstream',
      reason: 'neighbor-role',
    });
    expect(chooseProcedure(undefined, 'upstream')).toEqual({ procedure: 'upstream', reason: 'caller' });
    expect(chooseProcedure('complex', 'upstream').reason).toBe('complex-segregated');
    expect(chooseProcedure('complex', undefined)).toEqual({
      procedure: 'downstream',
      reason: 'complex-fallback',
    });
  });
});

describe('OTC egress (RFC 9234 §5)', () => {
  it.each(['peer', 'provider', 'rs'] as const)('a marked route to a %s is a leak', (role) => {
    expect(otcEgress(role, 5, 8)).toEqual({ action: 'do-not-advertise', reason: 'route-leak' });
  });

  it('an unmarked route is marked with the own AS towards peers, and not towards providers', () => {
    expect(otcEgress('peer', 5, undefined)).toEqual({ action: 'add', otc: 5 });
    expect(otcEgress('rs-client', 5, undefined)).toEqual({ action: 'add', otc: 5 });
    expect(otcEgress('provider', 5, undefined)).toEqual({ action: 'advertise', otc: undefined });
    expect(otcEgress('complex', 5, 8)).toEqual({ action: 'not-run', otc: 8 });
  });
});
