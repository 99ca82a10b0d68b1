import { type Box, FONT_SIZE, fitted, type Label, type Line } from './drawing.js';
import type { Point } from './graph.js';

/** Numbers of the curves that end at one point, and the line that leads there. */
export interface CurveEnd {
  readonly label: Label;
  readonly line: Line;
}

/** Width of the line that leads to the numbers, and of the longest numbers. */
const LEAD = 12;
const LONGEST_NUMBERS = 84;

/** How much room the ends take beside the plot. */
export const ENDS_WIDTH = LEAD + LONGEST_NUMBERS + 4;

/** The numbers, from 1, at the right ends of lines: they are read without colours. Ends that are close to each other are spread. */
export function curveEnds(lines: readonly (readonly Point[])[], plot: Box): CurveEnd[] {
  const ends: { readonly point: Point; readonly numbers: number[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const point = line.at(-1);
    if (point === undefined) continue;
    const known = ends.find((end) => Math.hypot(end.point.x - point.x, end.point.y - point.y) < 1);
    if (known === undefined) ends.push({ point, numbers: [i + 1] });
    else known.numbers.push(i + 1);
  }
  ends.sort((a, b) => a.point.y - b.point.y);
  const right = plot.x + plot.width;
  const places = spread(
    ends.map(({ point }) => point.y),
    plot,
  );
  return ends.map(({ numbers, point }, i) => {
    const y = places[i] as number;
    const x = right + LEAD;
    const text = fitted(ranges(numbers), LONGEST_NUMBERS);
    return {
      line: { x1: point.x, y1: point.y, x2: x - 2, y2: y },
      label: { x, y: y + FONT_SIZE / 3, anchor: 'start', ...text },
    };
  });
}

/** Places in order, moved so that none stands upon the one before; closer than a line of writing only where there is no room. */
function spread(sorted: readonly number[], { height, y }: Box): number[] {
  const step = Math.min(FONT_SIZE, height / Math.max(1, sorted.length - 1));
  const places = [...sorted];
  for (let i = 1; i < places.length; i++)
    places[i] = Math.max(places[i] as number, (places[i - 1] as number) + step);
  let below = y + height;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] as number, below);
    below = (places[i] as number) - step;
  }
  return places;
}

/** `1, 3–5` for 1, 3, 4 and 5. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : `${from}${to === from + 1 ? ', ' : '–'}${to}`))
    .join(', ');
}
