import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { type Graph, type GraphDrawing, graphDot, graphSvg, layeredGraph } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';

const PARTS = [
  { name: 'reached', color: '#0a6ebd' },
  { name: 'lost', color: '#b3261e', sign: '✕' },
];

function graphOf(count: number, pairs: readonly (readonly [number, number, 'down' | 'across'])[]): Graph {
  const links = pairs.map(([from, to, kind]) => ({ from, to, kind }));
  return {
    title: 'Ways',
    description: 'who reaches whom',
    nodes: Array.from({ length: count }, (_, i) => ({
      label: String(i),
      part: i % 2,
      text: `node ${i}`,
      ...(i % 3 > 0 && { notes: ['peerlockLite, edgeFilter, otc', 'leaks'].slice(0, i % 3) }),
    })),
    links,
    flows: links.filter((_, i) => i % 2 === 0).map(({ from, to }) => ({ from: to, to: from, part: 1 })),
    parts: PARTS,
  };
}

const arbitraryGraph = fc.integer({ min: 0, max: 12 }).chain((count) => {
  const all = Array.from({ length: count }, (_, a) => a).flatMap((a) =>
    Array.from({ length: count - a - 1 }, (_, i) => [a, a + i + 1] as const),
  );
  const kind = fc.constantFrom('down' as const, 'across' as const);
  return fc
    .tuple(
      fc.subarray(all, { maxLength: Math.min(all.length, 20) }),
      fc.infiniteStream(fc.boolean()),
      fc.infiniteStream(kind),
    )
    .map(([pairs, turned, kinds]) => {
      const links = pairs.map(([a, b]) => {
        const turn = turned.next().value === true; // which makes circles, too
        return [turn ? b : a, turn ? a : b, kinds.next().value as 'down' | 'across'] as const;
      });
      return graphOf(count, links);
    });
});

const inside = ({ width, height }: GraphDrawing, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x <= width && y <= height;

describe('layeredGraph', () => {
  it('puts what is above above, in rows', () => {
    const { boxes } = layeredGraph(
      graphOf(4, [
        [3, 2, 'down'],
        [2, 1, 'down'],
        [3, 1, 'down'],
        [3, 0, 'across'],
      ]),
    );
    const ys = boxes.map(({ y }) => y);
    expect(new Set(ys).size).toBe(3);
    expect(ys[3]).toBe(ys[0]);
    expect((ys[3] as number) < (ys[2] as number) && (ys[2] as number) < (ys[1] as number)).toBe(true);
  });

  it('puts signs before names and notes below them, and is as wide as they need', () => {
    const [plain, told] = layeredGraph(graphOf(2, [])).boxes;
    expect([plain?.label.text, plain?.notes]).toEqual(['0', []]);
    expect(told?.label.text).toBe('✕ 1');
    expect(told?.notes.map(({ text, whole }) => whole ?? text)).toEqual(['peerlockLite, edgeFilter, otc']);
    expect(told?.height).toBeGreaterThan(plain?.height ?? 0);
    const long = graphOf(1, []);
    const [wide] = layeredGraph({ ...long, nodes: [{ label: '4294967295', part: 1, text: '' }] }).boxes;
    expect(wide?.label.text).toBe('✕ 4294967295');
    expect(wide?.width).toBeGreaterThan(layeredGraph(long).boxes[0]?.width ?? 0);
    expect(layeredGraph(long).keys.map(({ label }) => label.text)).toEqual(['reached', '✕ lost']);
  });

  it('leads a long link past the nodes of the rows between', () => {
    const { lines, boxes } = layeredGraph(
      graphOf(3, [
        [0, 1, 'down'],
        [1, 2, 'down'],
        [0, 2, 'down'],
      ]),
    );
    expect(lines.map(({ points }) => points.length)).toEqual([2, 2, 3]);
    const [, passing] = lines[2]?.points ?? [];
    const between = boxes[1];
    expect(passing && between && (passing.x < between.x || passing.x > between.x + between.width)).toBe(true);
  });

  it('says the direction of a flow by the order of its points', () => {
    const graph = { ...graphOf(2, [[0, 1, 'down']]), flows: [{ from: 1, to: 0, part: 0 }] };
    const { arrows, lines } = layeredGraph(graph);
    expect(arrows[0]?.points).toEqual([...(lines[0]?.points ?? [])].reverse());
    expect(layeredGraph({ ...graph, flows: [{ from: 0, to: 0, part: 0 }] }).arrows).toEqual([]);
  });

  it('keeps nodes apart, everything inside, and draws equals equally', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const drawing = layeredGraph(graph);
        const { boxes, lines } = drawing;
        expect([boxes.length, lines.length]).toEqual([graph.nodes.length, graph.links.length]);
        for (const [i, one] of boxes.entries()) {
          expect(
            inside(drawing, one.x, one.y) && inside(drawing, one.x + one.width, one.y + one.height),
          ).toBe(true);
          for (const { y } of [one.label, ...one.notes]) {
            expect(y > one.y && y < one.y + one.height).toBe(true);
          }
          for (const other of boxes.slice(i + 1)) {
            const apart = Math.abs(one.x - other.x) >= one.width || Math.abs(one.y - other.y) >= one.height;
            expect(apart).toBe(true);
          }
        }
        for (const { x, y } of lines.flatMap(({ points }) => points))
          expect(inside(drawing, x, y)).toBe(true);
        expect(layeredGraph(graph)).toEqual(drawing);
        expect(XMLValidator.validate(graphSvg(drawing))).toBe(true);
      }),
    );
  });
});

describe('graphSvg', () => {
  it('escapes, outlines what is strong, and has a head for each arrow', () => {
    const graph = graphOf(2, [[0, 1, 'down']]);
    const nodes = graph.nodes.map((node, i) => ({ ...node, label: '<&>', strong: i === 0 }));
    const svg = graphSvg(layeredGraph({ ...graph, nodes }));
    expect(svg.match(/&lt;&amp;&gt;/g)?.length).toBe(2);
    expect(svg.match(/stroke-width="3"/g)?.length).toBe(1);
    expect(svg.match(/<polygon /g)?.length).toBe(1);
  });
});

describe('graphDot', () => {
  it('names nodes so that Graphviz reads any label, and has links and flows', () => {
    const graph = graphOf(2, [[0, 1, 'across']]);
    const [first, second] = graph.nodes;
    if (!first || !second) throw new TypeError('two nodes');
    const dot = graphDot({
      ...graph,
      title: '"',
      nodes: [first, { ...second, label: 'a "b"', strong: true }],
    });
    expect(dot.split('\n')).toEqual([
      'digraph "\\"" {',
      '  node [shape=box, style="filled,rounded", fontcolor=white];',
      '  0 [label="0", fillcolor="#0a6ebd"];',
      '  "a \\"b\\"" [label="✕ a \\"b\\"\\npeerlockLite, edgeFilter, otc", fillcolor="#b3261e", penwidth=3];',
      '  0 -> "a \\"b\\"" [dir=none, color=gray, style=dashed, constraint=false];',
      '  "a \\"b\\"" -> 0 [color="#b3261e", penwidth=2, constraint=false];',
      '}',
      '',
    ]);
  });
});
