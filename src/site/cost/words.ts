const STEPS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
/** From this many seconds on another unit says more. */
const TIMES = [
  [2 * 86_400, 86_400, 'days'],
  [2 * 3_600, 3_600, 'hours'],
  [2 * 60, 60, 'minutes'],
  [1, 1, 's'],
  [1e-3, 1e-3, 'ms'],
] as const;

/** A number in three digits: `1,200,000`, `14.2`, `0.00031`. */
export function digits(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < 1e-6) return value.toExponential(1);
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

/** Octets: `19.4 GB`. */
export function octetsText(octets: number): string {
  const [size, prefix] = STEPS.find(([step]) => octets >= step) ?? [1, ''];
  return `${digits(octets / size)} ${prefix}B`;
}

/** A count: `193 million`. */
export function countText(count: number): string {
  if (count >= 1e9) return `${digits(count / 1e9)} billion`;
  return count >= 1e6 ? `${digits(count / 1e6)} million` : digits(count);
}

/** A time: `3.1 hours`. */
export function timeText(seconds: number): string {
  if (seconds === 0) return '0 s';
  const [, size, unit] = TIMES.find(([least]) => seconds >= least) ?? [0, 1e-6, 'µs'];
  return `${digits(seconds / size)} ${unit}`;
}

/** A time with its quartiles, in one unit: `3.1 hours (2.9 to 3.3)`. */
export function timesText({
  median,
  q1,
  q3,
}: {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}): string {
  const said = timeText(median);
  const [, size] = TIMES.find(([least]) => median >= least) ?? [0, 1e-6];
  return `${said} (${digits(q1 / size)} to ${digits(q3 / size)})`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A power of ten with a unit, for an axis: `100 s`, `10⁵ s`. */
export function powerText(value: number, unit: string): string {
  const power = Math.round(Math.log10(value));
  if (power >= -1 && power <= 3) return `${value.toLocaleString('en-US')} ${unit}`.trim();
  const raised = Array.from(String(Math.abs(power)), (digit) => RAISED[Number(digit)]).join('');
  return `10${power < 0 ? '⁻' : ''}${raised} ${unit}`.trim();
}

/** Cores that something keeps busy: `0.88 cores`; below a hundredth of a per cent nobody looks. */
export function coresText(cores: number): string {
  return cores > 0 && cores < 1e-4
    ? 'less than 0.0001 cores'
    : `${digits(cores)} ${cores === 1 ? 'core' : 'cores'}`;
}
