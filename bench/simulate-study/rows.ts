/** A point of a published curve, as CSV has it. */
export interface Point {
  readonly attack: string;
  readonly mechanism: string;
  readonly order: string;
  readonly adopt: number;
  readonly group: string;
  readonly outcome: string;
  readonly trials: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The rows of the CSV of `curveCsv`. */
export function pointsOf(csv: string): Point[] {
  const [, ...lines] = csv.trimEnd().split('\n');
  return lines.map((line) => {
    const [
      attack = '',
      mechanism = '',
      order = '',
      adopt,
      group = '',
      outcome = '',
      trials,
      mean,
      low,
      high,
    ] = line.split(',');
    return {
      attack,
      mechanism,
      order,
      adopt: Number(adopt),
      group,
      outcome,
      trials: Number(trials),
      mean: Number(mean),
      low: Number(low),
      high: Number(high),
    };
  });
}
