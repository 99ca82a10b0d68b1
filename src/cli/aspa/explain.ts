import type { Command } from 'commander';
import {
  CURRENT_REVISION,
  createRevisionTables,
  formatExplanation,
  formatRepairs,
  repairs,
} from '../../aspa/index.js';
import type { Context } from '../shared/command.js';
import { addPayloadOptions, loadPayloads, noteEmpty } from '../shared/payload-files.js';
import { pathJudge } from './path-judge.js';
import { addSingleOptions, exitCodeOf, readSingle, type SingleOptions } from './single.js';

/** `pathsec aspa explain`: the evidence of one verdict, drawn as two ramps, with what would repair it, or as JSON. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(addSingleOptions(command))
    .argument('<path>', 'the AS_PATH in wire order, neighbour first: "64499 64498 64496"')
    .option('-j, --json', 'the evidence as one JSON object, with the repairs')
    .action(async (path: string, options: SingleOptions & { json?: boolean }) => {
      const payloads = await loadPayloads(options, io);
      const tables = createRevisionTables(payloads.aspas, { seed: io.seed });
      const judging = { revision: CURRENT_REVISION, egress: options.egress } as const;
      const asked = readSingle(path, options, pathJudge(tables, judging));
      await noteEmpty(payloads, 'aspas', io);
      const evidence = asked.evidence();
      const found = repairs(tables.union, asked.verified());
      await io.stdout.write(
        options.json
          ? `${JSON.stringify({ ...evidence, repairs: found }, null, 2)}\n`
          : `${formatExplanation(evidence)}${formatRepairs(found)}`,
      );
      exit(exitCodeOf(evidence.outcome));
    });
}
