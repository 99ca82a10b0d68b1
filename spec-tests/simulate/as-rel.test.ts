import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import {
  createTopology,
  type Link,
  providerCircles,
  readTopology,
  writeAsRelationships,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';

const SERIAL_1 = `# inferred clique: 3356 174
# IXP ASes: 1200 4635
174|3356|0
174|64496|-1\r
3356|64496|-1

`;
const SERIAL_2 = `# source:topology|BGP|20260901|ripe|rrc00
# step 1: set peering in clique
# input clique: 174 3356
# IXP ASes: 4635 1200
174|3356|0|bgp
174|64496|-1|bgp
174|64496|-1|bgp
3356|64496|-1|mlp`;

describe('AS relationships of CAIDA', () => {
  it.each([
    ['serial 1', SERIAL_1],
    ['serial 2', SERIAL_2],
  ])('reads %s', (_, text) => {
    const { topology, clique, exchanges } = readTopology(text);
    expect([clique, exchanges]).toEqual([
      [174, 3356],
      [1200, 4635],
    ]);
    expect([...writeAsRelationships(topology, clique, ['made'])]).toEqual([
      '# made',
      '# input clique: 174 3356',
      '174|64496|-1',
      '174|3356|0',
      '3356|64496|-1',
    ]);
  });

  it('takes peers without providers for tier 1 where nothing names it', () => {
    expect(readTopology('1|2|0\n1|3|-1\n4|2|-1\n').clique).toEqual([1]);
  });

  it.each<[string, string, string]>([
    ['1|2|0\n3|3|0', 'link-self', 'line 2'],
    ['# x\n1|2|-1\n\n2|1|-1', 'link-contradiction', 'line 4'],
    ['1|2|0\n1|2|-1', 'link-contradiction', 'line 2'],
    ['1|2', 'as-rel-syntax', 'line 1'],
    ['1|2|0|bgp|x', 'as-rel-syntax', 'line 1'],
    ['1|AS2|0', 'as-rel-syntax', 'line 1'],
    ['# input clique: 1 x\n1|2|0', 'as-rel-syntax', 'line 1'],
    ['1|2|1', 'as-rel-relation', 'line 1'],
    ['1|2|', 'as-rel-relation', 'line 1'],
    ['0|2|0', 'asn-range', 'line 1'],
    ['1|4294967296|0', 'asn-range', 'line 1'],
    ['', 'no-relationships', ''],
    ['# nothing\n', 'no-relationships', ''],
  ])('refuses %j by line', (text, code, field) => {
    expect(() => readTopology(text)).toThrow(expect.objectContaining({ code, field }));
  });

  it('reads blanks in place of the bars', () => {
    const bars = '# input clique: 1 2\n1|2|0\n1|3|-1|bgp\n';
    expect(readTopology(bars.replaceAll('|', ' '))).toEqual(readTopology(bars));
    expect(readTopology(bars.replaceAll('|', '\t'))).toEqual(readTopology(bars));
  });

  it('names the other line of a contradiction', () => {
    expect(() => readTopology('5|6|0\n1|2|0\n2|1|-1')).toThrow(
      'line 3: AS1 and AS2 are linked otherwise in line 2',
    );
  });

  it('writes what it reads again as the same', () => {
    const asn = fc.integer({ min: 1, max: 12 });
    const links = fc.uniqueArray(fc.tuple(asn, asn, fc.constantFrom(-1, 0)), {
      minLength: 1,
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
    });
    fc.assert(
      fc.property(links, fc.subarray([1, 2, 3]), (all, clique) => {
        const kept = all.filter(([a, b]) => a !== b) as unknown as Link[];
        if (kept.length === 0) return;
        const topology = createTopology(kept);
        const lines = [...writeAsRelationships(topology, clique)];
        const again = readTopology(lines.join('\n'));
        expect(again.topology).toEqual(topology);
        if (clique.length > 0) expect(again.clique).toEqual(clique);
        expect([...writeAsRelationships(again.topology, clique)]).toEqual(lines);
      }),
    );
  });

  it('never fails otherwise than by a code', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('1|2|0', '2|3|-1|bgp', '# input clique: 1', '|', '1|2|-1'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          expect(readTopology(lines.join('\n')).topology.asns.length).toBeGreaterThan(1);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a topology as JSON', () => {
  it('has members of a scenario', () => {
    const read = readTopology('\n {"links": [[1, 2, 0], [1, 3, -1]], "ases": [9], "clique": [2, 1, 2]}');
    expect([...read.topology.asns]).toEqual([1, 2, 3, 9]);
    expect(read.clique).toEqual([1, 2]);
    expect(readTopology('{"links": [[1, 2, 0], [3, 2, -1]]}').clique).toEqual([1]);
  });

  it.each<[string, string]>([
    ['{"link": []}', 'unknown-member'],
    ['{"links": 1}', 'request-member'],
    ['{"links": [[1, 1, 0]]}', 'link-self'],
    ['{"links"', 'json-syntax'],
  ])('is refused as %j', (text, code) => {
    expect(() => readTopology(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('providers in a circle', () => {
  it('are found, each set once', () => {
    const links: Link[] = [
      [1, 2, -1],
      [2, 3, -1],
      [3, 1, -1],
      [3, 4, -1],
      [4, 5, -1],
      [5, 6, -1],
      [6, 5, 0],
      [7, 8, -1],
      [8, 9, -1],
      [9, 7, -1],
      [10, 7, -1],
    ];
    const all = links.filter(([a]) => a !== 6);
    expect(providerCircles(createTopology(all))).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ]);
    expect(providerCircles(createTopology([]))).toEqual([]);
  });

  it('are exactly the ASes that reach themselves down provider links', () => {
    const asn = fc.integer({ min: 1, max: 9 });
    const links = fc.uniqueArray(fc.tuple(asn, asn), {
      selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
      maxLength: 14,
    });
    fc.assert(
      fc.property(links, (pairs) => {
        const kept = pairs.filter(([a, b]) => a !== b);
        const reach = (from: number): Set<number> => {
          const found = new Set<number>();
          const open = [from];
          for (let at = open.pop(); at !== undefined; at = open.pop()) {
            for (const [a, b] of kept) {
              if (a !== at || found.has(b)) continue;
              found.add(b);
              open.push(b);
            }
          }
          return found;
        };
        const ases = [...new Set(kept.flat())].sort((a, b) => a - b);
        const expected = ases.filter((one) => reach(one).has(one));
        const found = providerCircles(createTopology(kept.map(([a, b]) => [a, b, -1])));
        expect(found.flat().sort((a, b) => a - b)).toEqual(expected);
        for (const circle of found) {
          for (const one of circle) expect(circle.every((other) => reach(one).has(other))).toBe(true);
        }
      }),
    );
  });

  it('also in a chain as long as there are ASes', () => {
    const links = Array.from({ length: 100_000 }, (_, i): Link => [i + 1, i + 2, -1]);
    expect(providerCircles(createTopology(links))).toEqual([]);
    expect(providerCircles(createTopology([...links, [100_001, 1, -1]]))[0]?.length).toBe(100_001);
  });
});
