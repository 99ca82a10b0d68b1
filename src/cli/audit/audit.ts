import { type Command, Option } from 'commander';
import { createAspaTable, type NeighborRole } from '../../aspa/index.js';
import {
  type AuditOptions,
  createAudit,
  createPartialMerge,
  joinFacts,
  type LazyAuditReport,
  type NeighborCheckMode,
} from '../../audit/index.js';
import { sampleFile } from '../../node/sample-files.js';
import type { Context } from '../shared/command.js';
import { checkStdin, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { type OutputFile, prepareOutput } from '../shared/output-file.js';
import { parseRoleOption } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  type PayloadOptions,
  payloadSources,
} from '../shared/payload-files.js';
import { inputFacts, ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { createStyle } from '../shared/style.js';
import { addReportOptions, prepareReport, type ReportOptions } from './report-output.js';
import { readRoles } from './roles-file.js';
import { formatFindings } from './sample.js';

interface CommandOptions extends PayloadOptions, ReportOptions {
  readonly neighborRole?: NeighborRole;
  readonly roles?: string;
  readonly neighborCheck: NeighborCheckMode;
  readonly partial?: string;
  readonly sample?: boolean;
}

/** `pathsec audit`: routes and payloads in, a report out. */
export function define(command: Command, { io, exit }: Context): void {
  addReportOptions(
    addPayloadOptions(command)
      .argument('[file...]', ROUTES_HELP)
      .option('--neighbor-role <role>', 'role of all peers that --roles does not name', parseRoleOption)
      .option('--roles <file>', 'roles of peers, JSON: {"64496": "provider"}')
      .addOption(
        new Option(
          '--neighbor-check <mode>',
          'step 2; auto leaves it out for peers that never show their own AS',
        )
          .choices(['on', 'off', 'auto'])
          .default('auto'),
      ),
  )
    .option(
      '--partial <file>',
      'write what "audit merge" makes reports of, too; gzipped where it ends in .gz',
    )
    .option('--sample', 'audit the embedded sample and say which injected incidents were found')
    .action(async (files: string[], options: CommandOptions) => {
      const output = await prepareReport(options, io);
      const partial = options.partial === undefined ? undefined : await prepareOutput(options.partial);
      const { inputs, auditOptions } = await prepareAudit(files, options, io);
      const report = await (partial
        ? reportWithPartial(inputs, auditOptions, partial, options.partial ?? '', io)
        : reportOf(inputs, auditOptions, io));
      exit(await reportUnreadable(report, options.strict ?? false, io));
      const findings = async (): Promise<string> =>
        formatFindings(report, await readText(sampleFile('truth.json'), io), createStyle(io));
      await output.write(report, inputs.toSorted(), options.sample ? findings : undefined);
    });
}

async function prepareAudit(
  files: readonly string[],
  options: CommandOptions,
  io: Io,
): Promise<{ inputs: readonly string[]; auditOptions: AuditOptions }> {
  const { sample = false, neighborRole, neighborCheck } = options;
  const rpki = sample ? [sampleFile('rpki.json')] : payloadSources(options);
  const rolesFile = sample ? sampleFile('roles.json') : options.roles;
  const inputs = sample ? [sampleFile('rib.mrt.gz')] : files;
  if (sample && (files.length > 0 || payloadSources(options).length > 0)) {
    throw new CliError('--sample brings its own files');
  }
  if (inputs.length === 0) throw new CliError('which routes? name a file, or - for stdin');
  checkStdin(...inputs, ...rpki, ...(options.slurm ?? []), rolesFile);
  const roles = rolesFile === undefined ? undefined : readRoles(await readText(rolesFile, io), rolesFile);
  const payloads = await loadPayloads({ ...options, rpki, aspa: [] }, io);
  const auditOptions = {
    seed: io.seed,
    aspa: createAspaTable(payloads.aspas, { seed: io.seed }),
    rov: payloads.vrps,
    neighborCheck,
    ...(roles ? { roles } : {}),
    ...(neighborRole ? { defaultRole: neighborRole } : {}),
  };
  return { inputs, auditOptions };
}

/** The report of all inputs by one audit. */
async function reportOf(inputs: readonly string[], options: AuditOptions, io: Io): Promise<LazyAuditReport> {
  const audit = createAudit(options);
  const read = await readRouteFiles(inputs, io, audit.add);
  return audit.lazyReport(joinFacts(read.map((input) => ({ name: input.path, facts: inputFacts([input]) }))));
}

/** The report of a partial one, which is written as its inputs are judged. */
async function reportWithPartial(
  inputs: readonly string[],
  options: AuditOptions,
  output: OutputFile,
  file: string,
  io: Io,
): Promise<LazyAuditReport> {
  const { judgeFiles } = await import('./judge-files.js');
  const { writePartial } = await import('./partial-file.js');
  const { auditConditions } = await import('../../node/audit-conditions.js');
  const merge = createPartialMerge({ seed: io.seed });
  const judged = judgeFiles(inputs, options, true, io);
  await writePartial(output, file, auditConditions(options), options, judged, merge, io);
  await io.stderr.write(`pathsec: wrote ${nameOf(file)}\n`);
  return merge.report();
}
