import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/site/octets/examples.js';
import { describeFrame, framesOf, KIND_NAMES, kindOf, type OctetsKind } from '../../src/site/octets/kinds.js';
import { MAX_OCTETS, readOctets, writeOctets } from '../../src/site/octets/read-octets.js';
import { routeOf } from '../../src/site/octets/route-of.js';
import { nodeAt, nodeByPath, treeRows } from '../../src/site/octets/tree-rows.js';

const KINDS = Object.keys(KIND_NAMES) as OctetsKind[];
const arbitraryKind = fc.constantFrom(...KINDS);
const octetsOf = (text: string): Uint8Array => {
  const reading = readOctets(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.octets;
};
/** Octets of the examples with some of them changed, or any. */
const arbitraryOctets = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }),
  fc
    .tuple(
      fc.constantFrom(...EXAMPLES.map(({ state }) => octetsOf(state.text))),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
    )
    .map(([octets, at, value]) => octets.with(at % octets.length, value)),
);

describe('octets in a text', () => {
  it.each(['', ' \n\t'])('are not there yet in %j', (text) => {
    expect(readOctets(text)).toEqual({ problem: 'no octets yet: paste them here, or drop a file' });
  });

  it('are read as they are written: plain, with signs between them, as a dump with offsets and characters', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.constantFrom('', ' ', ':', ', ', '\n', ' 0x'),
        (octets, between) => {
          const words = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0'));
          expect(octetsOf(words.join(between))).toEqual(octets);
          expect(octetsOf(writeOctets(octets))).toEqual(octets);
          const lines = Array.from({ length: Math.ceil(octets.length / 16) }, (_, i) => {
            const row = words.slice(16 * i, 16 * i + 16);
            return `${(16 * i).toString(16).padStart(8, '0')}: ${row.join(' ').padEnd(50)}  ${'a'.repeat(row.length)}`;
          });
          expect(octetsOf(lines.join('\n'))).toEqual(octets);
        },
      ),
    );
  });

  it('that are none are told', () => {
    expect(readOctets('ff f')).toEqual({ problem: 'an odd number of hexadecimal digits' });
    expect(readOctets('ff xx')).toEqual({ problem: '"x" is no hexadecimal digit' });
    expect(readOctets('00'.repeat(MAX_OCTETS + 1))).toEqual({
      problem: 'more than 262,144 octets: drop them as a file that is no text',
    });
  });
});

describe('octets of any kind', () => {
  it('are told apart by how they begin', () => {
    expect(EXAMPLES.map(({ state }) => kindOf(octetsOf(state.text)))).toEqual(['bgp', 'bgp', 'bgp', 'rtr']);
    expect(kindOf(octetsOf('3003020101'))).toBe('der');
    expect(kindOf(octetsOf('655f1000 0010 0004 00000000'))).toBe('mrt');
    expect(kindOf(octetsOf('03 00000006 04'))).toBe('bmp');
  });

  it('are frames without a gap, and each frame a tree of parts that lie in each other, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryOctets, arbitraryKind, (octets, kind) => {
        const frames = framesOf(octets, kind, 50);
        frames.forEach(({ end, start }, i) => {
          expect(start).toBe(frames[i - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
        });
        if (frames.length < 50) expect(frames.at(-1)?.end ?? 0).toBe(octets.length);
        const { tree } = describeFrame(octets, kind, {});
        const rows = treeRows(tree, new Set());
        for (const { node } of rows) expect(nodeByPath(tree, node.path)?.at(-1)?.path).toBe(node.path);
        for (let at = 0; at < octets.length; at += 7) {
          const { length, offset } = nodeAt(tree, at);
          expect([offset <= at, at < offset + length]).toEqual([true, true]);
        }
        expect(treeRows(tree, new Set([tree.path]))).toHaveLength(1);
      }),
    );
  });

  it('have a route to judge or none', () => {
    expect(EXAMPLES.map(({ state }) => routeOf(octetsOf(state.text), undefined, undefined))).toEqual([
      { path: '64510 64505 64499', prefix: '192.0.2.0/24', signed: false },
      { path: '65536 64496', prefix: '192.0.2.0/24', signed: true },
      { path: '64510 64505 64499', prefix: '192.0.2.0/24', signed: false },
      undefined,
    ]);
    fc.assert(
      fc.property(arbitraryOctets, fc.constantFrom('yes', undefined), (octets, yes) => {
        expect(['string', 'undefined']).toContain(typeof routeOf(octets, yes, yes)?.path);
      }),
    );
  });
});
