/** A rectangle: its upper left corner and its size, in units of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a colour of the drawing stands for. */
export interface Part {
  readonly name: string;
  /** As CSS has it; it has to be told from light and from dark ground, for a drawing has no ground of its own. */
  readonly color: string;
}

/** A piece of a bar: what it counts, and where it is. */
export interface Piece extends Box {
  /** Index of the row. */
  readonly row: number;
  /** Index of the part. */
  readonly part: number;
  readonly count: number;
  /** What it says to a reader who points at it. */
  readonly text: string;
}

/** A line of writing; `x` is where it begins, has its middle or ends. */
export interface Label {
  readonly x: number;
  /** The base line. */
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Turned by a quarter, to be read from below. */
  readonly upright?: boolean;
  /** The whole text, where `text` is a shortened one. */
  readonly whole?: string;
}

/** A square of a colour before the name of its part. */
export interface Key extends Box {
  readonly part: number;
  readonly label: Label;
}

/** A straight line of the grid or of an axis. */
export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A chart as values: what stands where. {@link drawingSvg} writes it down. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Short, for the heading of who hears it instead of seeing it. */
  readonly title: string;
  /** What the chart shows, in words with all numbers. */
  readonly description: string;
  readonly parts: readonly Part[];
  /** Where the bars are. */
  readonly plot: Box;
  readonly pieces: readonly Piece[];
  readonly grid: readonly Line[];
  readonly labels: readonly Label[];
  /** The parts by name, above the bars. */
  readonly keys: readonly Key[];
}

/** A row of a bar chart: its name, and a count for each part. */
export interface Row {
  readonly label: string;
  readonly counts: readonly number[];
}

/** What a bar chart says of itself. */
export interface Wording {
  readonly title: string;
  /** What the axis of the counts counts. */
  readonly counts: string;
  /** What the rows are, below a column chart. */
  readonly rows?: string;
}

/** Size of writing in units. */
export const FONT_SIZE = 12;

/** About how wide a text is: a mean width of characters, because only who draws it knows the font. */
export function textWidth(text: string): number {
  return 0.64 * FONT_SIZE * text.length;
}

/** A text cut so that it is about at most so wide, with an ellipsis; and the whole where it was cut. */
export function fitted(text: string, width: number): Pick<Label, 'text' | 'whole'> {
  if (textWidth(text) <= width) return { text };
  const count = Math.max(0, Math.floor(width / textWidth('x')) - 1);
  return { text: `${text.slice(0, count)}…`, whole: text };
}

/** @throws {RangeError} for a row without one count, 0 or more, for each part. */
export function checkRows(rows: readonly Row[], parts: readonly Part[]): void {
  for (const { counts, label } of rows) {
    if (counts.length === parts.length && counts.every((count) => Number.isFinite(count) && count >= 0))
      continue;
    throw new RangeError(
      `row ${label}: ${parts.length} counts, 0 or more each, instead of ${counts.join(', ')}`,
    );
  }
}

/** `1234567` as `1,234,567`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The rows in words: `AS64496: valid 3, invalid 1; …`. */
export function inWords(rows: readonly Row[], parts: readonly Part[]): string {
  if (rows.length === 0) return 'nothing to show';
  return rows
    .map(({ label, counts }) => {
      const said = parts.map(({ name }, i) => `${name} ${grouped(counts[i] ?? 0)}`);
      return `${label}: ${said.join(', ')}`;
    })
    .join('; ');
}
