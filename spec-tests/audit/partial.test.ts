import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import {
  type AuditReport,
  createAudit,
  createPartialMerge,
  EMPTY_PARTIAL,
  emptyPart,
  joinFacts,
  type LazyAuditReport,
  mergePartials,
  type PartialReport,
  reportOfPartial,
} from 'pathsec/audit';
import { parsePrefix } from 'pathsec/inet';
import type { Element } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { conditionsOf, element, judge, options } from './arbitrary-files.js';
import { route } from './build.js';

const files = fc.array(fc.array(element, { maxLength: 12 }), { maxLength: 5 });
const textOf = (report: LazyAuditReport | AuditReport): string => JSON.stringify(report);

describe('parts of an audit', () => {
  it('make, added in any order, the report of the whole', () => {
    fc.assert(
      fc.property(files, options, fc.nat(1_000), (inputs, of, turn) => {
        const whole = createAudit(of);
        for (const one of inputs.flat()) whole.add(one);
        const parts = inputs.map((elements) => {
          const audit = createAudit({ ...of, seed: turn });
          for (const one of elements) audit.add(one);
          return structuredClone(audit.part());
        });
        const turned = parts.map((_, i) => parts[(i + turn) % parts.length] ?? emptyPart());
        const sum = createAudit(of);
        for (const part of [emptyPart(), ...turned]) sum.addPart(part);
        expect(textOf(sum.lazyReport())).toBe(textOf(whole.lazyReport()));
      }),
      { numRuns: 300 },
    );
  });

  it('can go on with routes behind a part, also of the path that came last', () => {
    const of = { aspa: createAspaTable([]), rov: createRovTable() };
    const one = route('192.0.2.0/24', '2 1', 2);
    const first = createAudit(of);
    first.add(one);
    const sum = createAudit(of);
    sum.add(one);
    sum.addPart(first.part());
    sum.add(one);
    expect(sum.report()).toMatchObject({ routes: 3, paths: 1, peers: [{ peerAs: 2, routes: 3, paths: 1 }] });
  });

  it('list the same invalid origins however many there are', () => {
    const rov = createRovTable([{ prefix: parsePrefix('10.0.0.0/8'), maxLength: 8, asn: 9 }]);
    const of = { aspa: createAspaTable([]), rov, maxInvalidOrigins: 3 };
    const many = Array.from({ length: 200 }, (_, i) => route(`10.${i}.0.0/16`, '2 1', 2));
    const elements = [...many, ...many.slice(50, 90), ...many.slice(60, 80)];
    const reportOf = (list: readonly Element[], pieces: number): AuditReport => {
      const sum = createAudit(of);
      const length = Math.ceil(list.length / pieces);
      for (let at = 0; at < list.length; at += length) {
        const part = createAudit(of);
        for (const one of list.slice(at, at + length)) part.add(one);
        sum.addPart(part.part());
      }
      return sum.report();
    };
    const whole = reportOf(elements, 1);
    expect(whole.invalidOrigins.listed).toHaveLength(3);
    const listed = whole.invalidOrigins.listed.reduce((sum, { routes }) => sum + routes, 0);
    expect(listed + whole.invalidOrigins.routesNotListed).toBe(260);
    expect(reportOf(elements, 7)).toEqual(whole);
    expect(reportOf([...elements].reverse(), 3)).toEqual(whole);
  });

  it('refuse more routes of one path and peer than a row holds', () => {
    const of = { aspa: createAspaTable([]), rov: createRovTable() };
    const audit = createAudit(of);
    audit.add(route('192.0.2.0/24', '2 1', 2));
    const part = audit.part();
    part.rows[4] = 0xffff_ffff;
    expect(() => audit.addPart(part)).toThrow(expect.objectContaining({ code: 'count-range' }));
  });
});

describe('partial reports', () => {
  const partial = fc.tuple(files, options).map(([inputs, of]) => ({
    whole: { conditions: conditionsOf(of), files: inputs.map((one, i) => judge(one, i, of)) },
    inputs,
    of,
  }));
  const partOf = ({ conditions, files: all }: PartialReport, mask: number): PartialReport => ({
    conditions,
    files: all.filter((_, i) => (mask >> i) & 1),
  });
  const mask = fc.nat(31);

  it('merge in any order and grouping, each file once, and nothing changes them', () => {
    fc.assert(
      fc.property(partial, mask, mask, mask, ({ whole }, one, two, three) => {
        const [a, b, c] = [partOf(whole, one), partOf(whole, two), partOf(whole, three)];
        const ab = mergePartials([a, b]);
        expect(mergePartials([b, a])).toEqual(ab);
        expect(mergePartials([ab, c])).toEqual(mergePartials([a, mergePartials([b, c])]));
        expect(mergePartials([a, b, c])).toEqual(mergePartials([ab, c]));
        expect(mergePartials([ab, ab])).toEqual(ab);
        expect(mergePartials([ab, EMPTY_PARTIAL])).toEqual(ab);
        expect(mergePartials([EMPTY_PARTIAL, ab])).toEqual(ab);
        expect(mergePartials([])).toEqual(EMPTY_PARTIAL);
      }),
      { numRuns: 100 },
    );
  });

  it('have the report of an audit of all their files', () => {
    fc.assert(
      fc.property(partial, mask, fc.nat(100), ({ whole, inputs, of }, some, seed) => {
        const audit = createAudit(of);
        for (const one of inputs.flat()) audit.add(one);
        const expected = textOf(audit.lazyReport(joinFacts(whole.files)));
        const merged = mergePartials([partOf(whole, some), whole]);
        expect(textOf(reportOfPartial(merged, { seed }))).toBe(expected);
        const merge = createPartialMerge({ seed });
        merge.begin(conditionsOf(of));
        for (const file of [...whole.files].reverse()) expect(merge.add(file)).toBeUndefined();
        for (const file of whole.files) expect(merge.add(file)).toBe(file.name);
        expect(textOf(merge.report())).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('give a file that two of them have the first of its names', () => {
    const of = { aspa: createAspaTable([]), rov: createRovTable() };
    const file = judge([route('192.0.2.0/24', '2 1', 2)], 1, of);
    const conditions = conditionsOf(of);
    const [x, y] = ['b', 'a'].map((name) => ({ conditions, files: [{ ...file, name }] }));
    const merged = mergePartials([x as PartialReport, y as PartialReport]);
    expect(merged.files.map(({ name }) => name)).toEqual(['a']);
    const merge = createPartialMerge();
    merge.begin(conditions);
    expect([merge.add({ ...file, name: 'b' }), merge.add({ ...file, name: 'a' })]).toEqual([undefined, 'b']);
    expect([merge.names(), merge.report().routes]).toEqual([['a'], 1]);
  });

  it('do not merge when they were made against something else, and say what', () => {
    const base = conditionsOf({ aspa: createAspaTable([]), rov: createRovTable() });
    const other = { count: 7, sha256: 'c'.repeat(64) };
    const said: [Partial<typeof base>, RegExp][] = [
      [{ vrps: other }, /other VRPs \(SHA-256 aaaaaaaaaaaa, 0, and SHA-256 cccccccccccc, 7\)/],
      [{ aspas: other }, /other ASPAs/],
      [{ neighborCheck: 'off' }, /another neighbour check \(auto and off\)/],
      [{ neighborRole: 'peer' }, /another neighbour role \(none and peer\)/],
      [{ roles: { 1: 'peer', 2: 'peer' } }, /other roles \(AS1: none and peer, and 1 more\)/],
      [{ maxInvalidOrigins: 5 }, /another limit of listed origins \(1000 and 5\)/],
    ];
    for (const [change, text] of said) {
      const changed = { conditions: { ...base, ...change }, files: [] };
      const merge = () => mergePartials([{ conditions: base, files: [] }, changed]);
      expect(merge).toThrow(text);
      expect(merge).toThrow(expect.objectContaining({ code: 'partial-conditions' }));
      const one = createPartialMerge();
      one.begin(base);
      expect(() => one.begin(changed.conditions)).toThrow(text);
    }
  });

  it('have no report without conditions', () => {
    expect(() => reportOfPartial(EMPTY_PARTIAL)).toThrow(RangeError);
    expect(() => createPartialMerge().report()).toThrow(RangeError);
    const of = { aspa: createAspaTable([]), rov: createRovTable() };
    expect(() => createPartialMerge().add(judge([], 0, of))).toThrow(RangeError);
  });
});
