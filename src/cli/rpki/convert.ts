import { type Command, Option } from 'commander';
import { dropOverLimit } from '../../payload/index.js';
import {
  type LeftOut,
  WRITTEN_FORMATS,
  WRITTEN_OCTETS,
  type WrittenFormatName,
  type WrittenOctetsName,
} from '../../rpki/ccr-files.js';
import type { PayloadFile } from '../../rpki/payloads.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { loadPayloads, SOURCE_HELP } from '../shared/payload-files.js';
import { addSlurmOption } from '../shared/slurm-files.js';
import { encodedPieces, writePieces } from '../shared/write-pieces.js';
import { PROVIDER_SIGNS, payloadsOfRelationships } from './relationships.js';

interface ConvertOptions {
  readonly to?: WrittenFormatName | WrittenOctetsName;
  readonly out?: string;
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
      new Option('--to <format>', 'format to write; rpki-client when absent').choices([
        ...Object.keys(WRITTEN_FORMATS),
        ...Object.keys(WRITTEN_OCTETS),
      ]),
    )
    .option('--out <file>', 'where to write, whole or not at all; - is standard output, which is for text')
    .option('-j, --json', 'JSON: refuses the formats that are none')
    .addOption(
      new Option(
        '--as-rel <sign>',
        'the sources are AS relationships; -1 as CAIDA has them, 1: the number that makes the first AS the provider',
      ).choices(PROVIDER_SIGNS),
    )
    .option(
      '--now <seconds>',
      'drop payloads that have expired at this time; the time of making that ccr states, which is else that of the clock',
      parseSecondsOption,
    )
    .option('--strict', 'a faulty record is fatal, and a payload that the format cannot say')
    .action(async (sources: string[], { to = 'rpki-client', out = '-', ...options }: ConvertOptions) => {
      const { json, asRel, now = io.now() } = options;
      const format = isOctets(to) ? WRITTEN_OCTETS[to] : WRITTEN_FORMATS[to];
      if (json && !('isJson' in format && format.isJson))
        throw new CliError(`--json: the format ${to} is no JSON`);
      // docs/decisions/rpki-files.md D-ccr-out
      if (isOctets(to) && out === '-') throw new CliError(`--to ${to} writes octets; give --out FILE`);
      const target = out === '-' ? undefined : await prepareOutput(out);
      const beside: LeftOut[] = [];
      const payloads =
        asRel === undefined
          ? await loadPayloads({ ...options, rpki: sources }, io, (file) => beside.push(...leftBeside(file)))
          : await payloadsOfRelationships(sources, { ...options, asRel }, io);
      dropOverLimit(payloads.aspas); // docs/decisions/payload.md D-aspa-provider-limit
      for (const left of format.leftOut(payloads)) {
        if (options.strict) throw new CliError(leftOutText(to, left));
        await io.stderr.write(`pathsec: ${leftOutText(to, left)}\n`);
      }
      if (isOctets(to))
        for (const left of beside) await io.stderr.write(`pathsec: ${leftOutText(to, left)}\n`);
      if ('octets' in format) await target?.write(format.octets(payloads, now));
      else if (target) await target.write(encodedPieces(format.pieces(payloads)));
      else await writePieces(io.stdout, format.pieces(payloads));
    });
}

function isOctets(name: WrittenFormatName | WrittenOctetsName): name is WrittenOctetsName {
  return name in WRITTEN_OCTETS;
}

/** What a file holds that is no payload, and no longer true of what is written (docs/decisions/rpki-files.md D-ccr-states). */
function leftBeside({ beside = [] }: PayloadFile): LeftOut[] {
  return beside.map(({ count, what }) => ({ count, what, why: 'payloads alone are converted' }));
}

/** What a conversion loses, in words (docs/decisions/rpki-files.md D-convert-left-out). */
function leftOutText(format: string, { count, what, why }: LeftOut): string {
  return `--to ${format}: ${count} ${what} left out: ${why}`;
}
