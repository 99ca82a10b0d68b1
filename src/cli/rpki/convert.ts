import { type Command, Option } from 'commander';
import { dropOverLimit, type PayloadSet } from '../../payload/index.js';
import {
  birdPieces,
  openBgpdPieces,
  routinatorJsonPieces,
  rpkiClientJsonPieces,
  slurmPieces,
} from '../../rpki/payloads.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { loadPayloads, SOURCE_HELP } from '../shared/payload-files.js';
import { addSlurmOption } from '../shared/slurm-files.js';
import { writePieces } from '../shared/write-pieces.js';

const WRITERS: Readonly<Record<string, (payloads: PayloadSet) => Iterable<string>>> = {
  'rpki-client': rpkiClientJsonPieces,
  routinator: routinatorJsonPieces,
  openbgpd: openBgpdPieces,
  bird: birdPieces,
  slurm: slurmPieces,
};

/** Configuration languages. */
const NO_JSON: ReadonlySet<string> = new Set(['openbgpd', 'bird']);

interface ConvertOptions {
  readonly to?: string;
  readonly json?: boolean;
  readonly now?: number;
  readonly strict?: boolean;
  readonly slurm?: readonly string[];
}

/** `pathsec rpki convert`: reads payload files of any dialect, unites them, applies SLURM, writes one dialect. */
export function define(command: Command, { io }: Context): void {
  addSlurmOption(command)
    .argument('<source...>', SOURCE_HELP)
    .addOption(
      new Option('--to <format>', 'format to write; rpki-client when absent').choices(Object.keys(WRITERS)),
    )
    .option('-j, --json', 'JSON: refuses the formats that are none')
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a faulty record is fatal')
    .action(async (sources: string[], { to = 'rpki-client', json, ...options }: ConvertOptions) => {
      if (json && NO_JSON.has(to)) throw new CliError(`--json: the format ${to} is no JSON`);
      const payloads = await loadPayloads({ ...options, rpki: sources }, io);
      dropOverLimit(payloads.aspas); // docs/decisions/payload.md D-aspa-provider-limit
      const pieces = WRITERS[to] ?? rpkiClientJsonPieces;
      await writePieces(io.stdout, pieces(payloads));
    });
}
