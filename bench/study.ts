/**
 * The cost study of the aggregate-signature experiment (NON-STANDARD):
 *   npm run study -- [--quick | --smoke] [--table FILE] [--out FOLDER] [--report-only]
 * Measures in child processes, writes bench/results/study-MODE.json, docs/study.md and docs/study/*.svg, or all of it
 * into FOLDER. --smoke takes seconds, measures nothing of worth, and writes into a temporary folder.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { studyConfig } from './study/config.js';
import { writePlots } from './study/plots.js';
import { report } from './study/report/report.js';
import { describeMachine, type StudyResults } from './study/results.js';
import { runTask } from './study/run-task.js';
import { LAYOUTS, type MemoryResult } from './study/tasks/memory.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    table: { type: 'string' },
    out: { type: 'string' },
    'report-only': { type: 'boolean', default: false },
  },
});
const mode = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full';
// A smoke run never replaces the published page.
const out = values.out ?? (mode === 'smoke' ? mkdtempSync(join(tmpdir(), 'pathsec-study-')) : undefined);
const resultsFolder = out ?? `${root}bench/results`;
const docs = out ?? `${root}docs`;
const resultsFile = `${resultsFolder}/study-${mode}.json`;
const results = values['report-only']
  ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as StudyResults)
  : await measureAll();
mkdirSync(`${docs}/study`, { recursive: true });
await writePlots(results, `${docs}/study`);
writeFileSync(`${docs}/study.md`, report(results));
process.stdout.write(`${docs}/study.md written from ${resultsFile}\n`);

async function measureAll(): Promise<StudyResults> {
  const shared = process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url));
  const config = studyConfig(mode, {
    ...(existsSync(shared) ? { shared } : {}),
    ...(values.table === undefined ? {} : { table: values.table }),
  });
  const machine = describeMachine();
  const begun = Date.now();
  const perRoute = 4 * 40;
  const memoryRuns = ['S0', ...Object.keys(LAYOUTS)].flatMap((scheme) =>
    config.tableSizes.map((routes) => ({ scheme, routes })),
  );
  const fits = ({ scheme, routes }: { scheme: string; routes: number }): boolean => {
    const layout = LAYOUTS[scheme]?.layout;
    return (
      layout === undefined || routes * (layout.count(4) * layout.maxOctets + perRoute) <= config.memoryLimit
    );
  };
  const progress = createProgress(12 + memoryRuns.filter(fits).length);
  const step = async <R>(label: string, work: Promise<R>): Promise<R> => {
    progress.label(label);
    const result = await work;
    progress.next();
    return result;
  };
  const measured = {
    operations: await step('operations', runTask('operations', config)),
    byLength: await step('path lengths', runTask('byLength', config)),
    keysAndSigning: await step('keys and signing', runTask('keysAndSigning', config)),
    batches: await step('batches', runTask('batches', config)),
    failures: await step('failures', runTask('failures', config)),
    churn: await step('churn', runTask('churn', config)),
    octets: await step('octets', runTask('octets', config)),
    schemes: await step('other schemes', runTask('schemes', config)),
    native: await step('native ceiling', runTask('native', config)),
    agreement: await step('agreement', runTask('agreement', config)),
    tables: await step('tables', runTask('tables', config)),
    tableSample: await step('table sample', runTask('tableSample', config)),
  };
  const memory: MemoryResult[] = [];
  for (const parameters of memoryRuns.filter(fits)) {
    memory.push(await step('memory', runTask('memory', config, parameters)));
  }
  progress.stop();
  const all: StudyResults = {
    format: 'pathsec/study/1',
    // Where the data lay says nothing about the run.
    config: { ...config, ...(config.shared === undefined ? {} : { shared: 'present' }) },
    machine: { ...machine, loadAfter: loadavg(), seconds: (Date.now() - begun) / 1000 },
    ...measured,
    memory,
    memoryLeftOut: memoryRuns
      .filter((run) => !fits(run))
      .map(({ scheme, routes }) => `${scheme} at ${routes} routes`),
  };
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(all, rounded)}\n`);
  return all;
}

/** Six digits are more than any of these numbers deserves. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

/** A bar on a terminal, a line per step elsewhere. */
function createProgress(total: number): { label(text: string): void; next(): void; stop(): void } {
  if (!process.stderr.isTTY) {
    let last = '';
    return {
      label: (text) => {
        if (text !== last) process.stderr.write(`${text}\n`);
        last = text;
      },
      next: () => {},
      stop: () => {},
    };
  }
  const bar = new SingleBar({ format: 'study {bar} {value}/{total} {task}', stream: process.stderr });
  bar.start(total, 0, { task: '' });
  return {
    label: (task) => bar.update({ task }),
    next: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
