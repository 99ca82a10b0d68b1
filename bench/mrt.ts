/**
 * Reading MRT files with decompression, every element delivered to a callback that looks at its prefix and path, in
 * turn with `bgpdump -m FILE >/dev/null` where that program is installed. The cold figure is of a fresh
 * process (without the start of Node itself), as a user of the command meets it; the others are warm.
 * Run with `npx tsx bench/mrt.ts [FILE...]`; prints one JSON object a file. Without files: those beside the checkout.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRoutes } from '../src/node/index.js';
import type { OnElement } from '../src/routes/index.js';
import { ratioOf, spreadOf } from './lib/spread.js';

const RUNS = 5;
const SELF = fileURLToPath(import.meta.url);

interface Reading {
  readonly elements: number;
  readonly paths: number;
  readonly seconds: number;
}

async function read(file: string): Promise<Reading> {
  const started = process.hrtime.bigint();
  const paths = new Set<unknown>();
  let last: unknown;
  let elements = 0;
  let bits = 0;
  const onElement: OnElement = (element) => {
    elements++;
    if (element.kind !== 'route') return;
    bits += element.prefix.length;
    if (element.asPath === last) return;
    last = element.asPath;
    paths.add(last);
  };
  await readRoutes([file], onElement, { reuse: true });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (bits < 0) throw new Error('the sum keeps the work from being left out');
  return { elements, paths: paths.size, seconds };
}

/** Wall time of a program in seconds, undefined where it cannot be started. */
function timed(program: string, args: readonly string[]): { seconds: number; output: string } | undefined {
  const started = process.hrtime.bigint();
  const { error, stdout } = spawnSync(program, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return error ? undefined : { seconds: Number(process.hrtime.bigint() - started) / 1e9, output: stdout };
}

const bgpdump = (file: string) => timed('sh', ['-c', 'bgpdump -q -m "$0" >/dev/null', file]);
const hasBgpdump = spawnSync('bgpdump', ['-T'], { stdio: 'ignore' }).error === undefined;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

function realFiles(): string[] {
  const folder = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url));
  const data = join(folder, 'data/mrt/bgpdump/test_data');
  return existsSync(data) ? readdirSync(data).map((name) => join(data, name)) : [];
}

async function bench(file: string): Promise<void> {
  process.stderr.write(`${basename(file)}\n`);
  const cold = timed(process.execPath, [...process.execArgv, SELF, '--once', file]);
  const coldDump = hasBgpdump ? bgpdump(file) : undefined;
  const ours: number[] = [];
  const theirs: number[] = [];
  let reading = await read(file);
  for (let run = 0; run < RUNS; run++) {
    reading = await read(file);
    ours.push(reading.seconds);
    if (coldDump) theirs.push(bgpdump(file)?.seconds ?? Number.NaN);
  }
  const child = JSON.parse(cold?.output ?? '{}') as { seconds?: number; maxRssMb?: number };
  const result = {
    file: basename(file),
    elements: reading.elements,
    paths: reading.paths,
    seconds: spreadOf(ours),
    elementsPerSecond: Math.round(reading.elements / median(ours)),
    coldSeconds: round(child.seconds ?? Number.NaN),
    maxRssMb: child.maxRssMb,
    ...(!coldDump && { absent: 'bgpdump' }),
    ...(coldDump && {
      bgpdumpSeconds: spreadOf(theirs),
      warmRatio: ratioOf(ours, theirs),
      coldRatio: round((child.seconds ?? Number.NaN) / median(theirs), 2),
    }),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

if (process.argv[2] === '--once') {
  const { seconds } = await read(process.argv[3] as string);
  process.stdout.write(
    JSON.stringify({ seconds, maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024) }),
  );
} else {
  const files = process.argv.slice(2).filter((argument) => argument !== '--json');
  for (const file of files.length > 0 ? files : realFiles()) await bench(file);
}
