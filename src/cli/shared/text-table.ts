import { printable } from '../../bytes/index.js';

/** A column of a table: its head, and on which side its cells stand. */
export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

/** Lines of a table, columns two blanks apart. The last column is not padded. Rows have one cell per column, whose text is escaped. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return [...tableLines(columns, rows)];
}

/** The same for tables of any length, line by line; the rows are read twice. */
export function* tableLines(
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
): Generator<string> {
  const widths = columns.map(({ head }) => head.length);
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, printable(cell).length);
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map(printable)
      .map((cell, i) =>
        columns[i]?.align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  yield line(columns.map((column) => column.head));
  for (const row of rows) yield line(row);
}

/** `1234567` as `1,234,567`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `3 paths`, `1 path`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Share of a whole, `12.3 %`; `0.0 %` of nothing. */
export function formatShare(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`;
}

/** Cuts a text that is longer than `width`, with an ellipsis. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Lines of at most `width` characters, broken at blanks; the first begins with `mark`, the others are indented like it. Escaped. */
export function wrap(text: string, width: number, mark: string): string[] {
  const indent = ' '.repeat(mark.length);
  const lines: string[] = [];
  let line = mark;
  for (const word of printable(text.trim()).split(' ')) {
    const begun = line.length > mark.length;
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += begun ? ` ${word}` : word;
  }
  return [...lines, line];
}
