import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkName, isUrl, JOB_LIMITS, type Job, type JobPayloads } from '../../node/archive/job.js';
import { namesOf } from '../../node/archive/names.js';
import type { SpoolState } from '../../node/archive/spool-state.js';
import { submitJob } from '../../node/archive/submit.js';
import { auditConditions } from '../../node/audit-conditions.js';
import { openTimeline } from '../../node/payload-timeline.js';
import { addJudgingOptions, type GivenJudging, loadJudging } from '../audit/judging-options.js';
import { readPeerOptions } from '../audit/peer-options.js';
import type { Context } from '../shared/command.js';
import { endpointOfSource } from '../shared/endpoint.js';
import { nameOf } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { payloadSources, requireOneSource } from '../shared/payload-files.js';
import { loadSlurm } from '../shared/slurm-files.js';
import { formatCount, plural } from '../shared/text-table.js';
import { spoolStateOf } from './job-payloads.js';
import {
  addServerOption,
  inJob,
  PATIENCE,
  parseJob,
  parseWhole,
  type ServerCliOptions,
  withServer,
} from './server-option.js';

interface SubmitOptions extends GivenJudging, ServerCliOptions {
  readonly job: string;
  readonly tries: number;
  readonly patience: number;
  readonly json?: boolean;
}

/** `pathsec archive submit`: files become a job that workers judge. */
export function define(command: Command, { io }: Context): void {
  addJudgingOptions(
    addServerOption(
      command.argument('[file...]', 'files of routes that workers reach: paths, or addresses by http(s)'),
    ).requiredOption('--job <name>', 'the job that the files belong to', parseJob),
  )
    .option(
      '--tries <number>',
      'workers that may fail with a file before it is given up',
      parseWhole(JOB_LIMITS.tries),
      3,
    )
    .option(
      '--patience <seconds>',
      'a file whose worker is silent for so long goes to another',
      parseWhole(JOB_LIMITS.patience),
      30,
    )
    .option('-j, --json', 'what became of the files as one JSON object')
    .action(async (files: string[], options: SubmitOptions) => {
      const { job: name, tries, patience, server: address } = options;
      const places = placesOf(files);
      await requireFiles(files);
      const { payloads, conditions } = await judgingOf(options, io);
      const job = { payloads, conditions, tries, patience, files: places };
      const submitted = await withServer(address, { patience: PATIENCE }, (server) =>
        inJob(name, () => submitJob(server, namesOf(name), job)),
      );
      const { queued, known, again } = submitted;
      const told = options.json
        ? JSON.stringify({ job: name, ...submitted })
        : `job ${name}: ${plural(queued, 'file')} queued, ${formatCount(known)} known already${again > 0 ? `, ${formatCount(again)} tried again` : ''}`;
      await io.stdout.write(`${told}\n`);
    });
}

/** The files by name, and where workers find them. @throws {CliError} for what they cannot read. */
function placesOf(files: readonly string[]): Map<string, string> {
  if (files.length === 0) throw new CliError('which files? name those that the workers shall judge');
  if (files.includes('-')) throw noStdin();
  return new Map(files.map((file) => [checkName(file), checkName(isUrl(file) ? file : resolve(file))]));
}

/**
 * Refuses what a worker would wait for without an end, or can never judge. What is not here may be there for the workers.
 *
 * @throws {CliError} for a folder, a pipe, a device.
 */
async function requireFiles(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const found = isUrl(file) ? undefined : await stat(file).catch(() => undefined);
    if (found !== undefined && !found.isFile())
      throw new CliError(
        `${nameOf(file)}: a folder, a pipe or a device: no file that workers can read again`,
      );
  }
}

/**
 * What the workers judge by. The payloads of one time are read here, so that nobody else has others; of the times of routes, which workers look up,
 * the archives of the spool are noted (docs/decisions/archives.md D-archive-times).
 */
async function judgingOf(options: SubmitOptions, io: Io): Promise<Pick<Job, 'payloads' | 'conditions'>> {
  const { rpkiAt, ...others } = options;
  if (rpkiAt !== 'routes') {
    const at = rpkiAt === undefined ? {} : { rpkiAt };
    const payloads = payloadsOf(options, null);
    return { payloads, conditions: auditConditions(await loadJudging({ ...others, ...at }, io)) };
  }
  requireOneSource(options);
  const { spool = '', slurm = [] } = options;
  if (slurm.includes('-')) throw noStdin();
  if (slurm.length > 0) await loadSlurm(slurm, io);
  const peers = await readPeerOptions(options, io);
  const timeline = openTimeline({ times: [], sets: [] }, io.seed);
  const state = await spoolStateOf(spool, slurm);
  return { payloads: payloadsOf(options, state), conditions: auditConditions({ timeline, ...peers }) };
}

function payloadsOf(options: SubmitOptions, state: SpoolState | null): JobPayloads {
  const { slurm = [], now = null, strict = false, rpkiAt = null, spool, node = null } = options;
  const sources = payloadSources(options);
  if ([...sources, ...slurm].includes('-')) throw noStdin();
  return {
    rpki: sources.map((source) => (endpointOfSource(source) === undefined ? resolve(source) : source)),
    slurm: slurm.map((file) => resolve(file)),
    now,
    strict,
    rpkiAt,
    spool: spool === undefined ? null : resolve(spool),
    node,
    state,
  };
}

function noStdin(): CliError {
  return new CliError('- is the stdin of this command, which no worker can read: name a file');
}
