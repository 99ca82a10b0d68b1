/** One value of a line, with the quartiles around it. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly series: string;
}

/** Lines over one pair of axes. */
export interface Panel {
  readonly y: string;
  readonly logY?: boolean;
  readonly points: readonly Point[];
}

/** A figure for one column of a paper; the caption is no part of the drawing. */
export interface Figure {
  readonly file: string;
  readonly caption: string;
  readonly x: string;
  readonly logX?: boolean;
  /** Where the x axis has its ticks. */
  readonly ticks: readonly number[];
  readonly panels: readonly Panel[];
}
