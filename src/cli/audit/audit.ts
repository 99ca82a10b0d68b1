import { type Command, Option } from 'commander';
import { createAspaTable, type NeighborRole } from '../../aspa/index.js';
import { createAudit, type LazyAuditReport, type NeighborCheckMode } from '../../audit/index.js';
import { sampleFile } from '../../node/sample-files.js';
import type { Context } from '../shared/command.js';
import { checkStdin, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { parseRoleOption } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  type PayloadOptions,
  payloadSources,
} from '../shared/payload-files.js';
import { inputFacts, ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { createStyle } from '../shared/style.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { roleWithoutPeer } from './notes.js';
import { readRoles } from './roles-file.js';
import { formatFindings } from './sample.js';
import { auditTextLines } from './text.js';

interface AuditOptions extends PayloadOptions {
  readonly neighborRole?: NeighborRole;
  readonly roles?: string;
  readonly neighborCheck: NeighborCheckMode;
  readonly json?: boolean;
  readonly html?: string;
  readonly rows: string;
  readonly sample?: boolean;
}

/** `pathsec audit`: routes and payloads in, a report out. */
export function define(command: Command, { io, exit }: Context): void {
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
    )
    .option('-j, --json', 'the whole report as one JSON object')
    .option('--html <file>', 'write the report as one self-contained HTML file too')
    .option('--rows <number>', 'rows of the longer tables of the text', '10')
    .option('--sample', 'audit the embedded sample and say which injected incidents were found')
    .action(async (files: string[], options: AuditOptions) => {
      if (!/^[0-9]{1,9}$/.test(options.rows)) throw new CliError('--rows takes a number');
      const html = options.html === undefined ? undefined : await prepareOutput(options.html);
      const { report, inputs } = await runAudit(files, options, io);
      exit(await reportUnreadable(report, options.strict ?? false, io));
      for (const asn of report.rolesWithoutPeer) await io.stderr.write(`pathsec: ${roleWithoutPeer(asn)}\n`);
      const style = createStyle(io);
      if (options.json) await writeJson(io.stdout, report);
      else await writePieces(io.stdout, ended(auditTextLines(report, style, Number(options.rows))));
      if (options.sample && !options.json) {
        await io.stdout.write(formatFindings(report, await readText(sampleFile('truth.json'), io), style));
      }
      if (html && options.html !== undefined) {
        const { renderHtml } = await import('./html-report.js'); // not loaded by an audit that only prints
        await html.write(renderHtml(report, inputs));
        await io.stderr.write(`pathsec: wrote ${nameOf(options.html)}\n`);
      }
    });
}

async function runAudit(
  files: readonly string[],
  options: AuditOptions,
  io: Io,
): Promise<{ report: LazyAuditReport; inputs: readonly string[] }> {
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
  const audit = createAudit({
    seed: io.seed,
    aspa: createAspaTable(payloads.aspas, { seed: io.seed }),
    rov: payloads.vrps,
    neighborCheck,
    ...(roles ? { roles } : {}),
    ...(neighborRole ? { defaultRole: neighborRole } : {}),
  });
  const summaries = await readRouteFiles(inputs, io, audit.add);
  return { report: audit.lazyReport(inputFacts(summaries)), inputs };
}
