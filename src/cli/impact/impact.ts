import type { Command } from 'commander';
import { createImpact } from '../../audit/index.js';
import { inputFacts } from '../../node/input-facts.js';
import type { PayloadSet } from '../../payload/index.js';
import { addPeerOptions, type PeerCliOptions, readPeerOptions } from '../audit/peer-options.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { collect } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  type PayloadOptions,
  payloadInputs,
  payloadSources,
} from '../shared/payload-files.js';
import { ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { ROWS_OPTION } from '../shared/rows-option.js';
import { createStyle } from '../shared/style.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { changedPayloads, isChangeFile } from './change.js';
import { impactTextLines } from './text.js';

interface ImpactOptions extends PayloadOptions, PeerCliOptions {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly change?: readonly string[];
  readonly json?: boolean;
  readonly rows: number;
}

/** `pathsec impact`: what a change of payloads does to routes. */
export function define(command: Command, { io, exit }: Context): void {
  addPeerOptions(addPayloadOptions(command).argument('<file...>', ROUTES_HELP))
    .option('--before <source>', 'payloads before the change, as --rpki takes them; with --after', collect)
    .option('--after <source>', 'payloads after it; repeat either for the union', collect)
    .option(
      '--change <change>',
      'what changes of --rpki: "AS64496 => AS64498, AS64499" (all its providers), "192.0.2.0/24-25 => AS64496", ' +
        '- in front removes, or a SLURM file; repeat for more',
      collect,
    )
    .option('-j, --json', 'the whole report as one JSON object, with the evidence of each route')
    .option(...ROWS_OPTION)
    .action(async (files: string[], options: ImpactOptions) => {
      checkOptions(files, options);
      const peers = await readPeerOptions(options, io);
      const { before, after } = await bothSides(options, io);
      const impact = createImpact({ seed: io.seed, before, after, ...peers });
      const summaries = await readRouteFiles(files, io, impact.add);
      const report = impact.report(inputFacts(summaries));
      const unreadable = await reportUnreadable(report, options.strict ?? false, io);
      // docs/decisions/cli.md D-cli-impact-exit
      exit(unreadable || (report.becomeInvalid > 0 ? EXIT.invalid : EXIT.done));
      if (options.json) await writeJson(io.stdout, report);
      else await writePieces(io.stdout, ended(impactTextLines(report, createStyle(io), options.rows)));
    });
}

function checkOptions(files: readonly string[], options: ImpactOptions): void {
  const { before = [], after = [], change = [], roles } = options;
  const twoSets = before.length + after.length > 0;
  if (twoSets === change.length > 0) throw new CliError('give either --before and --after, or --change');
  if (twoSets && (before.length === 0 || after.length === 0)) {
    throw new CliError('--before and --after belong together');
  }
  if (twoSets && payloadSources(options).length > 0) {
    throw new CliError('--rpki goes with --change; the payloads of --before and --after are theirs');
  }
  checkStdin(...files, ...payloadInputs(options), ...before, ...after, ...change.filter(isChangeFile), roles);
}

/** `--slurm`, `--now` and `--strict` hold for both sides. */
async function bothSides(
  options: ImpactOptions,
  io: Io,
): Promise<{ readonly before: PayloadSet; readonly after: PayloadSet }> {
  const { before, after, change } = options;
  if (change) {
    const held = await loadPayloads(options, io);
    return { before: held, after: await changedPayloads(held, change, io) };
  }
  const load = (rpki: readonly string[] = []): Promise<PayloadSet> =>
    loadPayloads({ ...options, rpki, aspa: [] }, io);
  return { before: await load(before), after: await load(after) };
}
