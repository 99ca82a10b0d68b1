import { type Command, InvalidArgumentError } from 'commander';
import type { AspaTable } from '../../aspa/index.js';
import type { LazyAuditReport } from '../../audit/index.js';
import { nameOf } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { ROWS_OPTION } from '../shared/rows-option.js';
import { createStyle } from '../shared/style.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { roleWithoutPeer } from './notes.js';
import { auditTextLines } from './text.js';

/** The options by which a report is printed. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly rows: number;
  /** The address of a playground, to which the page links. */
  readonly playground?: string;
}

/** Declares `--json`, `--html` and `--rows`. */
export function addReportOptions(command: Command): Command {
  return command
    .option('-j, --json', 'the whole report as one JSON object')
    .option('--html <file>', 'write the report as one self-contained HTML file too')
    .option(...ROWS_OPTION);
}

/** Where a report goes. */
export interface ReportOutput {
  /**
   * Prints the report, and writes the page where one was asked for.
   *
   * @param inputs the files that it is about.
   * @param more what stands behind the text for people, and what the paths were judged by, where that is known.
   */
  write(
    report: LazyAuditReport,
    inputs: readonly string[],
    more?: { readonly behind?: (() => Promise<string>) | undefined; readonly aspa?: AspaTable },
  ): Promise<void>;
}

/**
 * Looks at the options before the work begins.
 *
 * @throws {CliError} for what cannot be done.
 */
export async function prepareReport(
  { json, html, playground, rows }: ReportOptions,
  io: Io,
): Promise<ReportOutput> {
  if (playground !== undefined && html === undefined) throw new CliError('--playground needs --html');
  const page = html === undefined ? undefined : await prepareOutput(html);
  return {
    write: async (report, inputs, { behind, aspa } = {}) => {
      for (const asn of report.rolesWithoutPeer) await io.stderr.write(`pathsec: ${roleWithoutPeer(asn)}\n`);
      if (json) await writeJson(io.stdout, report);
      else {
        await writePieces(io.stdout, ended(auditTextLines(report, createStyle(io), rows)));
        if (behind) await io.stdout.write(await behind());
      }
      if (page === undefined || html === undefined) return;
      const { renderHtml } = await import('./html-report.js'); // not loaded by an audit that only prints
      await page.write(renderHtml(report, inputs, aspa && { aspa, playground }));
      await io.stderr.write(`pathsec: wrote ${nameOf(html)}\n`);
    },
  };
}

const SCHEMES: readonly string[] = ['http:', 'https:', 'file:'];

/**
 * The address of a page as an option, whole or relative to the report.
 *
 * @throws {InvalidArgumentError} for what leads to no page, and for one that has a part behind `#` already.
 */
export function parsePageAddress(text: string): string {
  const base = 'file:///report/';
  const isPage = URL.canParse(text, base) && SCHEMES.includes(new URL(text, base).protocol);
  if (isPage && text !== '' && !text.includes('#')) return text;
  throw new InvalidArgumentError('The address of a page, without #: http://, https://, file:// or a path.');
}
