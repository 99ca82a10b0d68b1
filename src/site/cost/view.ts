import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  meanCost,
  type Protection,
  protectionName,
  type RouterViewRow,
  routerView,
} from '../../cost/index.js';
import type { LogPoint } from '../../draw/index.js';
import { COST_LIMITS, COST_NUMBERS, type CostNumber, type CostState } from '../../links/index.js';
import { coresText, countText, octetsText, timeText } from './words.js';

/** What of the costs is drawn. */
export type Shown = NonNullable<CostState['show']>;
type Schemes = NonNullable<CostState['schemes']>;

/** Shares of lengths that are read, one for each number of hops. */
const MOST_LENGTHS = 30;

/** Numbers of a router where the state says nothing: one number of peers and of cores, where the study asks for several. */
const PLAIN: Readonly<Record<CostNumber, number>> = {
  ...DEFAULT_ASSUMPTIONS,
  peers: 40,
  cores: 4,
};

/** A number of the assumptions, as the state has it or as it is assumed. */
export function numberOf(state: CostState, name: CostNumber): number {
  return state[name] ?? PLAIN[name];
}

/** Shares of routes with 1, 2, … hops out of a text, or what is wrong with it. */
export function readLengths(
  text: string,
): { readonly lengths: readonly number[] } | { readonly problem: string } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(word));
  if (wrong !== undefined) return { problem: `${JSON.stringify(wrong.slice(0, 20))} is no share, a number` };
  if (words.length > MOST_LENGTHS) return { problem: `more than ${MOST_LENGTHS} lengths` };
  const lengths = words.map(Number);
  return lengths.some((share) => share > 0) ? { lengths } : { problem: 'no share above 0' };
}

/** The shares that are assumed where none are typed. */
export const ASSUMED_LENGTHS = DEFAULT_ASSUMPTIONS.pathLengths.join(' ');

/** The assumptions of a state; the lengths that are assumed stand where those typed are none. */
export function assumptionsOf(state: CostState): Assumptions {
  const numbers = Object.fromEntries(COST_NUMBERS.map((name) => [name, numberOf(state, name)])) as Readonly<
    Record<CostNumber, number>
  >;
  const reading = readLengths(state.pathLengths ?? ASSUMED_LENGTHS);
  const pathLengths = 'lengths' in reading ? reading.lengths : DEFAULT_ASSUMPTIONS.pathLengths;
  return { ...numbers, peers: [numbers.peers], cores: [numbers.cores], pathLengths };
}

/** A protection with all that it costs. */
export interface CostRow extends RouterViewRow {
  readonly name: string;
  /** Core-seconds that a minute of churn takes, divided by its seconds. */
  readonly churnCores: number | undefined;
  /** CPU of a route that is verified, over all lengths. */
  readonly routeSeconds: number | undefined;
}

/** Families that a choice shows; with all of them stands BGPsec where every route is verified, to compare. */
const CHOICES: Readonly<Record<Schemes, readonly Protection['family'][]>> = {
  main: ['payloads', 'bgpsec'],
  aggregate: ['payloads', 'fc-bgp', 'aggregate'],
  'post-quantum': ['payloads', 'post-quantum'],
  all: ['payloads', 'bgpsec', 'fc-bgp', 'aggregate', 'post-quantum'],
};

/** The rows of the table: what the model says of the protections that are chosen. */
export function costRows(state: CostState, protections: readonly Protection[]): CostRow[] {
  const families = CHOICES[state.schemes ?? 'main'];
  const chosen = protections.filter(
    ({ family, verified }) =>
      families.includes(family) || (family === 'bgpsec' && verified === 'every route'),
  );
  const assumptions = assumptionsOf(state);
  return routerView(assumptions, chosen).map((row) => {
    const churn = row.perMinute.coreSeconds;
    const { cost } = row.protection;
    return {
      ...row,
      name: protectionName(row.protection),
      churnCores: churn && churn.median / 60,
      routeSeconds: cost && meanCost(cost, assumptions.pathLengths).median / 1000,
    };
  });
}

const NOT_MEASURED = 'not measured';

/** The value of a row that is drawn, with its words. */
export function drawnValue(
  { churnCores, memory, startUp }: CostRow,
  shown: Shown,
): Pick<LogPoint, 'value' | 'text'> {
  const [value, said] = (
    {
      cpu: [startUp.coreSeconds?.median, timeText],
      churn: [churnCores, coresText],
      memory: [memory, octetsText],
      octets: [startUp.octets, octetsText],
    } as const
  )[shown];
  return value === undefined ? { text: NOT_MEASURED } : { value, text: said(value) };
}

/** The points of the picture; those of experiments stand on dashes. */
export function costPoints(rows: readonly CostRow[], shown: Shown): LogPoint[] {
  return rows.map((row): LogPoint => {
    const { engine, family } = row.protection;
    const { coreSeconds } = row.startUp;
    const { coreSeconds: churn } = row.perMinute;
    const band = shown === 'cpu' ? coreSeconds : shown === 'churn' ? churn && perSecond(churn) : undefined;
    const isStandard = family === 'payloads' || family === 'bgpsec';
    // Octets and memory are the same for all engines.
    const label = shown === 'cpu' || shown === 'churn' ? `${row.name} (${engine})` : row.name;
    return {
      label,
      ...drawnValue(row, shown),
      ...(band && { low: band.q1, high: band.q3 }),
      tone: isStandard ? 'valid' : 'quiet',
      dashed: !isStandard,
    };
  });
}

function perSecond({
  median,
  q1,
  q3,
}: {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}) {
  return { median: median / 60, q1: q1 / 60, q3: q3 / 60 };
}

/** Rows of which the picture shows the same value are one point: octets and memory know no engine. */
export function distinctPoints(points: readonly LogPoint[]): LogPoint[] {
  const seen = new Set<string>();
  return points.filter(({ label, text }) => {
    const key = `${label} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The answer in sentences: what BGPsec by native code asks of the router, and what payloads do. */
export function answerOf(state: CostState, rows: readonly CostRow[]): string {
  const bgpsec = rows.find(
    ({ protection: { engine, family, verified } }) =>
      family === 'bgpsec' && engine === 'OpenSSL' && verified === 'every route',
  );
  const aspa = rows.find(({ name }) => name === 'ASPA');
  const cores = numberOf(state, 'cores');
  if (bgpsec?.startUp.coreSeconds === undefined || bgpsec.churnCores === undefined) return '';
  const { coreSeconds, signatures } = bgpsec.startUp;
  const over = bgpsec.churnCores > cores;
  return [
    `BGPsec by OpenSSL: ${countText(signatures)} signatures until all feeds are verified, ${timeText(coreSeconds.median / cores)} of ${cores === 1 ? 'one core' : `${cores} cores`};`,
    over
      ? `churn then asks for ${coresText(bgpsec.churnCores)}, so that they fall behind.`
      : `churn then keeps ${coresText(bgpsec.churnCores)} busy.`,
    ...(aspa?.startUp.coreSeconds === undefined
      ? []
      : [`ASPA judges the same routes in ${timeText(aspa.startUp.coreSeconds.median)} of one core.`]),
  ].join(' ');
}

/** Whether a text is a number that an assumption can be. */
export function readNumber(text: string, name: CostNumber, scale = 1): number | undefined {
  if (!/^[0-9]{1,12}(?:\.[0-9]{0,9})?$/.test(text.trim())) return undefined;
  const [least, most] = COST_LIMITS[name];
  const value = Number(text) / scale;
  return value >= least && value <= most ? value : undefined;
}
