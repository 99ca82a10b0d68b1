import type { CurveRow, CurveSettings } from '../../simulate/index.js';
import { formatCount, formatTable } from '../shared/text-table.js';

/** What a run was of. */
export interface CurvesAbout {
  readonly topology: { readonly ases: number; readonly links: number; readonly sha256: string };
  readonly settings: Pick<CurveSettings, 'publish' | 'verify'> & {
    readonly order: string;
    readonly seed: number;
    readonly stale: number;
  };
  /** Those that are done. */
  readonly trials: number;
}

/** The curves of all ASes for people: shares of ASes with the 95 % interval of the mean. */
export function* curvesText(
  { topology, settings, trials }: CurvesAbout,
  rows: readonly CurveRow[],
): Generator<string> {
  const { order, publish, seed, stale, verify } = settings;
  const fixed =
    publish !== undefined
      ? `, ${publish} % publish and adopters verify`
      : verify !== undefined
        ? `, ${verify} % verify and adopters publish`
        : '';
  const old = stale > 0 ? `, ${stale} % of adopters with a stale table` : '';
  yield `${formatCount(topology.ases)} ASes, ${formatCount(topology.links)} links, SHA-256 ${topology.sha256.slice(0, 16)}…`;
  yield `${formatCount(trials)} trials, seed ${seed}, order ${order}${fixed}${old}; per cent of ASes whose traffic ends there, mean and its 95 % interval`;
  yield '';
  const cells = new Map<string, Map<string, CurveRow>>();
  for (const row of rows) {
    if (row.group !== 'all') continue;
    const key = [row.attack, row.mechanism, row.adopt].join(' ');
    const found = cells.get(key) ?? new Map<string, CurveRow>();
    cells.set(key, found.set(row.outcome, row));
  }
  const outcomes = ['attacker', 'victim', 'disconnected', 'diverted'].filter((name) =>
    rows.some(({ outcome }) => outcome === name),
  );
  const lines = [...cells.values()].map((found) => {
    const [first] = found.values();
    const { attack, mechanism, adopt } = first as CurveRow;
    return [attack, mechanism, `${adopt} %`, ...outcomes.map((name) => shareText(found.get(name)))];
  });
  const heads = ['attack', 'mechanism', 'adopt', ...outcomes];
  yield* formatTable(
    heads.map((head, i) => ({ head, align: i < 2 ? ('left' as const) : ('right' as const) })),
    lines,
  );
}

function shareText(row: CurveRow | undefined): string {
  if (row === undefined) return '-';
  return `${row.mean.toFixed(1)} (${row.low.toFixed(1)} to ${row.high.toFixed(1)})`;
}
