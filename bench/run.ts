// `npm run bench -- [NAME...]`: runs the benchmarks one after the other, each in a process of its own, prints their figures with
// their spread, and keeps them with date, CPU and load. Absent data or programs make a benchmark say so.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { written } from '../spec-tests/interop/daemon.js';
import { writePage } from './page/write.js';
import { createProgress } from './study/progress.js';
import { onStop } from './study/stopped-runs.js';
import { InputError, knownNames } from './study/usage.js';

const NAMES = [
  'aspa',
  'rov',
  'mrt',
  'audit',
  'jobs',
  'impact',
  'bgpsec',
  'plain',
  'rtr',
  'live',
  'peers',
  'inject',
  'simulate',
] as const;
/** What takes longer hangs; one of them takes some minutes. */
const LIMIT_MINUTES = 15;
const folder = fileURLToPath(new URL('.', import.meta.url));

const command = new Command('npm run bench --')
  .description(
    'Measures the library, and against other programs where they are installed. Results go to bench/runs/.',
  )
  .argument('[names...]', `which benchmarks, all of them when none is named: ${NAMES.join(', ')}`)
  .option(
    '--publish',
    'keeps the results in bench/results/ instead, and makes docs/benchmarks.md and the table of the README of them',
  )
  .addHelpText('after', '\nWhat each of them measures: bench/README.md')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const { publish } = command.opts<{ publish?: boolean }>();
const out = publish ? `${folder}results` : `${folder}runs/bench`;

/** The benchmarks that are named, in the order of the list; all when none is. */
function chosen(names: readonly string[]): readonly (typeof NAMES)[number][] {
  try {
    const known = knownNames('benchmark', names, NAMES);
    return NAMES.filter((one) => known.length === 0 || known.includes(one));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
const wanted = chosen(command.args);

/** The leaves of a result as `path: value` lines. */
function lines(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => lines(item, `${path}[${i}]`));
  if (typeof value === 'object' && value !== null && !isSpread(value)) {
    if ('what' in value || 'file' in value) {
      const { what, file, ...rest } = value as Record<string, unknown>;
      const figures = Object.entries(rest).flatMap(([name, item]) =>
        item === null ? [] : `${name} ${text(item)}`,
      );
      return [`${what ?? file}: ${figures.join(', ')}`];
    }
    return Object.entries(value).flatMap(([name, item]) =>
      lines(item, path === '' ? name : `${path}.${name}`),
    );
  }
  return [`${path}: ${text(value)}`];
}

function isSpread(value: object): value is { median: number; q1: number; q3: number; rounds: number } {
  return 'median' in value && 'q1' in value && 'q3' in value && 'rounds' in value;
}

function text(value: unknown): string {
  if (typeof value === 'object' && value !== null && isSpread(value)) {
    return `${text(value.median)} (quartiles ${text(value.q1)} to ${text(value.q3)}, ${value.rounds} rounds)`;
  }
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(4) : String(value);
}

/** One JSON value, or JSON Lines as an array. */
function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function perform(name: string, say: (line: string) => void): Promise<Ended> {
  const program = ['--expose-gc', '--import', 'tsx', `${folder}${name}.ts`, '--json'];
  // A group of its own, so that the programs which it started end with it.
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const stopWatching = onStop(end);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    end();
  }, LIMIT_MINUTES * 60_000);
  const texts = written(child);
  child.stderr.on('data', () => say(texts.stderr.trim().split('\n').at(-1) ?? ''));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      clearTimeout(limit);
      stopWatching();
      const stderr = late ? `${texts.stderr}\nended after ${LIMIT_MINUTES} minutes` : texts.stderr;
      resolve({ status, stdout: texts.stdout, stderr });
    });
  });
}

const progress = createProgress('bench', wanted.length);
const [load = 0] = loadavg();
if (load > cpus().length / 2) {
  process.stderr.write(
    `warning: the load is ${load.toFixed(2)} on ${cpus().length} cores; others are measured too\n`,
  );
}
let failed = false;
let measured = false;
const printed: string[] = [];
for (const name of wanted) {
  progress.label(name);
  const loadBefore = loadavg()[0];
  const { stdout, stderr, status } = await perform(name, (line) => progress.label(`${name}: ${line}`));
  progress.next();
  printed.push(`\n== ${name}`);
  const start = stdout.indexOf('{');
  if (status !== 0 || start < 0) {
    failed = true;
    printed.push(`not run: ${stderr.trim().split('\n').at(-1) || stdout.trim() || `exit code ${status}`}`);
  } else {
    const result = parse(stdout.slice(start));
    const entry = {
      benchmark: name,
      date: new Date().toISOString(),
      cpu: `${cpus()[0]?.model} x ${cpus().length}`,
      node: process.version,
      load: [loadBefore, loadavg()[0]],
      result,
    };
    mkdirSync(out, { recursive: true });
    writeFileSync(`${out}/${name}.json`, `${JSON.stringify(entry, null, 2)}\n`);
    printed.push(...lines(result, ''));
    measured = true;
  }
  // On a terminal the bar is in the way until the end.
  if (!process.stderr.isTTY) console.log(printed.splice(0).join('\n'));
}
progress.stop();
if (printed.length > 0) console.log(printed.join('\n'));
if (measured) console.log(`\npage: ${writePage(out, publish ?? false)}`);
process.exitCode = failed ? 1 : 0;
