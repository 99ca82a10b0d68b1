// The audit command against `bgpdump -m FILE >/dev/null`, as whole processes on the same files in turn.
// Needs the folder of real data and the program bgpdump; prints one JSON object.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { formatPrefix } from 'pathsec/inet';
import { createRouteReader } from 'pathsec/routes';
import { seededRandom } from 'pathsec/tables';
import { generateAspas } from './lib/aspa-payloads.js';
import { ratioOf, spreadOf } from './lib/spread.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 7);
const VRPS = 20_000;
const ASPAS = 3_400;
const FILES = ['updates.et-header.2015.gz', 'bview.20020722.2337.gz'];
const shared = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url));
const folder = `${shared}/data/mrt/bgpdump/test_data`;
const program = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));
// The process itself knows its peak memory.
const probe = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>process.stderr.write(JSON.stringify(process.resourceUsage())))',
)}`;

interface Timed {
  readonly ms: number;
  readonly stderr: string;
}

function time(command: string, argv: readonly string[]): Timed {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, argv, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { ms, stderr };
}

/** Payloads over the routes of the file: VRPs of a seeded choice of its pairs of prefix and origin, 2 % of them wrong. */
function payloadsOf(file: string): string {
  const random = seededRandom(20_261_124);
  const origins = new Map<string, number>();
  const paths = new Map<string, readonly number[]>();
  const reader = createRouteReader((element) => {
    if (element.kind !== 'route') return;
    const asns = element.asPath.flatMap((segment) => segment.asns);
    const origin = asns.at(-1);
    if (origin !== undefined) origins.set(formatPrefix(element.prefix), origin);
    paths.set(asns.join(' '), asns);
  });
  reader.push(gunzipSync(readFileSync(file)));
  reader.end();
  const starts = new Uint32Array(paths.size + 1);
  const flat: number[] = [];
  for (const [i, asns] of [...paths.values()].entries()) {
    flat.push(...asns);
    starts[i + 1] = flat.length;
  }
  const share = VRPS / origins.size;
  const roas = [...origins].flatMap(([prefix, origin]) =>
    random() < share
      ? [{ prefix, maxLength: Number(prefix.split('/')[1]), asn: origin + (random() < 0.02 ? 1 : 0) }]
      : [],
  );
  const aspas = generateAspas({ asns: Uint32Array.from(flat), starts, source: file }, ASPAS).map(
    ({ customer, providers }) => ({ customer_asid: customer, providers }),
  );
  return JSON.stringify({ metadata: {}, roas, aspas });
}

function bench(name: string, scratch: string) {
  const file = `${folder}/${name}`;
  const rpki = join(scratch, `${name}.json`);
  writeFileSync(rpki, payloadsOf(file));
  const argv = ['--import', probe, program, 'audit', '--rpki', rpki, '--neighbor-role', 'provider', file];
  const rows: { bgpdump: number; audit: number; rss: number; cpu: number }[] = [];
  for (let run = 0; run <= RUNS; run++) {
    process.stderr.write(`${name}: ${run} of ${RUNS}\n`);
    const bgpdump = time('bgpdump', ['-m', file]).ms;
    const { ms, stderr } = time(process.execPath, argv);
    const usage = JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as NodeJS.ResourceUsage;
    const cpu = (usage.userCPUTime + usage.systemCPUTime) / 1000;
    if (run > 0) rows.push({ bgpdump, audit: ms, rss: usage.maxRSS / 1024, cpu }); // the first run warms the caches
  }
  return {
    file: name,
    bgpdumpMs: spreadOf(rows.map((row) => row.bgpdump)),
    auditMs: spreadOf(rows.map((row) => row.audit)),
    auditCpuMs: spreadOf(rows.map((row) => row.cpu)),
    ratio: ratioOf(
      rows.map((row) => row.audit),
      rows.map((row) => row.bgpdump),
    ),
    peakRssMiB: Math.round(Math.max(...rows.map((row) => row.rss))),
  };
}

function hasBgpdump(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v bgpdump'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!existsSync(folder) || !hasBgpdump()) {
  console.log(JSON.stringify({ skipped: 'needs the folder of real data and the program bgpdump' }));
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'pathsec-bench-'));
  try {
    const results = FILES.map((name) => bench(name, scratch));
    const setting = { cpu: cpus()[0]?.model, node: process.version, runs: RUNS, vrps: VRPS, aspas: ASPAS };
    console.log(JSON.stringify({ ...setting, results }, null, 2));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
