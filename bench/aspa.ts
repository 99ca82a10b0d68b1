/**
 * ASPA: the fast verifier over a real path mix, the table build, updates, and octets per ASPA.
 *   npx tsx bench/aspa.ts [--json]
 * One benny case is one pass over all paths: calls of nanoseconds would measure the runner, and the sum of the results,
 * which is printed, keeps the work from being removed. benny writes to the console, so that goes to stderr here.
 */
import { cpus } from 'node:os';
import { add, configure, suite } from 'benny';
import { type AspaTable, createAspaTable, fastVerify, fastVerifyAll, verifyAsPath } from 'pathsec/aspa';
import { generateAspas } from './lib/aspa-payloads.js';
import { type FlatPaths, loadPaths } from './lib/paths.js';
import { type Spread, spreadOf } from './lib/spread.js';

interface Figure {
  readonly what: string;
  readonly unit: 'ns' | 'ms' | 'octets';
  readonly value: Spread | number;
  /** Best sample: the least disturbed one on a shared machine. */
  readonly best: number;
  readonly target: number | null;
}

const SIZES = [
  { aspas: 3_400, target: 75 },
  { aspas: 80_000, target: 95 },
];
const BUILD_TARGET_MS = 60;
const OCTETS_TARGET = 64;

let checksum = 0;

/** Spread and best of a case in the unit of `perSecond` (1e9: ns, 1e3: ms), per one of `items` handled in a call. */
async function measure(name: string, work: () => number, items: number, perSecond: number) {
  const { results } = await suite(
    name,
    configure({ cases: { minSamples: 15, maxTime: 1.5 } }),
    add(name, () => {
      checksum = (checksum + work()) % 1_000_003;
    }),
  );
  const samples = (results[0]?.details.sampleResults ?? []).map((seconds) => (seconds * perSecond) / items);
  samples.sort((a, b) => a - b);
  return { value: spreadOf(samples), best: samples[0] ?? Number.NaN };
}

/** Both procedures on every path; returns the sum of the packed outcomes. */
function verifyAll(table: AspaTable, { asns, starts }: FlatPaths): number {
  let sum = 0;
  for (let i = 1; i < starts.length; i++) {
    const start = starts[i - 1] as number;
    sum += fastVerify(table, asns, start, (starts[i] as number) - start);
  }
  return sum;
}

/** The same in one call. */
function verifyAtOnce(table: AspaTable, { asns, starts }: FlatPaths, outcomes: Uint8Array): number {
  fastVerifyAll(table, asns, starts, outcomes);
  return outcomes[0] as number;
}

/** The literal procedure with its evidence, both directions, on the first `count` paths. */
function explainAll(table: AspaTable, { asns, starts }: FlatPaths, count: number): number {
  let hops = 0;
  for (let i = 1; i <= count; i++) {
    const asPath = [{ type: 2 as const, asns: Array.from(asns.subarray(starts[i - 1], starts[i])) }];
    for (const procedure of ['upstream', 'downstream'] as const) {
      hops += verifyAsPath(table, { asPath, procedure }).hops.length;
    }
  }
  return hops;
}

async function measureSize(paths: FlatPaths, aspas: number, target: number): Promise<Figure[]> {
  const count = paths.starts.length - 1;
  const label = `${aspas.toLocaleString('en')} ASPAs`;
  const payloads = generateAspas(paths, aspas);
  const table = createAspaTable(payloads);
  const fast = await measure(`fast verifier, ${label}`, () => verifyAll(table, paths), count, 1e9);
  const outcomes = new Uint8Array(count);
  const atOnce = () => verifyAtOnce(table, paths, outcomes);
  const batch = await measure(`fast verifier, many at once, ${label}`, atOnce, count, 1e9);
  const few = Math.min(count, 1_000);
  const literal = await measure(`literal, ${label}`, () => explainAll(table, paths, few), few, 1e9);
  const build = await measure(`table build, ${label}`, () => createAspaTable(payloads).size, 1, 1e3);
  const { bytes, providerBytes } = table.memory;
  const octets = (bytes - providerBytes) / aspas;
  const changes = payloads.slice(0, 1_000);
  const update = await measure(
    `announce and withdraw, ${label}`,
    () => {
      for (const { customer } of changes) table.withdraw(customer);
      for (const { customer, providers } of changes) table.announce({ customer, providers });
      return table.size;
    },
    changes.length,
    1e9,
  );
  return [
    { what: `path, both directions, fast, ${label}`, unit: 'ns', ...fast, target },
    { what: `path, both directions, fast, many at once, ${label}`, unit: 'ns', ...batch, target: null },
    { what: `path, both directions, with evidence, ${label}`, unit: 'ns', ...literal, target: null },
    { what: `withdraw and announce one customer, ${label}`, unit: 'ns', ...update, target: null },
    { what: `build, ${label}`, unit: 'ms', ...build, target: aspas === 80_000 ? BUILD_TARGET_MS : null },
    {
      what: `per ASPA beyond its providers, ${label}`,
      unit: 'octets',
      value: octets,
      best: octets,
      target: OCTETS_TARGET,
    },
  ];
}

const stdoutLog = console.log;
console.log = console.error;
const paths = loadPaths();
const figures: Figure[] = [];
for (const { aspas, target } of SIZES) figures.push(...(await measureSize(paths, aspas, target)));
console.log = stdoutLog;

const report = {
  benchmark: 'aspa',
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  paths: paths.starts.length - 1,
  meanLength: Number((paths.asns.length / (paths.starts.length - 1)).toFixed(2)),
  source: paths.source,
  checksum,
  figures,
};

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  process.stdout.write(
    `${report.paths} distinct paths, mean length ${report.meanLength} (${report.source}), ${report.cpu}\n`,
  );
  for (const { what, unit, value: found, best, target } of figures) {
    const median = typeof found === 'number' ? found : found.median;
    const goal = target === null ? '' : `   target ${target}`;
    const value = (number: number): string => number.toFixed(1).padStart(9);
    process.stdout.write(`${what.padEnd(58)}${value(median)} ${unit.padEnd(6)} best ${value(best)}${goal}\n`);
  }
}
