import fc from 'fast-check';
import {
  type AspaTable,
  createAspaTable,
  formatRepairs,
  MAX_REPAIRED_LENGTH,
  MAX_REPAIRS,
  type Repair,
  repairs,
  verifyAsPath,
} from 'pathsec/aspa';
import { parseAsPath } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';

type Aspas = Readonly<Record<number, readonly number[]>>;
type Procedure = 'upstream' | 'downstream';

const tableOf = (aspas: Aspas, maxProviders = 10_000): AspaTable =>
  createAspaTable(
    Object.entries(aspas).map(([customer, providers]) => ({ customer: Number(customer), providers })),
    { maxProviders },
  );
const found = (aspas: Aspas, path: string, procedure: Procedure, maxProviders?: number) =>
  repairs(tableOf(aspas, maxProviders), { asPath: parseAsPath(path), procedure });
/** `1>2` for AS2 among the providers of AS1, `1>>2` where that makes an ASPA. */
const words = (list: readonly Repair[]): string[] =>
  list.map(({ additions }) =>
    additions
      .map(({ customer, provider, newAspa }) => `${customer}${newAspa ? '>>' : '>'}${provider}`)
      .join(' '),
  );

describe('repairs (draft-28 §5.5, §5.6)', () => {
  it('a provider that is missing', () => {
    const result = found({ 1: [3], 2: [3] }, '3 2 1', 'upstream');
    expect([result.outcome, result.reason]).toEqual(['invalid', null]);
    expect(words(result.toUnknown)).toEqual(['1>2']);
    expect(result.toUnknown).toEqual(result.toValid);
  });

  it('what makes it unknown need not make it valid', () => {
    const result = found({ 1: [3] }, '3 2 1', 'upstream');
    expect(words(result.toUnknown)).toEqual(['1>2']);
    expect(result.toUnknown[0]?.outcome).toBe('unknown');
    expect(words(result.toValid)).toEqual(['1>2 2>>3']);
  });

  it('downstream each apex is a way', () => {
    const result = found({ 1: [9], 2: [9], 3: [9] }, '3 2 1', 'downstream');
    expect(words(result.toUnknown)).toEqual(['3>2', '1>2']);
    expect(words(found({}, '3 2 1', 'downstream').toValid)).toEqual(['3>>2', '1>>2']);
  });

  it('a valid path needs none, and one that halts before step 4 has none', () => {
    expect(found({}, '1', 'upstream')).toEqual({
      outcome: 'valid',
      toUnknown: [],
      toValid: [],
      reason: null,
    });
    expect(found({}, '2 {1}', 'upstream')).toMatchObject({
      outcome: 'invalid',
      toValid: [],
      reason: 'halted',
    });
    const table = tableOf({});
    const input = { asPath: parseAsPath('2 1'), procedure: 'upstream' as const, neighborAs: 3 };
    expect(repairs(table, input)).toMatchObject({ outcome: 'invalid', reason: 'halted' });
  });

  it('AS 0 is no provider, and has none', () => {
    expect(found({ 1: [3] }, '0 1', 'upstream')).toMatchObject({ toUnknown: [], toValid: [] });
    const result = found({ 1: [3] }, '2 0 1', 'downstream');
    expect(words(result.toValid)).toEqual(['2>>0'].slice(1));
  });

  it('an AS0 ASPA takes a provider in place of its 0', () => {
    expect(words(found({ 1: [0] }, '2 1', 'upstream').toValid)).toEqual(['1>2']);
  });

  it('a list that is full takes no more', () => {
    expect(words(found({ 1: [3, 4] }, '2 1', 'upstream', 3).toValid)).toEqual(['1>2']);
    expect(found({ 1: [3, 4] }, '2 1', 'upstream', 2).toUnknown).toEqual([]);
    // Of a customer whose list was too long there is no entry.
    expect(found({ 1: [3, 4, 5] }, '2 1', 'upstream', 2)).toMatchObject({ outcome: 'unknown', toValid: [] });
  });

  it('a hop that comes twice is one addition', () => {
    expect(words(found({}, '2 1 3 2 1', 'upstream').toValid)).toEqual(['1>>2 2>>3 3>>1']);
  });

  it('is bounded', () => {
    const long = Array.from({ length: MAX_REPAIRED_LENGTH + 1 }, (_, i) => i + 1);
    expect(found({}, long.join(' '), 'upstream')).toMatchObject({ reason: 'too-long', toValid: [] });
    const ways = found({}, long.slice(1).join(' '), 'downstream').toValid;
    expect(ways).toHaveLength(MAX_REPAIRS);
    expect(ways[0]?.additions).toHaveLength(MAX_REPAIRED_LENGTH - 2);
  });
});

const asn = fc.integer({ min: 1, max: 4 });
const arbitraryTable = fc.dictionary(
  fc.constantFrom('1', '2', '3', '4'),
  fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
);

/** All sets of `size` of the pairs. */
function* choices<T>(pairs: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i < pairs.length; i++) {
    for (const rest of choices(pairs, size - 1, i + 1)) yield [pairs[i] as T, ...rest];
  }
}

describe('repairs against all sets of additions', () => {
  const PAIRS = [1, 2, 3, 4].flatMap((customer) =>
    [1, 2, 3, 4, 9].flatMap((provider) => (customer === provider ? [] : [[customer, provider] as const])),
  );

  it('every one verifies, they are the smallest, and none is left out', () => {
    fc.assert(
      fc.property(
        arbitraryTable,
        fc.array(asn, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Procedure>('upstream', 'downstream'),
        (aspas, asns, procedure) => {
          const asPath = parseAsPath(asns.join(' '));
          const outcomeWith = (pairs: readonly (readonly [number, number])[]) => {
            const lists = new Map(
              Object.entries(aspas).map(([customer, list]) => [Number(customer), [...list]]),
            );
            for (const [customer, provider] of pairs) {
              const list = lists.get(customer) ?? [];
              lists.set(customer, [...list.filter((one) => one !== 0), provider]);
            }
            const table = createAspaTable(
              Array.from(lists, ([customer, providers]) => ({ customer, providers })),
            );
            return verifyAsPath(table, { asPath, procedure }).outcome;
          };
          const result = repairs(tableOf(aspas), { asPath, procedure });
          const check = (list: readonly Repair[], reaches: (outcome: string) => boolean) => {
            const texts = list.map(({ additions }) =>
              additions
                .map(({ customer, provider }) => `${customer} ${provider}`)
                .sort()
                .join(),
            );
            for (const { additions, outcome } of list) {
              const pairs = additions.map(({ customer, provider }) => [customer, provider] as const);
              expect(outcomeWith(pairs)).toBe(outcome);
              expect(reaches(outcome)).toBe(true);
            }
            for (let size = 0; size <= (list[0]?.additions.length ?? 0); size++) {
              const good = [...choices(PAIRS, size)].filter((pairs) => reaches(outcomeWith(pairs)));
              const wanted = good.map((pairs) =>
                pairs
                  .map((pair) => pair.join(' '))
                  .sort()
                  .join(),
              );
              expect(wanted.sort()).toEqual(size === list[0]?.additions.length ? texts.sort() : []);
            }
          };
          if (result.outcome === 'invalid') check(result.toUnknown, (outcome) => outcome !== 'invalid');
          if (result.outcome !== 'valid') check(result.toValid, (outcome) => outcome === 'valid');
          else expect(result.toValid).toEqual([]);
          // Paths of 1 to 4 ASes without 0 can all be mended.
          if (result.outcome !== 'valid') expect(result.toValid.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('formatRepairs', () => {
  it('says how, with the caution', () => {
    expect(formatRepairs(found({ 1: [3] }, '3 2 1', 'upstream'))).toBe(
      [
        'repair     not invalid with 1 addition:',
        '             AS2 in the ASPA of AS1 (then unknown)',
        'repair     valid with 2 additions:',
        '             AS2 in the ASPA of AS1; AS3 in the new ASPA of AS2 (then valid)',
        "           This proves nobody's fault. An AS that is added here may be no provider at all, and the path a",
        '           leak or a forgery, which the addition would let pass; only the customer knows its providers.',
        '           An AS without ASPA that publishes one has to list all its providers, not these alone.',
        '',
      ].join('\n'),
    );
  });

  it('says once what makes it valid and is also the least that makes it not invalid', () => {
    const text = formatRepairs(found({ 1: [2], 2: [9] }, '3 2 1', 'upstream'));
    expect(text.match(/^repair.*$/gm)).toEqual(['repair     valid with 1 addition:']);
  });

  it('of several ways each', () => {
    const text = formatRepairs(found({ 1: [9], 2: [9], 3: [9] }, '3 2 1', 'downstream'));
    expect(text).toContain(
      'repair     valid with 1 addition, 2 ways:\n             AS2 in the ASPA of AS3 (then valid)\n',
    );
  });

  it('of none why', () => {
    expect(formatRepairs(found({}, '1', 'upstream'))).toBe('');
    expect(formatRepairs(found({}, '{1}', 'upstream'))).toContain('the procedure halted before');
    expect(formatRepairs(found({ 1: [3] }, '0 1', 'upstream'))).toContain(
      'not invalid: no addition to ASPAs',
    );
  });
});
