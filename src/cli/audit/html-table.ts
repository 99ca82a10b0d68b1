import type { Rows } from '../../audit/index.js';
import { printable } from '../../bytes/index.js';
import { escapeXml } from '../../draw/index.js';
import { firstRows } from '../shared/rows.js';
import { plural } from '../shared/text-table.js';

/** A cell: text, and how it is set. */
export type Cell = string | { readonly text: string; readonly kind: 'number' | 'bad' | 'code' };

/** Text for HTML, element content or attribute: no mark-up, and nothing that cannot be seen. */
export function escapeHtml(text: string): string {
  return escapeXml(printable(text));
}

/** A table that scrolls sideways on narrow screens; only the first `limit` rows are shown, and it says so. */
export function table<T>(
  head: readonly string[],
  rows: Rows<T>,
  cells: (row: T) => readonly Cell[],
  limit = rows.length,
): string {
  if (rows.length === 0) return '<p>None.</p>';
  const shown = [...firstRows(rows, limit, cells)];
  const numeric = head.map((_, i) => shown.every((row) => isNumber(row[i])));
  const heads = head.map((text, i) => `<th${numeric[i] ? ' class="number"' : ''}>${escapeHtml(text)}</th>`);
  const body = shown.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  const rest = rows.length - shown.length;
  const more = rest > 0 ? `<p>${plural(rest, 'more row')} in the JSON report.</p>` : '';
  return (
    `<div class="scroll"><table><thead><tr>${heads.join('')}</tr></thead>` +
    `<tbody>${body.join('\n')}</tbody></table></div>${more}`
  );
}

function isNumber(value: Cell | undefined): boolean {
  return typeof value === 'object' && (value.kind === 'number' || value.kind === 'bad');
}

function cell(value: Cell): string {
  if (typeof value === 'string') return `<td>${escapeHtml(value)}</td>`;
  if (value.kind === 'code') return `<td><code>${escapeHtml(value.text)}</code></td>`;
  return `<td class="number${value.kind === 'bad' ? ' bad' : ''}">${escapeHtml(value.text)}</td>`;
}
