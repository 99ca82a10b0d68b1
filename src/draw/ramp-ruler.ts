import type { RampLayout, RulerBound } from '../aspa/index.js';
import { boxShape, type Shape, textShape } from './shape.js';

const BAR = 20;
const STEP = 46;
/** Width up to which the names of the ramps are short. */
const NARROW = 340;

/**
 * The sums of steps 4 and 5 of draft-28 §5.5 and §5.6 to scale: what the ramps cover at most and at least, the down-ramp from
 * the left, the up-ramp from the right, and between them what neither covers.
 */
export function rulerShapes(
  layout: RampLayout,
  place: { readonly x: number; readonly y: number; readonly width: number },
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const { atLeast, atMost } = layout.ruler;
  const rows: readonly [string, string, RulerBound][] = [
    ['at most', 'max', atMost],
    ['at least', 'min', atLeast],
  ];
  const shapes = rows.flatMap(([words, short, bound], i) =>
    rowShapes(layout, bound, short, words, { ...place, y: place.y + STEP * i }),
  );
  return { shapes, height: STEP * rows.length };
}

function rowShapes(
  { n, procedure }: RampLayout,
  { down, overlap, uncovered, up }: RulerBound,
  short: string,
  words: string,
  { width, x, y }: { readonly x: number; readonly y: number; readonly width: number },
): Shape[] {
  const unit = width / n;
  const bar = (from: number, length: number) => ({
    x: x + unit * from + 1,
    y: y + 16,
    width: Math.max(2, unit * length - 2),
    height: BAR,
  });
  const [upName, downName] = width < NARROW ? ['up', 'down'] : [`${short}-up`, `${short}-down`];
  const sum =
    procedure === 'upstream' ? `${upName} ${up}` : `${upName} ${up} + ${downName} ${down} = ${up + down}`;
  const rest = uncovered > 0 ? `, ${uncovered} not covered` : overlap > 0 ? `, ${overlap} twice` : '';
  return [
    textShape({ x, y: y + 10 }, `${words}: ${sum} of ${n}${rest}`, 'quiet', { anchor: 'start', size: 11 }),
    ...(down > 0 ? [boxShape(bar(0, down), 'valid', 'light', 4)] : []),
    ...(up > 0 ? [boxShape(bar(n - up, up), 'valid', 'light', 4)] : []),
    ...(uncovered > 0
      ? [boxShape(bar(down, uncovered), short === 'max' ? 'invalid' : 'unknown', 'dashed', 4)]
      : []),
  ];
}
