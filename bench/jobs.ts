// `audit --jobs`: what threads gain beside independent processes, and what they take; one core beside `bgpdump -m`; how time and
// memory grow; what a queue costs. Whole processes in turn, on made RIB dumps; prints one JSON object.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MadeRib, makeRib, payloadsOfRib, type TablePart } from './lib/made-rib.js';
import { queueOverhead } from './lib/queue-overhead.js';
import { ratioOf, spreadOf } from './lib/spread.js';
import { type Took, timeNode, timeProgram } from './lib/timed-process.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
/** Routes of the largest dump. */
const ROUTES = Number(process.env.BENCH_ROUTES ?? 6_000_000);
const PEERS = 24;
/** Parts of the largest dump: the four sizes over which growth is looked at. */
const SIZES = [1 / 8, 1 / 4, 1 / 2, 1];
/** Files that go through a queue, together as large as the largest dump. */
const QUEUED = 64;
const program = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'pathsec-bench-'));

const rpki = join(scratch, 'rpki.json');
const options = ['--rpki', rpki, '--neighbor-role', 'provider'];
const audit = (jobs: number, ...files: readonly string[]): string[] => [
  ...[program, 'audit', ...options, '--jobs', String(jobs)],
  ...files,
];
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const has = (name: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

interface Dump extends MadeRib {
  readonly file: string;
}

function make(name: string, routes: number, part?: TablePart): Dump {
  say(`making ${name} of ${routes} routes`);
  const file = join(scratch, name);
  return { file, ...makeRib(file, Math.round(routes / PEERS), PEERS, part) };
}

/** Two files that share no path: independent processes and threads, each against the same work one after the other. */
async function gains(dumps: readonly Dump[], large: Dump) {
  const files = dumps.map(({ file }) => file);
  const rounds: { processes: number; threads: number; cut: number; rss: number; rssOfOne: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    say(`gains: ${run + 1} of ${RUNS}`);
    const begin = process.hrtime.bigint();
    for (const file of files) await timeNode(audit(1, file));
    const inTurn = Number(process.hrtime.bigint() - begin) / 1e6;
    const both = process.hrtime.bigint();
    await Promise.all(files.map((file) => timeNode(audit(1, file))));
    const together = Number(process.hrtime.bigint() - both) / 1e6;
    const one = await timeNode(audit(1, ...files));
    const two = await timeNode(audit(2, ...files));
    const whole = await timeNode(audit(1, large.file));
    const cut = await timeNode(audit(2, large.file));
    rounds.push({
      processes: inTurn / together,
      threads: one.ms / two.ms,
      cut: whole.ms / cut.ms,
      rss: Math.max(two.rssMiB - one.rssMiB, cut.rssMiB - whole.rssMiB) / 2,
      rssOfOne: whole.rssMiB,
    });
  }
  const of = (name: keyof (typeof rounds)[number]) => rounds.map((round) => round[name]);
  return {
    gainOfTwoProcesses: spreadOf(of('processes')),
    gainOfTwoThreads: spreadOf(of('threads')),
    twoFilesShare: ratioOf(of('threads'), of('processes')),
    gainOfTwoThreadsOnOneDump: spreadOf(of('cut')),
    oneDumpShare: ratioOf(of('cut'), of('processes')),
    memoryOfAThreadMiB: spreadOf(of('rss')),
    memoryOfOneJobMiB: spreadOf(of('rssOfOne')),
  };
}

/** One core beside bgpdump. */
async function oneCore(large: Dump) {
  if (!has('bgpdump') || !has('taskset')) return { skipped: 'needs the programs bgpdump and taskset' };
  const pin = ['taskset', '-c', '0'];
  const rounds: { own: number; other: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    say(`one core: ${run + 1} of ${RUNS}`);
    const other = await timeProgram([...pin, 'bgpdump', '-m', large.file]);
    const own = await timeNode(audit(1, large.file), pin);
    rounds.push({ own: own.ms, other: other.ms });
  }
  const [own, other] = [rounds.map((one) => one.own), rounds.map((one) => one.other)];
  return { auditMs: spreadOf(own), bgpdumpMs: spreadOf(other), ratio: ratioOf(own, other) };
}

/** CPU time and memory over four sizes, with the straight line through them. */
async function growth(dumps: readonly Dump[]) {
  const took: Took[] = [];
  for (const { file } of dumps) {
    say(`growth: ${file}`);
    const runs: Took[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await timeNode(audit(1, file)));
    took.push({
      ms: spreadOf(runs.map(({ ms }) => ms)).median,
      cpuMs: spreadOf(runs.map(({ cpuMs }) => cpuMs)).median,
      rssMiB: spreadOf(runs.map(({ rssMiB }) => rssMiB)).median,
    });
  }
  const routes = dumps.map((dump) => dump.routes);
  const paths = dumps.map((dump) => dump.paths);
  const time = line(
    routes,
    took.map(({ cpuMs }) => cpuMs),
  );
  const memory = line(
    paths,
    took.map(({ rssMiB }) => rssMiB * 2 ** 20),
  );
  return {
    sizes: dumps.map((dump, i) => ({
      file: `${dump.routes} routes`,
      paths: dump.paths,
      mebibytes: Math.round(dump.octets / 2 ** 20),
      cpuMs: took[i]?.cpuMs,
      rssMiB: took[i]?.rssMiB,
    })),
    cpuNsARoute: Math.round(time.slope * 1e6),
    cpuFit: time.fit,
    octetsADistinctPath: Math.round(memory.slope),
    memoryFit: memory.fit,
  };
}

/** The straight line of least squares, and its coefficient of determination. */
function line(x: readonly number[], y: readonly number[]): { slope: number; fit: number } {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + of(i), 0);
  const dx = (i: number): number => (x[i] as number) - mx;
  const dy = (i: number): number => (y[i] as number) - my;
  const slope = sum((i) => dx(i) * dy(i)) / sum((i) => dx(i) ** 2);
  const rest = sum((i) => (dy(i) - slope * dx(i)) ** 2);
  return { slope, fit: Number((1 - rest / sum((i) => dy(i) ** 2)).toPrecision(5)) };
}

try {
  writeFileSync(rpki, payloadsOfRib(Math.round(ROUTES / PEERS)));
  const dumps = SIZES.map((part) => make(`rib-${part}.mrt`, Math.round(ROUTES * part)));
  const large = dumps.at(-1) as Dump;
  // Of one file twice, one core would find every path of the second in its tables.
  const halves = [0, 1].map((index) => make(`half-${index}.mrt`, ROUTES, { index, of: 2 }));
  say(`making ${QUEUED} parts of ${ROUTES} routes`);
  const queued = Array.from({ length: QUEUED }, (_, index) => {
    const file = join(scratch, `queued-${index}.mrt`);
    makeRib(file, Math.round(ROUTES / PEERS), PEERS, { index, of: QUEUED });
    return file;
  });
  const setting = { cpu: cpus()[0]?.model, node: process.version, runs: RUNS };
  const table = {
    routes: large.routes,
    distinctPaths: large.paths,
    mebibytes: Math.round(large.octets / 2 ** 20),
  };
  const result = {
    ...setting,
    table,
    jobs: await gains(halves, large),
    oneCore: await oneCore(large),
    growth: await growth(dumps),
    queue: await queueOverhead(program, scratch, options, queued, RUNS),
  };
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(scratch, { recursive: true });
}
