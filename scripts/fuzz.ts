// The long run of the fuzz targets (docs/fuzzing.md). Every target runs in a process of its own with a heap of 512 MB.
import { fork } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type LongResult, longRun } from '../spec-tests/fuzz/lib/long-run.js';
import { TARGETS } from '../spec-tests/fuzz/targets/all.js';

const HEAP_MEGABYTES = 512;
/** A child that reports nothing for so long is stuck in one execution. */
const SILENCE = 600_000;
/** Longer files of a corpus are left out: they make slow executions, not new ones. */
const LONGEST_SEED = 1 << 16;

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    runs: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '86400' },
    seed: { type: 'string', default: '1' },
    save: { type: 'string' },
    corpus: { type: 'string' },
    report: { type: 'string' },
    table: { type: 'string' },
    list: { type: 'boolean' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const USAGE = `npm run fuzz -- [options]
  --target TEXT   only targets whose name contains TEXT; may be repeated
  --runs N        executions per target (1000000)
  --seconds N     stop a target after so many seconds
  --seed N        another series of inputs (1)
  --save FOLDER   write the inputs of failures there
  --corpus FOLDER add its files to the good inputs of every selected target
  --report FILE   append one JSON line per target
  --table FILE    print the report of earlier runs as the table of docs/fuzzing.md; a later run of a target counts
  --list          print the names of the targets
`;

type FromChild = { readonly done: number } | { readonly result: LongResult };

async function child(name: string): Promise<void> {
  const target = TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  const send = (message: FromChild) => process.send?.(message);
  const options = {
    runs: Number(values.runs),
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    extra: corpus(),
  };
  const result = await longRun(target, options, (done) => send({ done }));
  process.send?.({ result }, () => process.exit(0));
}

function corpus(): Uint8Array[] {
  const { corpus: folder } = values;
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => statSync(path).isFile() && statSync(path).size <= LONGEST_SEED)
    .map((path) => new Uint8Array(readFileSync(path)));
}

/** Runs one target in a process of its own; a text instead of a result says how it died. */
function runTarget(name: string): Promise<LongResult | string> {
  return new Promise((resolve) => {
    const worker = fork(fileURLToPath(import.meta.url), ['--only', name, ...process.argv.slice(2)], {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MEGABYTES}`],
    });
    let done = 0;
    const stuck = () => {
      worker.kill('SIGKILL');
      resolve(`stuck in the execution after number ${done}`);
    };
    let timer = setTimeout(stuck, SILENCE);
    worker.on('message', (message: FromChild) => {
      clearTimeout(timer);
      timer = setTimeout(stuck, SILENCE);
      if ('result' in message) resolve(message.result);
      else done = message.done;
    });
    worker.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(`died (${signal ?? code}) in the execution after number ${done}`);
    });
  });
}

function save(result: LongResult): void {
  const { save: folder } = values;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [i, { problem, input, minimal }] of result.failures.entries()) {
    const file = `${folder}/${result.target}-${values.seed}-${i}`;
    writeFileSync(`${file}.bin`, Buffer.from(input, 'hex'));
    writeFileSync(`${file}.txt`, `${problem}\n${minimal}\n`);
  }
}

function print(result: LongResult): void {
  const { target, runs, decoded, milliseconds, slowest, peakRssMegabytes, failures } = result;
  const rate = Math.round(runs / (milliseconds / 1000));
  const share = ((100 * decoded) / Math.max(1, runs)).toFixed(0);
  const ms = slowest.milliseconds.toFixed(1);
  process.stdout.write(
    `${target}: ${runs} executions, ${rate}/s, ${share} % decoded, slowest ${ms} ms ` +
      `(${slowest.octets.length / 2} octets), peak ${peakRssMegabytes.toFixed(0)} MB\n`,
  );
  for (const { problem, minimal } of failures) process.stdout.write(`  FAILED ${minimal}: ${problem}\n`);
}

/** The table of docs/fuzzing.md. */
function printTable(file: string): void {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const results = new Map(
    lines.map((line) => JSON.parse(line) as LongResult).map((one) => [one.target, one]),
  );
  const percent = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`;
  process.stdout.write(
    '| target | executions | per second | decoded | refused | failures | slowest, ms | peak RSS, MB | proved of what decodes |\n' +
      '|---|---:|---:|---:|---:|---:|---:|---:|---|\n',
  );
  for (const { name, roundTrip } of TARGETS) {
    const one = results.get(name);
    const cells =
      one === undefined
        ? ['not run', '', '', '', '', '', '']
        : [
            one.runs.toLocaleString('en'),
            Math.round(one.runs / (one.milliseconds / 1000)).toLocaleString('en'),
            percent(one.decoded, one.runs),
            percent(one.refused, one.runs),
            one.failures.length,
            one.slowest.milliseconds.toFixed(0),
            one.peakRssMegabytes.toFixed(0),
          ];
    process.stdout.write(`| ${[name, ...cells, roundTrip].join(' | ')} |\n`);
  }
}

async function main(): Promise<number> {
  if (values.table) {
    printTable(values.table);
    return 0;
  }
  const wanted = values.target ?? [''];
  const names = TARGETS.map(({ name }) => name).filter((name) => wanted.some((part) => name.includes(part)));
  if (values.help || names.length === 0) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.list) {
    process.stdout.write(`${names.join('\n')}\n`);
    return 0;
  }
  let failed = false;
  for (const name of names) {
    const result = await runTarget(name);
    if (typeof result === 'string') {
      failed = true;
      process.stdout.write(`${name}: FAILED, ${result} (seed ${values.seed})\n`);
      continue;
    }
    failed ||= result.failures.length > 0;
    print(result);
    save(result);
    if (values.report) appendFileSync(values.report, `${JSON.stringify(result)}\n`);
  }
  return failed ? 1 : 0;
}

if (values.only) await child(values.only);
else process.exitCode = await main();
