import fc from 'fast-check';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createPrefixListStore, type PrefixListPayload } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache, UNSPOKEN_KINDS } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryPrefixList } from './arbitrary-payloads.js';

const list = (asn: number, ...prefixes: string[]): PrefixListPayload => ({
  asn,
  prefixes: prefixes.map((text) => parsePrefix(text)),
});
const texts = ({ prefixes }: PrefixListPayload): string[] => prefixes.map(formatPrefix);

describe('prefix lists as payloads', () => {
  it('of one AS become their union, which ends with its first part (prefixlist §6)', () => {
    requirement('prefixlist:6:union', '!prefixlist:6:union');
    const store = createPrefixListStore([
      { ...list(1, '2001:db8::/32', '192.0.2.0/25'), expires: 9 },
      list(2, '198.51.100.0/24'),
      { ...list(1, '192.0.2.0/24', '192.0.2.0/25'), expires: 5, ta: 'ripe' },
    ]);
    expect([...store.sorted()].map((one) => [one.asn, ...texts(one)])).toEqual([
      [1, '192.0.2.0/24', '192.0.2.0/25', '2001:db8::/32'],
      [2, '198.51.100.0/24'],
    ]);
    expect(store.get(1)).toMatchObject({ expires: 5, ta: 'ripe' });
  });

  it('of one AS may be more than a function has arguments', () => {
    const lists = Array.from({ length: 200_000 }, (_, i) => ({ ...list(1), expires: 9 + i }));
    expect([...createPrefixListStore(lists)]).toEqual([{ ...list(1), expires: 9 }]);
  });

  it('announced take the place of what is held; an empty list is a list', () => {
    const store = createPrefixListStore([list(1, '192.0.2.0/24')]);
    expect(store.announce(list(1, '192.0.2.0/24'))).toBe(false);
    expect(store.announce(list(1))).toBe(true);
    expect([store.has(1), store.get(1)?.prefixes]).toEqual([true, []]);
    expect([store.withdraw(1), store.withdraw(1), store.size]).toEqual([true, false, 0]);
  });

  it('are the same union whatever the order and the parts', () => {
    const all = fc.array(arbitraryPrefixList, { maxLength: 6 });
    const content = (lists: Iterable<PrefixListPayload>) =>
      [...createPrefixListStore(lists).sorted()].map((one) => [one.asn, ...texts(one)]);
    fc.assert(
      fc.property(all, (lists) => {
        const parts = lists.flatMap(({ asn, prefixes }) => [
          { asn, prefixes: prefixes.slice(1) },
          { asn, prefixes: prefixes.slice(0, 1) },
        ]);
        expect(content(parts.toReversed())).toEqual(content(lists));
        const asns = new Set(lists.map(({ asn }) => asn));
        for (const [asn, ...own] of content(lists)) {
          const wanted = lists.filter((one) => one.asn === asn).flatMap(texts);
          expect(new Set(own)).toEqual(new Set(wanted));
        }
        expect(content(lists).length).toBe(asns.size);
      }),
    );
  });

  it.each([
    [null],
    [{ asn: 0, prefixes: [] }],
    [{ asn: 1 }],
    [{ asn: 1, prefixes: ['192.0.2.0/24'] }],
    [{ asn: 2 ** 32, prefixes: [] }],
  ])('that are none are refused: %j', (value) => {
    expect(() => createPrefixListStore([value as unknown as PrefixListPayload])).toThrowError(
      /prefix list|prefix|ASN/,
    );
  });

  it('in JSON are read with their problems', () => {
    const { prefixLists, problems } = readPayloads(
      JSON.stringify({
        roas: [],
        prefixLists: [
          { asn: 'AS64496', prefixes: ['192.0.2.0/24'] },
          { asn: 0, prefixes: [] },
          { asn: 1, prefixes: '192.0.2.0/24' },
          { asn: 1, prefixes: [7] },
          { asn: 1, prefixes: ['192.0.2.1/24'] },
          { asn: 1, prefix_list: [] },
        ],
      }),
    );
    expect([...prefixLists].map((one) => [one.asn, ...texts(one)])).toEqual([[64496, '192.0.2.0/24']]);
    expect(problems.listed.map(({ code, index }) => [code, index])).toEqual([
      ['prefix-list-asn-zero', 1],
      ['prefix-list-syntax', 2],
      ['prefix-syntax', 3],
      ['prefix-host-bits', 4],
      ['member-spelling', 5],
    ]);
  });

  it('are read as rpki-client writes them', () => {
    const text =
      '{"roas":[],"signedprefixlists":[{"origin_as":64496,"prefixes":["192.0.2.0/24"],"expires":7}]}';
    const { prefixLists, problems } = readPayloads(text);
    expect(problems.count).toBe(0);
    expect([...prefixLists].map((one) => [one.asn, one.expires, ...texts(one)])).toEqual([
      [64496, 7, '192.0.2.0/24'],
    ]);
  });

  it('are no part of RTR: a cache leaves them out (D-rtr-unspoken)', () => {
    expect(UNSPOKEN_KINDS).toContain('prefixLists');
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace({ prefixLists: [list(1, '192.0.2.0/24')] });
    expect(cache.snapshot(2).length).toBe(8 + 24);
    cache.change({ prefixLists: [list(2)] }, {});
    expect(cache.serial).toBe(0);
  });
});
