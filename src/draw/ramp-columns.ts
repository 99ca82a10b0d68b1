import type { LaidOutAs, RampLayout } from '../aspa/index.js';

/** A column of the picture: an AS, or several that are folded because nothing happens there. */
export type RampColumn = { readonly as: LaidOutAs } | { readonly folded: number; readonly level: number };

/** ASes up to which none is folded. */
const WHOLE = 14;
/** Hops on either side of what happens that are kept. */
const AROUND = 2;

/** The columns of a layout, the neighbour first. A long path keeps its ends and what lies around the ends of its ramps. */
export function columnsOf({ ases, n, ramps }: RampLayout): RampColumn[] {
  if (n <= WHOLE) return ases.map((as) => ({ as }));
  const tops = [
    1,
    n,
    ramps.maxUpRamp,
    ramps.minUpRamp,
    ...[ramps.maxDownRamp, ramps.minDownRamp].filter((length) => length > 0).map((length) => n - length + 1),
  ];
  const kept = ases.map(({ index }) => tops.some((top) => Math.abs(index - top) <= AROUND));
  const columns: RampColumn[] = [];
  for (const [i, as] of ases.entries()) {
    const last = columns.at(-1);
    if (kept[i]) columns.push({ as });
    else if (last && 'folded' in last) columns[columns.length - 1] = { ...last, folded: last.folded + 1 };
    else columns.push({ folded: 1, level: as.level });
  }
  return scaled(columns);
}

/** Levels without those that no column has, so that a folded ramp of hundreds is as high as what is seen of it. */
function scaled(columns: readonly RampColumn[]): RampColumn[] {
  const levelOf = (column: RampColumn): number => ('as' in column ? column.as.level : column.level);
  const levels = [...new Set(columns.map(levelOf))].sort((a, b) => a - b);
  const rank = new Map(levels.map((level, i) => [level, i]));
  return columns.map((column) => {
    const level = rank.get(levelOf(column)) ?? 0;
    return 'as' in column ? { as: { ...column.as, level } } : { ...column, level };
  });
}
