import {
  checkRows,
  type Drawing,
  FONT_SIZE,
  fitted,
  grouped,
  inWords,
  type Label,
  type Part,
  type Piece,
  type Row,
  textWidth,
  type Wording,
} from './drawing.js';
import { legend } from './legend.js';
import { ticks } from './ticks.js';

const WIDTH = 640;
const TOP = 30;
const HEIGHT = 220;
/** Below the columns: their names, then what they are. */
const BOTTOM = 38;
const RIGHT = 10;
const TITLE = 20;

/**
 * Columns as high as their counts, the parts upon each other, the first part lowest. Where the columns stand too close for
 * all their names, every second, third, … has one.
 *
 * @throws {RangeError} for a row without one count, 0 or more, for each part.
 */
export function columns(rows: readonly Row[], parts: readonly Part[], wording: Wording): Drawing {
  checkRows(rows, parts);
  const marks = ticks(Math.max(0, ...rows.map(sumOf)));
  const highest = marks.at(-1) ?? 1;
  const left = TITLE + 10 + Math.max(...marks.map((mark) => textWidth(grouped(mark))));
  const plot = { x: left, y: TOP, width: WIDTH - RIGHT - left, height: HEIGHT };
  const bottom = plot.y + plot.height;
  const step = plot.width / Math.max(1, rows.length);
  const yOf = (count: number): number => bottom - (plot.height * count) / highest;
  const titles: Label[] = [
    { x: 12, y: plot.y + plot.height / 2, text: wording.counts, anchor: 'middle', upright: true },
    { x: plot.x + plot.width / 2, y: bottom + 33, text: wording.rows ?? '', anchor: 'middle' },
  ];
  return {
    width: WIDTH,
    height: bottom + BOTTOM,
    title: wording.title,
    description: `${wording.counts} by ${wording.rows ?? 'row'}: ${inWords(rows, parts)}`,
    parts,
    plot,
    pieces: rows.flatMap((row, i) => piecesOf(row, i, parts, { left: plot.x + step * i, step, yOf })),
    grid: marks.map((mark) => ({ x1: plot.x, y1: yOf(mark), x2: plot.x + plot.width, y2: yOf(mark) })),
    labels: [
      ...marks.map((mark): Label => {
        return { x: left - 6, y: yOf(mark) + FONT_SIZE / 3, text: grouped(mark), anchor: 'end' };
      }),
      ...namesOf(rows, plot.x, bottom + 16, step),
      ...titles.filter(({ text }) => text !== ''),
    ],
    keys: legend(parts, plot.x, 4),
  };
}

const sumOf = ({ counts }: Row): number => counts.reduce((all, count) => all + count, 0);

/** The names that have room, from the first on. */
function namesOf(rows: readonly Row[], left: number, y: number, step: number): Label[] {
  const widest = Math.max(0, ...rows.map(({ label }) => textWidth(label))) + 4;
  const each = Math.max(1, Math.ceil(Math.min(widest, 80) / step));
  return rows.flatMap(({ label }, i) => {
    if (i % each !== 0) return [];
    return [
      {
        x: left + step * (i + 0.5),
        y,
        anchor: 'middle',
        ...fitted(label, Math.max(80, each * step)),
      } as const,
    ];
  });
}

interface Column {
  readonly left: number;
  readonly step: number;
  yOf(count: number): number;
}

function piecesOf(row: Row, index: number, parts: readonly Part[], { left, step, yOf }: Column): Piece[] {
  let before = 0;
  return row.counts.flatMap((count, part) => {
    if (count === 0) return [];
    const low = yOf(before);
    before += count;
    const y = yOf(before);
    const text = `${row.label}, ${parts[part]?.name}: ${grouped(count)}`;
    const box = { x: left + 0.1 * step, y, width: 0.8 * step, height: low - y };
    return [{ row: index, part, count, text, ...box }];
  });
}
