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

const WIDTH = 640;
const STEP = 26;
const BAR = 18;
const TOP = 26;
/** Below the bars: the numbers of the axis, then what it counts. */
const BOTTOM = 38;
const RIGHT = 20;
const LONGEST_LABEL = 220;
const TICKS = [0, 20, 40, 60, 80, 100];

/**
 * Rows of bars that are all of one length, divided as the counts of the row are: shares. A row of zeros has no bar.
 *
 * @throws {RangeError} for a row without one count, 0 or more, for each part.
 */
export function shareBars(rows: readonly Row[], parts: readonly Part[], wording: Wording): Drawing {
  checkRows(rows, parts);
  const widest = Math.max(0, ...rows.map(({ label }) => textWidth(label)));
  const left = Math.min(LONGEST_LABEL, widest) + 10;
  const plot = { x: left, y: TOP, width: WIDTH - RIGHT - left, height: STEP * rows.length };
  const bottom = plot.y + plot.height;
  const at = (percent: number): number => plot.x + (plot.width * percent) / 100;
  const names = rows.map(({ label }, i): Label => {
    const y = plot.y + STEP * i + STEP / 2 + FONT_SIZE / 3;
    return { x: left - 8, y, anchor: 'end', ...fitted(label, LONGEST_LABEL) };
  });
  const numbers = TICKS.map((tick): Label => {
    return { x: at(tick), y: bottom + 16, text: `${tick}%`, anchor: 'middle' };
  });
  const counts: Label = { x: at(50), y: bottom + 33, text: wording.counts, anchor: 'middle' };
  return {
    width: WIDTH,
    height: bottom + BOTTOM,
    title: wording.title,
    description: `${wording.counts}: ${inWords(rows, parts)}`,
    parts,
    plot,
    pieces: rows.flatMap((row, i) => piecesOf(row, i, parts, plot)),
    grid: TICKS.map((tick) => ({ x1: at(tick), y1: plot.y, x2: at(tick), y2: bottom })),
    labels: [...names, ...numbers, counts],
    keys: legend(parts, plot.x, 4),
  };
}

function piecesOf(row: Row, index: number, parts: readonly Part[], plot: Drawing['plot']): Piece[] {
  const sum = row.counts.reduce((all, count) => all + count, 0);
  const y = plot.y + STEP * index + (STEP - BAR) / 2;
  let before = 0;
  return row.counts.flatMap((count, part) => {
    if (count === 0) return [];
    const x = plot.x + (plot.width * before) / sum;
    before += count;
    const share = ((100 * count) / sum).toFixed(1);
    const text = `${row.label}, ${parts[part]?.name}: ${grouped(count)} (${share} %)`;
    return [{ row: index, part, count, text, x, y, width: (plot.width * count) / sum, height: BAR }];
  });
}
