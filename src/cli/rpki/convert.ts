import { type Command, Option } from 'commander';
import { dropOverLimit } from '../../payload/index.js';
import { type LeftOut, WRITTEN_FORMATS, type WrittenFormatName } from '../../rpki/payloads.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { loadPayloads, SOURCE_HELP } from '../shared/payload-files.js';
import { addSlurmOption } from '../shared/slurm-files.js';
import { writePieces } from '../shared/write-pieces.js';
import { PROVIDER_SIGNS, payloadsOfRelationships } from './relationships.js';

interface ConvertOptions {
  readonly to?: WrittenFormatName;
  readonly json?: boolean;
  readonly asRel?: (typeof PROVIDER_SIGNS)[number];
  readonly now?: number;
  readonly strict?: boolean;
  readonly slurm?: readonly string[];
}

/** `pathsec rpki convert`: reads payload files of any dialect, unites them, applies SLURM, writes one dialect. */
export function define(command: Command, { io }: Context): void {
  addSlurmOption(command)
    .argument('<source...>', SOURCE_HELP)
    .addOption(
      new Option('--to <format>', 'format to write; rpki-client when absent').choices(
        Object.keys(WRITTEN_FORMATS),
      ),
    )
    .option('-j, --json', 'JSON: refuses the formats that are none')
    .addOption(
      new Option(
        '--as-rel <sign>',
        'the sources are AS relationships; -1 as CAIDA has them, 1: the number that makes the first AS the provider',
      ).choices(PROVIDER_SIGNS),
    )
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a faulty record is fatal, and a payload that the format cannot say')
    .action(async (sources: string[], { to = 'rpki-client', json, asRel, ...options }: ConvertOptions) => {
      const format = WRITTEN_FORMATS[to];
      if (json && !format.isJson) throw new CliError(`--json: the format ${to} is no JSON`);
      const payloads =
        asRel === undefined
          ? await loadPayloads({ ...options, rpki: sources }, io)
          : await payloadsOfRelationships(sources, { ...options, asRel }, io);
      dropOverLimit(payloads.aspas); // docs/decisions/payload.md D-aspa-provider-limit
      for (const left of format.leftOut(payloads)) {
        if (options.strict) throw new CliError(leftOutText(to, left));
        await io.stderr.write(`pathsec: ${leftOutText(to, left)}\n`);
      }
      await writePieces(io.stdout, format.pieces(payloads));
    });
}

/** What a conversion loses, in words (docs/decisions/rpki-files.md D-convert-left-out). */
function leftOutText(format: string, { count, what, why }: LeftOut): string {
  return `--to ${format}: ${count} ${what} left out: ${why}`;
}
