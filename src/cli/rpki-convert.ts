import { type Command, Option } from 'commander';
import { customersOverLimit, dropOverLimit, type PayloadSet } from '../payload/index.js';
import {
  applySlurm,
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
import { loadPayloads } from './payload-files.js';
import { noteOverLimit } from './provider-limit.js';
import { addSlurmOption, loadSlurm } from './slurm-files.js';

const WRITERS: Readonly<Record<string, (payloads: PayloadSet) => string>> = {
  'rpki-client': writeRpkiClientJson,
  routinator: writeRoutinatorJson,
  openbgpd: writeOpenBgpd,
  bird: writeBird,
  slurm: (payloads) => writeSlurm(slurmOfPayloads(payloads)),
};

interface ConvertOptions {
  readonly to: string;
  readonly now?: number;
  readonly strict?: boolean;
  readonly slurm?: readonly string[];
}

/** `pathsec rpki convert`: reads payload files of any dialect, unites them, applies SLURM, writes one dialect. */
export function define(command: Command, { io }: Context): void {
  addSlurmOption(command)
    .argument('<file...>', 'files of validated payloads; - is stdin')
    .addOption(
      new Option('--to <format>', 'format to write').choices(Object.keys(WRITERS)).default('rpki-client'),
    )
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a faulty record is fatal')
    .action(async (files: string[], { to, slurm = [], ...options }: ConvertOptions) => {
      if ([...files, ...slurm].filter((file) => file === '-').length > 1) {
        throw new CliError('stdin can be read only once');
      }
      const read = await loadPayloads({ ...options, rpki: files }, io);
      const payloads = slurm.length > 0 ? applySlurm(read, await loadSlurm(slurm, io)) : read;
      const noted = new Set(customersOverLimit(read.aspas).map(({ customer }) => customer));
      const dropped = dropOverLimit(payloads.aspas); // docs/decisions.md D-aspa-provider-limit
      await noteOverLimit(
        dropped.filter(({ customer }) => !noted.has(customer)),
        io,
      );
      const write = WRITERS[to] ?? writeRpkiClientJson;
      await io.stdout.write(write(payloads));
    });
}
