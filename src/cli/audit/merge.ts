import type { Command } from 'commander';
import { type AuditProblem, createPartialMerge } from '../../audit/index.js';
import { requireApart } from '../shared/apart.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { reportUnreadable } from '../shared/route-files.js';
import { mergePartialFile } from './partial-file.js';
import { addReportOptions, prepareReport, type ReportOptions } from './report-output.js';

interface MergeOptions extends ReportOptions {
  readonly strict?: boolean;
}

/** `pathsec audit merge`: partial reports in, the report of all their files out. */
export function define(command: Command, { io, exit }: Context): void {
  addReportOptions(
    command
      .argument('[part...]', 'partial reports that "audit --partial" wrote; - is stdin')
      .option('--strict', 'a fault in the routes is fatal: exit code 2'),
  ).action(async (parts: string[], options: MergeOptions) => {
    if (parts.length === 0) throw new CliError('which partial reports? name a file, or - for stdin');
    checkStdin(...parts);
    await requireApart({ '--html': options.html }, parts);
    const output = await prepareReport(options, io);
    const merge = createPartialMerge({ seed: io.seed });
    const unreadable: AuditProblem[] = [];
    for (const part of parts) {
      const fault = await mergePartialFile(part, merge, io);
      if (fault) unreadable.push({ code: fault.code, message: fault.message, file: part });
    }
    if (merge.conditions === undefined) {
      const [first] = unreadable;
      throw new CliError(
        `${first?.file ?? '-'}: ${first?.message ?? 'nothing'} (${first?.code ?? 'no-record'})`,
      );
    }
    const report = merge.report(unreadable);
    exit(await reportUnreadable(report, options.strict ?? false, io));
    await output.write(report, merge.names());
  });
}
