import { type Box, FONT_SIZE, fitted, type Key, type Label, type Part, textWidth } from './drawing.js';
import { type GraphLink, type Layers, layersOf, type Place } from './layers.js';
import { legend } from './legend.js';

/** What a colour of a graph stands for. */
export interface GraphPart extends Part {
  /** Stands before the names of its nodes, so that they are told apart without colours. */
  readonly sign?: string;
}

/** A node of a graph: its name, and the index of its part, which gives it its colour. */
export interface GraphNode {
  readonly label: string;
  readonly part: number;
  /** What it says to a reader who points at it. */
  readonly text: string;
  /** Short lines below its name. */
  readonly notes?: readonly string[];
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
  readonly parts: readonly GraphPart[];
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
  readonly parts: readonly GraphPart[];
  readonly boxes: readonly (Box &
    Omit<GraphNode, 'label' | 'notes'> & { readonly label: Label; readonly notes: readonly Label[] })[];
  /** A line for each link; one between equals is broken. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly broken: boolean }[];
  /** A line and the corners of its head for each flow, over the line of its link. */
  readonly arrows: readonly {
    readonly points: readonly Point[];
    readonly head: readonly Point[];
    readonly part: number;
  }[];
  readonly keys: readonly Key[];
}

/** The least of a node, and what a long name and its notes may make of it. */
const NODE = { width: 58, height: 24, widest: 110 };
/** Size of the writing of a note, and how much higher each makes its node. */
export const NOTE_SIZE = 10;
const NOTE_HEIGHT = 12;
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
  const spots = spotsOf(graph, layers);
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
    const points = forward ? line.points : [...line.points].reverse();
    return [{ points, head: headOf(points), part }];
  });
  const boxes = nodes.map(({ notes = [], ...said }, node) => {
    const { x, y } = spots.nodes[node] as Point;
    const width = spots.nodeWidth;
    const height = heightOf(graph, node);
    const top = y - height / 2;
    const label: Label = {
      x,
      y: top + NODE.height / 2 + FONT_SIZE / 3,
      ...fitted(nameOf(graph, node), width),
      anchor: 'middle',
    };
    const lines = notes.map(
      (note, i): Label => ({
        x,
        y: top + NODE.height + NOTE_HEIGHT * i + NOTE_SIZE / 2,
        ...fitted(note, (width * FONT_SIZE) / NOTE_SIZE),
        anchor: 'middle',
      }),
    );
    return { x: x - width / 2, y: top, width, height, ...said, label, notes: lines };
  });
  const { title, description } = graph;
  const signed = parts.map(({ name, sign, ...part }) => ({ ...part, name: withSign(sign, name) }));
  const keys = legend(signed, MARGIN, 4);
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

const withSign = (sign: string | undefined, name: string): string =>
  sign === undefined ? name : `${sign} ${name}`;

function nameOf({ nodes, parts }: Graph, node: number): string {
  const { label, part } = nodes[node] as GraphNode;
  return withSign(parts[part]?.sign, label);
}

function heightOf({ nodes }: Graph, node: number): number {
  return NODE.height + NOTE_HEIGHT * (nodes[node]?.notes?.length ?? 0);
}

/** All nodes are as wide as the widest needs. */
function nodeWidthOf(graph: Graph): number {
  const widths = graph.nodes.flatMap(({ notes = [] }, node) => [
    textWidth(nameOf(graph, node)),
    ...notes.map((note) => (textWidth(note) * NOTE_SIZE) / FONT_SIZE),
  ]);
  return Math.min(NODE.widest, Math.max(NODE.width, ...widths.map((width) => Math.ceil(width) + 4)));
}

/** The head of an arrow at the last of the points: a triangle in the direction of the last stretch. */
function headOf(points: readonly Point[]): Point[] {
  const [before, tip] = points.slice(-2);
  if (before === undefined || tip === undefined) return [];
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const back = { x: tip.x - 0.75 * FONT_SIZE * along.x, y: tip.y - 0.75 * FONT_SIZE * along.y };
  const half = 0.33 * FONT_SIZE;
  return [
    tip,
    { x: back.x - half * along.y, y: back.y + half * along.x },
    { x: back.x + half * along.y, y: back.y - half * along.x },
  ];
}

interface Spots {
  readonly width: number;
  readonly height: number;
  readonly nodeWidth: number;
  /** Middles of the nodes by index. */
  readonly nodes: readonly Point[];
  /** Where links pass through rows: `link@row`. */
  readonly passing: ReadonlyMap<string, Point>;
  /** Index of each node in its row, among all places. */
  readonly order: readonly number[];
}

function spotsOf(graph: Graph, { places }: Layers): Spots {
  const nodeWidth = nodeWidthOf(graph);
  const tallest = Math.max(NODE.height, ...graph.nodes.map((_, node) => heightOf(graph, node)));
  const widthOf = (place: Place): number => ('node' in place ? nodeWidth : PASSING);
  const widths = places.map((row) => row.reduce((sum, place) => sum + widthOf(place) + GAP.x, -GAP.x));
  const width = Math.max(0, ...widths) + 2 * MARGIN;
  const nodes: Point[] = [];
  const order: number[] = [];
  const passing = new Map<string, Point>();
  for (const [row, own] of places.entries()) {
    let x = (width - (widths[row] as number)) / 2;
    const y = TOP + MARGIN + GAP.y / 2 + row * (tallest + GAP.y);
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
    TOP + MARGIN + GAP.y / 2 + Math.max(0, places.length - 1) * (tallest + GAP.y) + tallest / 2 + MARGIN;
  return { width, height, nodeWidth, nodes, passing, order };
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
    const first = {
      x: portOf(graph, layers, spots, start, link, 'below'),
      y: a.y + heightOf(graph, start) / 2,
    };
    const last = { x: portOf(graph, layers, spots, end, link, 'above'), y: b.y - heightOf(graph, end) / 2 };
    return [first, ...between, last];
  }
  const distance = Math.abs((spots.order[start] as number) - (spots.order[end] as number));
  const sign = a.x < b.x ? 1 : -1;
  if (distance === 1) {
    return [
      { x: a.x + (sign * spots.nodeWidth) / 2, y: a.y },
      { x: b.x - (sign * spots.nodeWidth) / 2, y: b.y },
    ];
  }
  const above = (node: number, { y }: Point): Point => ({
    x: portOf(graph, layers, spots, node, link, 'above'),
    y: y - heightOf(graph, node) / 2,
  });
  const [first, last] = [above(start, a), above(end, b)];
  const top = Math.min(first.y, last.y) - 4 - (LIFT * distance) / (distance + 3);
  return [first, { x: first.x + 8 * sign, y: top }, { x: last.x - 8 * sign, y: top }, last];
}

/** Where on the upper or lower side of a node a link begins: all that begin there side by side, in the order of their ends. */
function portOf(
  { links }: Graph,
  { rows }: Layers,
  { nodes, nodeWidth, order }: Spots,
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
  const step = Math.min(10, (nodeWidth - 12) / Math.max(1, there.length));
  return (nodes[node] as Point).x + step * (index - (there.length - 1) / 2);
}
