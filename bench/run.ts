// `npm run bench [NAME...]`: runs the benchmarks one after the other, each in a process of its own, prints their figures
// and keeps them under bench/results/ with date, CPU and load. Absent data or programs make a benchmark say so.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const NAMES = ['aspa', 'rov', 'mrt', 'audit', 'bgpsec', 'rtr'] as const;
const folder = fileURLToPath(new URL('.', import.meta.url));

/** The leaves of a result as `path: value` lines. */
function lines(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => lines(item, `${path}[${i}]`));
  if (typeof value === 'object' && value !== null) {
    if ('what' in value || 'file' in value) {
      const { what, file, ...rest } = value as Record<string, unknown>;
      const figures = Object.entries(rest).map(([name, item]) => `${name} ${text(item)}`);
      return [`${what ?? file}: ${figures.join(', ')}`];
    }
    return Object.entries(value).flatMap(([name, item]) =>
      lines(item, path === '' ? name : `${path}.${name}`),
    );
  }
  return [`${path}: ${text(value)}`];
}

function text(value: unknown): string {
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

const wanted = process.argv.slice(2);
for (const name of NAMES.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  console.log(`\n== ${name}`);
  const loadBefore = loadavg()[0];
  const program = [`--expose-gc`, '--import', 'tsx', `${folder}${name}.ts`, '--json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, program, {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const start = stdout.indexOf('{');
  if (status !== 0 || start < 0) {
    console.log(`not run: ${stderr.trim().split('\n').at(-1) || stdout.trim() || `exit code ${status}`}`);
    continue;
  }
  const result = parse(stdout.slice(start));
  const entry = {
    benchmark: name,
    date: new Date().toISOString(),
    cpu: `${cpus()[0]?.model} x ${cpus().length}`,
    node: process.version,
    load: [loadBefore, loadavg()[0]],
    result,
  };
  mkdirSync(`${folder}results`, { recursive: true });
  writeFileSync(`${folder}results/${name}.json`, `${JSON.stringify(entry, null, 2)}\n`);
  console.log(lines(result, '').join('\n'));
}
