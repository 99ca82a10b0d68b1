import type { Command } from 'commander';
import { createOriginSurvey } from '../../audit/index.js';
import { inputFacts } from '../../node/input-facts.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import {
  addPayloadOptions,
  loadPayloads,
  noteEmpty,
  type PayloadOptions,
  payloadInputs,
} from '../shared/payload-files.js';
import { ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { ROWS_OPTION } from '../shared/rows-option.js';
import { createStyle } from '../shared/style.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { suggestTextLines } from './suggest-text.js';

interface SuggestOptions extends PayloadOptions {
  readonly json?: boolean;
  readonly rows: number;
}

/** `pathsec rov suggest`: VRPs held against what is announced. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(command)
    .argument('<file...>', ROUTES_HELP)
    .option('-j, --json', 'the report as one JSON object')
    .option(...ROWS_OPTION)
    .action(async (files: string[], options: SuggestOptions) => {
      checkStdin(...files, ...payloadInputs(options));
      const payloads = await loadPayloads(options, io);
      await noteEmpty(payloads, 'vrps', io);
      const survey = createOriginSurvey({ seed: io.seed, rov: payloads.vrps });
      const report = survey.report(inputFacts(await readRouteFiles(files, io, survey.add)));
      exit(await reportUnreadable(report, options.strict ?? false, io));
      if (options.json) await writeJson(io.stdout, report);
      else await writePieces(io.stdout, ended(suggestTextLines(report, createStyle(io), options.rows)));
    });
}
