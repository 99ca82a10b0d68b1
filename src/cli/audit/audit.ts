import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import {
  createAudit,
  createPartialMerge,
  joinFacts,
  type LazyAuditReport,
  type NamedFacts,
  type PayloadTimeline,
} from '../../audit/index.js';
import type { CrewAudit } from '../../node/audit-crew.js';
import { inputFacts } from '../../node/input-facts.js';
import type { StoredTimeline } from '../../node/payload-timeline.js';
import { sampleFile } from '../../node/sample-files.js';
import { requireApart } from '../shared/apart.js';
import type { Context } from '../shared/command.js';
import { checkStdin, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { type OutputFile, prepareOutput } from '../shared/output-file.js';
import { payloadSources, requireOneSource } from '../shared/payload-files.js';
import { ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { createStyle } from '../shared/style.js';
import { type Judging, jobsFor, judgeFiles } from './judge-files.js';
import { addJudgingOptions, type GivenJudging, loadJudging } from './judging-options.js';
import { readPeerOptions } from './peer-options.js';
import { addReportOptions, parsePageAddress, prepareReport, type ReportOptions } from './report-output.js';
import type { RoutesOut } from './routes-out.js';
import { formatFindings } from './sample.js';

interface CommandOptions extends GivenJudging, ReportOptions {
  readonly egress?: boolean;
  readonly jobs?: number;
  readonly partial?: string;
  readonly routesOut?: string;
  readonly sample?: boolean;
}

/** `pathsec audit`: routes and payloads in, a report out. */
export function define(command: Command, { io, exit }: Context): void {
  const judged = command.argument('[file...]', ROUTES_HELP);
  addReportOptions(addJudgingOptions(judged))
    .option('--egress', 'the routes are what their peers send; roles are those of who gets them')
    .option(
      '--jobs <number>',
      'threads that judge files, and pieces of a large RIB; default: all cores',
      parseJobs,
    )
    .option(
      '--partial <file>',
      'write what "audit merge" makes reports of, too; gzipped where it ends in .gz',
    )
    .option('--routes-out <file>', 'write a row for each route with its verdicts: .parquet, .csv or .jsonl')
    .option(
      '--playground <url>',
      'let the page of --html link invalid paths to a playground there',
      parsePageAddress,
    )
    .option('--sample', 'audit the embedded sample and say which injected incidents were found')
    .action(async (files: string[], options: CommandOptions) => {
      if (options.egress && options.partial !== undefined) {
        throw new CliError('--partial takes no --egress: partial reports are of received routes');
      }
      await requireApart(
        { '--html': options.html, '--partial': options.partial, '--routes-out': options.routesOut },
        [...files, ...payloadSources(options), ...(options.slurm ?? []), options.roles],
      );
      const output = await prepareReport(options, io);
      const partial = options.partial === undefined ? undefined : await prepareOutput(options.partial);
      const table = options.routesOut === undefined ? undefined : await tableOf(options.routesOut, files, io);
      const { inputs, auditOptions, close } = await prepareAudit(files, options, io);
      try {
        const jobs = await jobsFor(inputs, options.jobs, availableParallelism());
        const judging = { options: auditOptions, hashed: partial !== undefined, jobs };
        const report = await (partial
          ? reportWithPartial(inputs, judging, partial, options.partial ?? '', io)
          : reportOf(inputs, judging, io));
        exit(await reportUnreadable(report, options.strict ?? false, io));
        const findings = async (): Promise<string> =>
          formatFindings(report, await readText(sampleFile('truth.json'), io), createStyle(io));
        const behind = options.sample ? findings : undefined;
        await output.write(report, inputs.toSorted(), {
          behind,
          ...('aspa' in auditOptions && { aspa: auditOptions.aspa }),
        });
        await table?.write([{ files: inputs, options: auditOptions }], report.peers);
      } finally {
        await close?.();
      }
    });
}

async function tableOf(file: string, inputs: readonly string[], io: Io): Promise<RoutesOut> {
  const { prepareRoutesOut } = await import('./routes-out.js'); // not loaded by an audit that makes no table
  return prepareRoutesOut(file, inputs, io);
}

function parseJobs(text: string): number {
  const jobs = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (jobs < 1 || jobs > 256) throw new CliError('--jobs takes a number in 1..256');
  return jobs;
}

async function prepareAudit(
  files: readonly string[],
  options: CommandOptions,
  io: Io,
): Promise<{ inputs: readonly string[]; auditOptions: CrewAudit; close?: () => Promise<void> }> {
  const { sample = false } = options;
  const rpki = sample ? [sampleFile('rpki.json')] : payloadSources(options);
  const rolesFile = sample ? sampleFile('roles.json') : options.roles;
  const inputs = sample ? [sampleFile('rib.mrt.gz')] : files;
  if (sample && (files.length > 0 || payloadSources(options).length > 0 || options.spool !== undefined)) {
    throw new CliError('--sample brings its own files');
  }
  if (inputs.length === 0) throw new CliError('which routes? name a file, or - for stdin');
  checkStdin(...inputs, ...rpki, ...(options.slurm ?? []), rolesFile);
  const common = options.egress ? { egress: true } : {};
  const { rpkiAt, ...others } = options;
  if (rpkiAt === 'routes') {
    const peers = await readPeerOptions({ ...options, roles: rolesFile }, io);
    const { timeline, stored, close } = await timedPayloads(inputs, options, io);
    return { inputs, auditOptions: { seed: io.seed, timeline, stored, ...peers, ...common }, close };
  }
  const at = rpkiAt === undefined ? {} : { rpkiAt };
  const judging = await loadJudging({ ...others, ...at, roles: rolesFile, rpki, aspa: [] }, io);
  return { inputs, auditOptions: { ...judging, ...common } };
}

/** The payloads of the times of the routes. */
async function timedPayloads(
  inputs: readonly string[],
  options: CommandOptions,
  io: Io,
): Promise<{ readonly stored: StoredTimeline; readonly timeline: PayloadTimeline; close(): Promise<void> }> {
  requireOneSource(options);
  const { prepareTimedPayloads } = await import('./timed-payloads.js'); // not loaded by an audit by one set of payloads
  const { openTimeline } = await import('../../node/payload-timeline.js');
  const { spool = '' } = options;
  const payloads = await prepareTimedPayloads(inputs, spool, options, io);
  return { ...payloads, timeline: openTimeline(payloads.stored, io.seed) };
}

/** The report of all inputs by one audit. */
async function reportOf(inputs: readonly string[], judging: Judging, io: Io): Promise<LazyAuditReport> {
  const audit = createAudit(judging.options);
  const named: NamedFacts[] = [];
  if (judging.jobs === 1) {
    const read = await readRouteFiles(inputs, io, audit.add);
    named.push(...read.map((input) => ({ name: input.path, facts: inputFacts([input]) })));
    return audit.lazyReport(joinFacts(named));
  }
  for await (const { name, facts } of judgeFiles(inputs, { ...judging, into: audit }, io))
    named.push({ name, facts });
  return audit.lazyReport(joinFacts(named));
}

/** The report of a partial one, which is written as its inputs are judged. */
async function reportWithPartial(
  inputs: readonly string[],
  judging: Judging,
  output: OutputFile,
  file: string,
  io: Io,
): Promise<LazyAuditReport> {
  const { options } = judging;
  const { writePartial } = await import('./partial-file.js');
  const { auditConditions } = await import('../../node/audit-conditions.js');
  const merge = createPartialMerge({ seed: io.seed });
  const judged = judgeFiles(inputs, judging, io);
  await writePartial(output, file, auditConditions(options), options, judged, merge, io);
  await io.stderr.write(`pathsec: wrote ${nameOf(file)}\n`);
  return merge.report();
}
