import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import {
  type AuditProblem,
  createPartialMerge,
  type PartialMerge,
  readPackedFile,
} from '../../audit/index.js';
import { DecodeError, printable } from '../../bytes/index.js';
import type { Job } from '../../node/archive/job.js';
import { fetchKept } from '../../node/archive/kept.js';
import type { JobNames } from '../../node/archive/names.js';
import { readDone } from '../../node/archive/records.js';
import type { ArchiveServer } from '../../node/archive/server.js';
import { addFile } from '../audit/partial-file.js';
import { addReportOptions, prepareReport, type ReportOptions } from '../audit/report-output.js';
import { requireApart } from '../shared/apart.js';
import type { Context } from '../shared/command.js';
import { nameOf } from '../shared/input.js';
import { EXIT, type Io } from '../shared/io.js';
import { reportUnreadable } from '../shared/route-files.js';
import { openJobAudit } from './job-payloads.js';
import { createWatch, type JobState, stateOf } from './job-state.js';
import { MAX_FETCH_OPTION, octetsOf } from './max-fetch.js';
import {
  addServerOption,
  inJob,
  openJob,
  PATIENCE,
  parseJob,
  type ServerCliOptions,
  withServer,
} from './server-option.js';

interface CollectOptions extends ReportOptions, ServerCliOptions {
  readonly job: string;
  readonly wait?: boolean;
  readonly remove?: boolean;
  readonly routesOut?: string;
  readonly maxFetch: number;
  readonly strict?: boolean;
}

/** Milliseconds between two looks at a job that is not done. */
const LOOK = 500;

/** `pathsec archive collect`: the report of a job. */
export function define(command: Command, { io, exit }: Context): void {
  addReportOptions(
    addServerOption(command)
      .requiredOption('--job <name>', 'the job to report on', parseJob)
      .option('--wait', 'wait until all files are judged or given up')
      .option('--remove', 'remove the job from the server when the report is written')
      .option(
        '--routes-out <file>',
        'read the files again here, and write a row for each route: .parquet, .csv or .jsonl',
      )
      .option(...MAX_FETCH_OPTION)
      .option('--strict', 'a fault in the routes is fatal: exit code 2'),
  ).action(async (options: CollectOptions) => {
    const output = await prepareReport(options, io);
    const patience = options.wait ? Number.POSITIVE_INFINITY : PATIENCE;
    await withServer(options.server, { patience }, async (server) => {
      const { names, job } = await openJob(server, options.job);
      await requireApart({ '--html': options.html, '--routes-out': options.routesOut }, [
        ...job.files.values(),
        ...job.payloads.rpki,
        ...job.payloads.slurm,
      ]);
      const table =
        options.routesOut === undefined
          ? undefined
          : await tableOf(options.routesOut, job, octetsOf(options.maxFetch), io);
      // The page draws paths, for which they are judged again; of payloads of many times it draws none.
      const drawn = options.html !== undefined && job.payloads.rpkiAt !== 'routes';
      const audit = table || drawn ? await inJob(options.job, () => openJobAudit(job, io)) : undefined;
      try {
        const collected = await inJob(options.job, () =>
          collect(server, names, job, options.wait ?? false, io),
        );
        if (collected === undefined) {
          exit(EXIT.unknown);
          return;
        }
        const { report, inputs, counted } = collected;
        exit(await reportUnreadable(report, (options.strict ?? false) || job.payloads.strict, io));
        await output.write(report, inputs, audit && 'aspa' in audit.all ? audit.all : {});
        if (audit) await table?.write(audit, counted, report.peers);
        if (options.remove) await server.removeJob(names);
      } finally {
        await audit?.close();
      }
    });
  });
}

async function tableOf(file: string, job: Job, limit: number, io: Io) {
  const { prepareJobTable } = await import('./job-table.js'); // not loaded where no table is made
  return prepareJobTable(file, job, limit, io);
}

/** The report of all files, as an audit of them makes it; undefined where some are not judged, which is told. */
async function collect(server: ArchiveServer, names: JobNames, job: Job, wait: boolean, io: Io) {
  const merge = createPartialMerge({ seed: io.seed });
  merge.begin(job.conditions);
  const unreadable: AuditProblem[] = [];
  const counted = new Map<string, string | null>();
  const merged = new Set<string>();
  const mergeNew = async ({ done }: JobState): Promise<void> => {
    for (const [key, name] of done) {
      if (merged.has(key)) continue;
      merged.add(key);
      const fault = await mergeResult(server, names, key, name, { merge, counted }, io);
      if (fault !== undefined) unreadable.push({ code: fault.code, message: fault.message, file: name });
    }
  };
  const watch = await createWatch(names.job, job.files.size, io);
  let state = await stateOf(server, names, job);
  try {
    while (wait && state.open > 0) {
      await mergeNew(state);
      await watch.update(state);
      await setTimeout(LOOK);
      state = await stateOf(server, names, job);
    }
  } finally {
    watch.stop();
  }
  if (state.open > 0) {
    await watch.tell(state);
    return undefined;
  }
  await mergeNew(state);
  for (const { name, tries, worker, reason } of state.lost) {
    const what = name === null ? 'a message that is none of the job' : nameOf(name);
    const why = `${printable(reason.message)} (${reason.code})`;
    await io.stderr.write(
      `pathsec: job ${names.job}: ${what}: given up by worker ${worker} after ${tries} tries: ${why}\n`,
    );
    if (name !== null && !state.doneNames.has(name)) {
      unreadable.push({ code: reason.code, message: reason.message, file: name });
    }
  }
  const report = merge.report(unreadable);
  return { report, inputs: [...job.files.keys()].sort(), counted };
}

/** Counts the result of a file; why it cannot be counted, undefined when it was. */
async function mergeResult(
  server: ArchiveServer,
  names: JobNames,
  key: string,
  name: string,
  { merge, counted }: { readonly merge: PartialMerge; readonly counted: Map<string, string | null> },
  io: Io,
): Promise<DecodeError | undefined> {
  try {
    const found = await server.get(names, names.done(key));
    if (found === undefined)
      return new DecodeError('archive-result', 'the result is gone', { field: 'result' });
    const { conditions, file } = readPackedFile(
      await fetchKept(server, names, readDone(found.octets).result),
    );
    if (file.name !== name)
      return new DecodeError('archive-result', 'the result of another file', { field: 'result' });
    merge.begin(conditions);
    if (await addFile(merge, file, io)) counted.set(name, file.sha256);
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}
