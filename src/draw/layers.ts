/** A link of a layered graph: from the upper node to the lower one, or between two that count as equals. */
export interface GraphLink {
  /** Index of a node. */
  readonly from: number;
  readonly to: number;
  readonly kind: 'down' | 'across';
}

/** Where nodes stand: rows from above, in each the places from the left; a place is a node, or passed by a link. */
export interface Layers {
  /** Row of each node. */
  readonly rows: readonly number[];
  readonly places: readonly (readonly Place[])[];
}

/** A node by its index, or a link by its index on its way through a row. */
export type Place = { readonly node: number } | { readonly link: number };

const SWEEPS = 12;

/**
 * Puts nodes into rows so that what stands above stands above, and orders the rows so that links cross little: each place
 * moves to the mean of what it is linked with in the row above, then below, and again. Equal input, equal output.
 */
export function layersOf(count: number, links: readonly GraphLink[]): Layers {
  const rows = rowsOf(count, links);
  const places: Place[][] = Array.from({ length: Math.max(0, ...rows) + (count > 0 ? 1 : 0) }, () => []);
  for (let node = 0; node < count; node++) places[rows[node] as number]?.push({ node });
  /** What stands one row above or below a place: keys of places. */
  const near = new Map<string, string[]>();
  const connect = (a: string, b: string): void => {
    near.set(a, [...(near.get(a) ?? []), b]);
    near.set(b, [...(near.get(b) ?? []), a]);
  };
  for (const [link, { from, to }] of links.entries()) {
    const [upper, lower] = (rows[from] as number) <= (rows[to] as number) ? [from, to] : [to, from];
    let last = `n${upper}`;
    for (let row = (rows[upper] as number) + 1; row < (rows[lower] as number); row++) {
      places[row]?.push({ link });
      const key = `${link}@${row}`;
      connect(last, key);
      last = key;
    }
    connect(last, `n${lower}`);
  }
  return { rows, places: ordered(places, near) };
}

/** Each node one row below the lowest of those above it. In a circle the first node counts as the highest. */
function rowsOf(count: number, links: readonly GraphLink[]): number[] {
  const above: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to, kind } of links) if (kind === 'down') above[to]?.push(from);
  const rows = Array<number>(count).fill(-1);
  const isReady = (node: number): boolean =>
    (above[node] ?? []).every((upper) => (rows[upper] as number) >= 0);
  for (let done = 0; done < count; done++) {
    const waiting = rows.flatMap((row, node) => (row < 0 ? [node] : []));
    const next = waiting.find(isReady) ?? (waiting[0] as number);
    rows[next] = 1 + Math.max(-1, ...(above[next] ?? []).map((upper) => rows[upper] as number));
  }
  return rows;
}

function ordered(places: Place[][], near: ReadonlyMap<string, readonly string[]>): Place[][] {
  let best = places;
  let least = Number.POSITIVE_INFINITY;
  let current = places;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const found = crossings(current, near);
    if (found < least) {
      least = found;
      best = current;
    }
    current = swept(current, near, sweep % 2 === 0);
  }
  return best;
}

const keyOf = (place: Place, row: number): string =>
  'node' in place ? `n${place.node}` : `${place.link}@${row}`;

/** One pass from above or from below: rows are sorted by the means of their neighbours' places. */
function swept(places: Place[][], near: ReadonlyMap<string, readonly string[]>, down: boolean): Place[][] {
  const result = places.map((row) => [...row]);
  const at = positions(result);
  const order = result.map((_, i) => i);
  if (!down) order.reverse();
  for (const row of order) {
    const weights = new Map(
      (result[row] ?? []).map((place, i) => {
        const key = keyOf(place, row);
        const linked = (near.get(key) ?? []).map((other) => at.get(other)).filter((one) => one !== undefined);
        // Equals in the row itself pull too, so that peers come to stand side by side.
        const sides = linked.filter((one) => (down ? one.row <= row : one.row >= row));
        const mean = sides.reduce((sum, one) => sum + one.share, 0) / sides.length;
        return [key, sides.length === 0 ? (i + 0.5) / (result[row]?.length ?? 1) : mean] as const;
      }),
    );
    result[row]?.sort((a, b) => (weights.get(keyOf(a, row)) ?? 0) - (weights.get(keyOf(b, row)) ?? 0));
    for (const [key, one] of positions(result)) at.set(key, one);
  }
  return result;
}

interface Position {
  readonly row: number;
  /** Place in the row as a part of its width. */
  readonly share: number;
  readonly index: number;
}

function positions(places: readonly (readonly Place[])[]): Map<string, Position> {
  return new Map(
    places.flatMap((row, i) =>
      row.map(
        (place, index) => [keyOf(place, i), { row: i, index, share: (index + 0.5) / row.length }] as const,
      ),
    ),
  );
}

/** How many links cross between neighbouring rows, and how far links within a row reach. */
function crossings(
  places: readonly (readonly Place[])[],
  near: ReadonlyMap<string, readonly string[]>,
): number {
  const at = positions(places);
  let count = 0;
  for (const [i, row] of places.entries()) {
    const below: [number, number][] = [];
    for (const [index, place] of row.entries()) {
      for (const other of near.get(keyOf(place, i)) ?? []) {
        const there = at.get(other);
        if (there?.row === i + 1) below.push([index, there.index]);
        if (there?.row === i) count += Math.abs(there.index - index) - 1;
      }
    }
    for (const [a, b] of below) for (const [c, d] of below) if (a < c && b > d) count++;
  }
  return count;
}
