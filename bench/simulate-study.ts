/**
 * What mechanisms are worth, as a page: curves of all of them against all attacks on a made topology, or on one of a file.
 * `npm run simulate-study -- --help` has the options.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { runCurves } from 'pathsec/node';
import {
  type CurveRow,
  curveCsv,
  curveRows,
  generateTopology,
  type NamedTopology,
  readTopology,
  writeAsRelationships,
} from 'pathsec/simulate';
import { figuresOf } from './simulate-study/figures.js';
import { unpackedText } from './simulate-study/input.js';
import { studyPage } from './simulate-study/page.js';
import { PARTS, type StudyRun } from './simulate-study/parts.js';
import { createProgress } from './study/progress.js';
import { currentCommit } from './study/results.js';

interface Options {
  readonly topology?: string;
  readonly ases: number;
  readonly links: number;
  readonly trials: number;
  readonly seed: number;
  readonly jobs: number;
  readonly publish?: boolean;
  readonly report?: boolean;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const command = new Command('npm run simulate-study --')
  .description('Simulates all attacks against all mechanisms, and writes a page with figures to bench/runs/.')
  .option('--topology <file>', 'AS relationships of CAIDA, packed or not, instead of a made topology')
  .option('--ases <number>', 'of the made topology', from(20), 75_000)
  .option('--links <number>', 'of the made topology', from(1), 500_000)
  .option('--trials <number>', 'of each point', from(1), 1000)
  .option('--seed <number>', 'of the trials and of the made topology', from(0), 1)
  .option('--jobs <number>', 'threads', from(1), availableParallelism())
  .option(
    '--publish',
    'keeps results in bench/results/ and makes docs/simulate-study.md and its figures of them',
  )
  .option('--report', 'simulates nothing, and makes the page of the results that are there')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const options = command.opts<Options>();
const folder = options.publish ? join(root, 'bench/results') : join(root, 'bench/runs/simulate-study');
const files = { run: join(folder, 'simulate-study.json'), csv: join(folder, 'simulate-study.csv') };
if (!options.report) await simulateAll();
writePage();

/** Runs all parts, and keeps what came of them. */
async function simulateAll(): Promise<void> {
  const { trials, seed, jobs } = options;
  const read = await topologyOf(options);
  const started = performance.now();
  const rows: CurveRow[] = [];
  const progress = createProgress('study', PARTS.length);
  for (const part of PARTS) {
    progress.label(part.name);
    const settings = { ...part.settings, seed };
    const counts = await runCurves(read.topology, read.clique, settings, { trials, jobs });
    for (const row of curveRows(settings, counts)) if (part.groups.includes(row.group)) rows.push(row);
    progress.next();
  }
  progress.stop();
  const lines = [...writeAsRelationships(read.topology, read.clique)].join('\n');
  const run: StudyRun = {
    format: 'pathsec/simulate-study/1',
    date: new Date().toISOString(),
    commit: currentCommit(),
    topology: {
      name: options.topology === undefined ? `made, seed ${seed}` : 'AS relationships of a file',
      ases: read.topology.asns.length,
      links: read.topology.customers.targets.length + read.topology.peers.targets.length / 2,
      clique: read.clique.length,
      sha256: createHash('sha256').update(lines).digest('hex'),
    },
    trials,
    seed,
    seconds: Math.round((performance.now() - started) / 1000),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.run, `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(files.csv, `${[...curveCsv(rows)].join('\n')}\n`);
}

/** Makes the page and its figures of what was kept. */
function writePage(): void {
  const run = JSON.parse(readFileSync(files.run, 'utf8')) as StudyRun;
  const csv = readFileSync(files.csv, 'utf8');
  const pages = options.publish ? join(root, 'docs') : folder;
  mkdirSync(join(pages, 'simulate-study'), { recursive: true });
  const figures = figuresOf(csv);
  for (const { file, svg } of figures) writeFileSync(join(pages, 'simulate-study', `${file}.svg`), svg);
  writeFileSync(join(pages, 'simulate-study.md'), studyPage(run, csv));
  process.stdout.write(`${join(pages, 'simulate-study.md')}, ${figures.length} figures\n`);
}

async function topologyOf({ topology, ases, links, seed }: Options): Promise<NamedTopology> {
  if (topology === undefined) return { ...generateTopology({ ases, links, seed }), exchanges: [] };
  try {
    return readTopology(await unpackedText(topology));
  } catch (error) {
    process.stderr.write(`${topology}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** Reads a whole number of at most nine digits that is no smaller. */
function from(least: number): (text: string) => number {
  return (text) => {
    if (/^[0-9]{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`A whole number, ${least} or more.`);
  };
}
