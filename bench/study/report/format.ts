import { DEFAULT_ASSUMPTIONS } from 'pathsec/cost';
import type { Spread } from '../statistics.js';

/** Routes of one full feed of today, for extrapolations. */
export const FEED = DEFAULT_ASSUMPTIONS.prefixes;

/** A number with as many digits as it deserves: three significant ones, an exponent only below 0.0001. */
export function num(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'n/a';
  if (Number.isInteger(value)) return value.toLocaleString('en', { useGrouping: value >= 10_000 });
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(digits - 1);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.max(0, digits - 1 - magnitude);
  return value.toLocaleString('en', {
    maximumFractionDigits: Math.min(decimals, 6),
    minimumFractionDigits: Math.min(Math.max(0, decimals), 2) > 1 && Math.abs(value) < 10 ? 1 : 0,
    useGrouping: value >= 10_000,
  });
}

/** `median (q1 to q3)`. */
export function withSpread({ median, q1, q3 }: Pick<Spread, 'median' | 'q1' | 'q3'>): string {
  if (!Number.isFinite(median)) return 'n/a';
  return `${num(median)} (${num(q1)} to ${num(q3)})`;
}

/** A share as per cent. */
export function percent(share: number, digits = 2): string {
  return `${num(100 * share, digits)} %`;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
