import type { Point } from './graph.js';

/** A stretch of the line of a curve, and how it is stroked. */
export interface CurvePiece {
  readonly line: readonly Point[];
  /** Lengths of strokes and gaps; empty for a whole line. */
  readonly dashes: readonly number[];
  /** How far into the dashes it begins. */
  readonly offset: number;
}

/** A point of a curve; curves that share it have a sector of its dot each, `turn` of `of`. */
export interface CurveDot extends Point {
  readonly turn: number;
  readonly of: number;
}

/** A line, and the dashes that it has where it is alone. */
interface Stroked {
  readonly line: readonly Point[];
  readonly dashes: readonly number[];
}

/** Length of a stroke where curves take turns. */
const TURN = 8;

/**
 * The lines in pieces: where several lie upon each other, their strokes take turns, and so all are seen at the same width.
 */
export function curvePieces(lines: readonly Stroked[]): CurvePiece[][] {
  const shared = sharers(lines.map(({ line }) => line.slice(1).map((end, i) => [line[i] as Point, end])));
  return lines.map(({ dashes, line }, curve) => {
    const pieces: { line: Point[]; with: readonly number[] }[] = [];
    for (const [i, group] of (shared[curve] as number[][]).entries()) {
      const last = pieces.at(-1);
      if (last !== undefined && String(last.with) === String(group)) last.line.push(line[i + 1] as Point);
      else pieces.push({ line: line.slice(i, i + 2), with: group });
    }
    return pieces.map(({ line: part, with: group }) => {
      const turn = group.indexOf(curve);
      if (group.length === 1) return { line: part, dashes, offset: 0 };
      const offset = turn === 0 ? 0 : TURN * (group.length - turn);
      return { line: part, dashes: [TURN, TURN * (group.length - 1)], offset };
    });
  });
}

/** The points of the lines, by line. */
export function curveDots(lines: readonly (readonly Point[])[]): CurveDot[][] {
  const shared = sharers(lines.map((line) => line.map((point) => [point])));
  return lines.map((line, curve) =>
    line.map((point, i) => {
      const group = shared[curve]?.[i] ?? [curve];
      return { ...point, turn: group.indexOf(curve), of: group.length };
    }),
  );
}

/** For each place of each curve the curves that have the same, itself among them, in their order. */
function sharers(places: readonly (readonly (readonly Point[])[])[]): number[][][] {
  const groups = new Map<string, { readonly place: readonly Point[]; readonly curves: number[] }[]>();
  return places.map((list, curve) =>
    list.map((place) => {
      // Places of one group agree in their x, all but rounding; their y may lie on two sides of a bound.
      const key = place.map(({ x }) => Math.round(x)).join(' ');
      const known = groups.get(key) ?? [];
      groups.set(key, known);
      const group = known.find((one) => isSame(one.place, place));
      if (group === undefined) {
        const curves = [curve];
        known.push({ place, curves });
        return curves;
      }
      if (!group.curves.includes(curve)) group.curves.push(curve);
      return group.curves;
    }),
  );
}

/** Whether they cannot be told from each other. */
function isSame(one: readonly Point[], other: readonly Point[]): boolean {
  return one.every(({ x, y }, i) => Math.hypot(x - (other[i] as Point).x, y - (other[i] as Point).y) < 1);
}
