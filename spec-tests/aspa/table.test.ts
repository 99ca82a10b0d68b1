import { type AspaTable, createAspaTable, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { aspas, path } from './notation.js';

const MANY = Array.from({ length: 10_001 }, (_, i) => 100_000 + i);

function content(table: AspaTable): Record<number, readonly number[]> {
  return Object.fromEntries([...table].map(({ customer, providers }) => [customer, providers]));
}

describe('the U-SPAS table (draft-28 §5.3, aspa-profile §3.3, §5.2, §5.5)', () => {
  it('is the union of all ASPAs of a customer, sorted, without repeats', () => {
    requirement('aspa-28:5.3:uspas-single', 'aspa-28:5.3:uspas-union', 'aspa-profile:5.2:union');
    const table = createAspaTable(aspas('1:{9,3000000000,3} 2:{5} 1:{3,4294967295,7}'));
    expect(content(table)).toEqual({ 1: [3, 7, 9, 3_000_000_000, 4_294_967_295], 2: [5] });
    expect(table.size).toBe(2);
    expect(table.notes).toEqual([]);
  });

  it('drops AS 0 beside others, in one ASPA or over several, and says so', () => {
    requirement('aspa-28:4:as0-beside-others', 'aspa-profile:5.2:as0-removed');
    for (const text of ['1:{0,2}', '1:{0} 1:{2}', '1:{2} 1:{0}']) {
      const table = createAspaTable(aspas(text));
      expect(content(table)).toEqual({ 1: [2] });
      expect(table.authorized(1, 0)).toBe('not-provider+');
      expect(table.notes).toEqual([{ customer: 1, code: 'as0-mixed' }]);
    }
  });

  it('keeps an entry without provider for AS0 ASPAs only', () => {
    requirement('aspa-28:4:as0-aspa', '!aspa-28:5.3:no-attestation', 'aspa-profile:5.2:as0-only');
    const table = createAspaTable(aspas('1:{0} 1:{0}'));
    expect(table.has(1)).toBe(true);
    expect(table.providers(1)).toEqual([]);
    expect(table.authorized(1, 2)).toBe('not-provider+');
    expect(table.authorized(2, 1)).toBe('no-attestation');
    expect(table.notes).toEqual([]);
  });

  it('drops the customer among its own providers and keeps the entry', () => {
    const table = createAspaTable(aspas('1:{1} 2:{2,3}'));
    expect(content(table)).toEqual({ 1: [], 2: [3] });
    expect(table.notes.map(({ customer, code }) => `${customer} ${code}`)).toEqual([
      '1 self-provider',
      '2 self-provider',
    ]);
  });

  it('takes an empty provider list as an entry that answers not-provider+, with a note', () => {
    requirement('aspa-28:5.3:not-provider');
    const table = createAspaTable(aspas('1:{}'));
    expect(table.authorized(1, 2)).toBe('not-provider+');
    expect(table.notesOf(1)).toEqual([{ customer: 1, code: 'empty-provider-list' }]);
  });

  it('refuses customer 0', () => {
    const table = createAspaTable(aspas('0:{2}'));
    expect(table.size).toBe(0);
    expect(table.authorized(0, 2)).toBe('no-attestation');
    expect(table.notes).toEqual([{ customer: 0, code: 'customer-zero' }]);
    expect(table.withdraw(0)).toBe(false);
  });

  it('drops all ASPAs of a customer with more providers than the limit, wherever the real one stands', () => {
    requirement(
      '!aspa-profile:5.5:upper-bound',
      'aspa-profile:5.5:no-partial-list',
      'aspa-profile:5.5:log-customer',
    );
    for (const providers of [
      [2, ...MANY.slice(0, 10_000)],
      [...MANY.slice(0, 10_000), 2],
    ]) {
      const table = createAspaTable([{ customer: 1, providers }]);
      expect(table.authorized(1, 2)).toBe('no-attestation');
      expect(table.size).toBe(0);
      expect(table.notes).toEqual([{ customer: 1, code: 'over-limit' }]);
      const input = { asPath: path('2 1'), neighborAs: 2, neighborRole: 'customer' } as const;
      const evidence = verifyAsPath(table, input);
      expect(evidence.outcome).toBe('unknown');
      expect(evidence.warnings).toEqual([
        { code: 'table-note', message: expect.stringMatching(/^AS1: .*too many providers/), asn: 1 },
      ]);
    }
  });

  it('keeps exactly as many providers as the limit, AS 0 and repeats not counted', () => {
    requirement('aspa-profile:5.5:upper-bound');
    const providers = [0, ...MANY.slice(0, 10_000), MANY[0] as number];
    const table = createAspaTable([{ customer: 1, providers }]);
    expect(table.providers(1)?.length).toBe(10_000);
    expect(table.authorized(1, 109_999)).toBe('provider+');
    expect(table.authorized(1, 110_000)).toBe('not-provider+');
  });

  it('applies the limit to the union, and a later ASPA does not bring the customer back', () => {
    requirement('!aspa-profile:5.5:no-partial-list');
    const first = MANY.slice(0, 6_000);
    const second = MANY.slice(4_001, 10_001).map((asn) => asn + 100_000);
    const records = [first, second, [2]].map((providers) => ({ customer: 1, providers }));
    const table = createAspaTable([...records, { customer: 3, providers: [4] }]);
    expect(table.authorized(1, first[0] as number)).toBe('no-attestation');
    expect(table.authorized(1, 2)).toBe('no-attestation');
    expect(table.authorized(3, 4)).toBe('provider+');
  });

  it('takes another limit, and refuses a senseless one', () => {
    requirement('aspa-profile:5.5:upper-bound');
    const table = createAspaTable(aspas('1:{2,3} 2:{3}'), { maxProviders: 1 });
    expect(content(table)).toEqual({ 2: [3] });
    expect(() => createAspaTable([], { maxProviders: 0 })).toThrow(RangeError);
    expect(() => createAspaTable([], { maxProviders: 1.5 })).toThrow(RangeError);
  });

  it('refuses numbers that are no ASN', () => {
    for (const wrong of [-1, 1.5, 4_294_967_296, Number.NaN]) {
      expect(() => createAspaTable([{ customer: wrong, providers: [2] }])).toThrow(RangeError);
      expect(() => createAspaTable([{ customer: 1, providers: [2, wrong] }])).toThrow(RangeError);
    }
  });

  it('forgets AFI limits of old payloads: one table for both families', () => {
    requirement('aspa-28:7.1:one-table');
    const table = createAspaTable([
      { customer: 1, providers: [2, 3], afiLimits: new Map([[2, 1 as const]]) },
    ]);
    expect(content(table)).toEqual({ 1: [2, 3] });
  });

  it('prints and compares ASNs over the full range', () => {
    requirement('aspa-28:5.3:provider');
    const table = createAspaTable(aspas('4294967295:{1000000,2147483648}'));
    expect(JSON.stringify([...table])).toBe('[{"customer":4294967295,"providers":[1000000,2147483648]}]');
    expect(table.authorized(4_294_967_295, 2_147_483_648)).toBe('provider+');
    expect(table.authorized(2_147_483_648, 4_294_967_295)).toBe('no-attestation');
  });

  it('lists notes by customer, in ascending order, and keeps several of one customer', () => {
    const table = createAspaTable(aspas('9:{9} 4000000000:{0,1} 10:{0,10,11} 8:{8}'));
    expect(table.notes.map(({ customer, code }) => `${customer} ${code}`)).toEqual([
      '8 self-provider',
      '9 self-provider',
      '10 self-provider',
      '10 as0-mixed',
      '4000000000 as0-mixed',
    ]);
  });

  it('notes AS 0 in one record and a provider in the next, wherever the customer is stored', () => {
    for (let customer = 1; customer <= 200; customer++) {
      const table = createAspaTable([
        { customer, providers: [0] },
        { customer, providers: [1000] },
      ]);
      expect(table.notes).toEqual([{ customer, code: 'as0-mixed' }]);
    }
  });

  it('counts the octets of entries and of providers', () => {
    const { bytes, providerBytes } = createAspaTable([
      { customer: 1, providers: MANY.slice(0, 5_000) },
    ]).memory;
    expect(providerBytes).toBe(20_000);
    expect(bytes).toBeGreaterThan(providerBytes);
  });
});
