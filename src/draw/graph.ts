import { type Box, FONT_SIZE, type Key, type Label, type Part } from './drawing.js';
import { type GraphLink, type Layers, layersOf, type Place } from './layers.js';
import { legend } from './legend.js';

/** A node of a graph: its name, and the index of its part, which gives it its colour. */
export interface GraphNode {
  readonly label: string;
  readonly part: number;
  /** What it says to a reader who points at it. */
  readonly text: string;
  /** It has an outline. */
  readonly strong?: boolean;
}

/** What goes along a link from one node to another. */
export interface GraphFlow {
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

/** A graph to be drawn. */
export interface Graph {
  readonly title: string;
  readonly description: string;
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** Each along a link. */
  readonly flows: readonly GraphFlow[];
  readonly parts: readonly Part[];
}

/** A point in units of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A graph as values: what stands where. `graphSvg` writes it down. */
export interface GraphDrawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly parts: readonly Part[];
  readonly boxes: readonly (Box & Omit<GraphNode, 'label'> & { readonly label: Label })[];
  /** A line for each link; one between equals is broken. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly broken: boolean }[];
  /** A line with its head for each flow, over that of its link. */
  readonly arrows: readonly { readonly points: readonly Point[]; readonly part: number }[];
  readonly keys: readonly Key[];
}

const NODE = { width: 58, height: 24 };
const GAP = { x: 26, y: 74 };
const MARGIN = 16;
const TOP = 30;
/** How much of the width of a place that a link takes on its way through a row. */
const PASSING = 24;
/** How high a link within a row rises at most over the nodes between its ends, the farther the higher. */
const LIFT = 40;

/** A graph in rows, what stands above above; flows lie on its links. */
export function layeredGraph(graph: Graph): GraphDrawing {
  const { nodes, links, parts } = graph;
  const layers = layersOf(nodes.length, links);
  const spots = spotsOf(layers);
  const lines = links.map((_, link) => ({
    points: lineOf(graph, layers, spots, link),
    broken: links[link]?.kind === 'across',
  }));
  const arrows = graph.flows.flatMap(({ from, to, part }) => {
    const link = links.findIndex(
      (one) => (one.from === from && one.to === to) || (one.from === to && one.to === from),
    );
    const line = lines[link];
    if (line === undefined) return [];
    const forward = startOf(layers, links[link] as GraphLink) === from;
    return [{ points: forward ? line.points : [...line.points].reverse(), part }];
  });
  const boxes = nodes.map(({ label, ...said }, node) => {
    const { x, y } = spots.nodes[node] as Point;
    const writing: Label = { x, y: y + FONT_SIZE / 3, text: label, anchor: 'middle' };
    return { x: x - NODE.width / 2, y: y - NODE.height / 2, ...NODE, ...said, label: writing };
  });
  const { title, description } = graph;
  const keys = legend(parts, MARGIN, 4);
  const legendEnd = Math.max(0, ...keys.map((key) => key.label.x + 8 * key.label.text.length));
  return {
    width: Math.max(spots.width, legendEnd + MARGIN),
    height: spots.height,
    title,
    description,
    parts,
    boxes,
    lines,
    arrows,
    keys,
  };
}

interface Spots {
  readonly width: number;
  readonly height: number;
  /** Middles of the nodes by index. */
  readonly nodes: readonly Point[];
  /** Where links pass through rows: `link@row`. */
  readonly passing: ReadonlyMap<string, Point>;
  /** Index of each node in its row, among all places. */
  readonly order: readonly number[];
}

function spotsOf({ places }: Layers): Spots {
  const widthOf = (place: Place): number => ('node' in place ? NODE.width : PASSING);
  const widths = places.map((row) => row.reduce((sum, place) => sum + widthOf(place) + GAP.x, -GAP.x));
  const width = Math.max(0, ...widths) + 2 * MARGIN;
  const nodes: Point[] = [];
  const order: number[] = [];
  const passing = new Map<string, Point>();
  for (const [row, own] of places.entries()) {
    let x = (width - (widths[row] as number)) / 2;
    const y = TOP + MARGIN + GAP.y / 2 + row * (NODE.height + GAP.y);
    for (const [index, place] of own.entries()) {
      const middle = { x: x + widthOf(place) / 2, y };
      if ('node' in place) {
        nodes[place.node] = middle;
        order[place.node] = index;
      } else passing.set(`${place.link}@${row}`, middle);
      x += widthOf(place) + GAP.x;
    }
  }
  const height =
    TOP +
    MARGIN +
    GAP.y / 2 +
    Math.max(0, places.length - 1) * (NODE.height + GAP.y) +
    NODE.height / 2 +
    MARGIN;
  return { width, height, nodes, passing, order };
}

/** The end of a link at which its line begins: the upper one, in one row the left one as it is given. */
function startOf({ rows }: Layers, { from, to }: GraphLink): number {
  return (rows[from] as number) <= (rows[to] as number) ? from : to;
}

/** The line of a link: down through the rows, straight to the side, or over the nodes between. */
function lineOf(graph: Graph, layers: Layers, spots: Spots, link: number): Point[] {
  const one = graph.links[link] as GraphLink;
  const start = startOf(layers, one);
  const end = start === one.from ? one.to : one.from;
  const [a, b] = [spots.nodes[start] as Point, spots.nodes[end] as Point];
  const [upper, lower] = [layers.rows[start] as number, layers.rows[end] as number];
  if (upper < lower) {
    const between: Point[] = [];
    for (let row = upper + 1; row < lower; row++) between.push(spots.passing.get(`${link}@${row}`) as Point);
    const first = { x: portOf(graph, layers, spots, start, link, 'below'), y: a.y + NODE.height / 2 };
    const last = { x: portOf(graph, layers, spots, end, link, 'above'), y: b.y - NODE.height / 2 };
    return [first, ...between, last];
  }
  const distance = Math.abs((spots.order[start] as number) - (spots.order[end] as number));
  const sign = a.x < b.x ? 1 : -1;
  if (distance === 1) {
    return [
      { x: a.x + (sign * NODE.width) / 2, y: a.y },
      { x: b.x - (sign * NODE.width) / 2, y: b.y },
    ];
  }
  const y = a.y - NODE.height / 2;
  const first = { x: portOf(graph, layers, spots, start, link, 'above'), y };
  const last = { x: portOf(graph, layers, spots, end, link, 'above'), y };
  const top = y - 4 - (LIFT * distance) / (distance + 3);
  return [first, { x: first.x + 8 * sign, y: top }, { x: last.x - 8 * sign, y: top }, last];
}

/** Where on the upper or lower side of a node a link begins: all that begin there side by side, in the order of their ends. */
function portOf(
  { links }: Graph,
  { rows }: Layers,
  { nodes, order }: Spots,
  node: number,
  link: number,
  side: 'above' | 'below',
): number {
  const own = rows[node] as number;
  const there = links.flatMap(({ from, to }, i) => {
    if (from !== node && to !== node) return [];
    const other = from === node ? to : from;
    const row = rows[other] as number;
    const isAbove =
      row < own || (row === own && Math.abs((order[other] as number) - (order[node] as number)) > 1);
    if (side === 'above' ? !isAbove : row <= own) return [];
    return [{ i, x: (nodes[other] as Point).x }];
  });
  there.sort((a, b) => a.x - b.x || a.i - b.i);
  const index = there.findIndex(({ i }) => i === link);
  const step = Math.min(10, (NODE.width - 12) / Math.max(1, there.length));
  return (nodes[node] as Point).x + step * (index - (there.length - 1) / 2);
}
