import { type Command, Option } from 'commander';
import { dropOverLimit, type PayloadSet } from '../payload/index.js';
import {
  slurmOfPayloads,
  writeBird,
  writeOpenBgpd,
  writeRoutinatorJson,
  writeRpkiClientJson,
  writeSlurm,
} from '../rpki/payloads.js';
import type { Context } from './command.js';
import { CliError } from './io.js';
import { parseSecondsOption } from './parse-options.js';
import { loadPayloads, SOURCE_HELP } from './payload-files.js';
import { addSlurmOption } from './slurm-files.js';

const WRITERS: Readonly<Record<string, (payloads: PayloadSet) => string>> = {
  'rpki-client': writeRpkiClientJson,
  routinator: writeRoutinatorJson,
  openbgpd: writeOpenBgpd,
  bird: writeBird,
  slurm: (payloads) => writeSlurm(slurmOfPayloads(payloads)),
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
      dropOverLimit(payloads.aspas); // docs/decisions.md D-aspa-provider-limit
      const write = WRITERS[to] ?? writeRpkiClientJson;
      await io.stdout.write(write(payloads));
    });
}
