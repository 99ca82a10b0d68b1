import type { Command } from 'commander';
import { CURRENT_REVISION, formatExplanation, formatRepairs, repairs } from '../../aspa/index.js';
import type { Context } from '../shared/command.js';
import { addPayloadOptions } from '../shared/payload-files.js';
import { addSingleOptions, exitCodeOf, loadJudge, readSingle, type SingleOptions } from './single.js';

/** `pathsec aspa explain`: the evidence of one verdict, drawn as two ramps, with what would repair it, or as JSON. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(addSingleOptions(command))
    .argument('<path>', 'the AS_PATH in wire order, neighbour first: "64499 64498 64496"')
    .option('-j, --json', 'the evidence as one JSON object, with the repairs')
    .action(async (path: string, options: SingleOptions & { json?: boolean }) => {
      const { tables, read } = await loadJudge(options, CURRENT_REVISION, io);
      const asked = readSingle(path, options, read);
      const evidence = asked.evidence();
      const found = repairs(tables.aspas.union, asked.verified());
      await io.stdout.write(
        options.json
          ? `${JSON.stringify({ ...evidence, repairs: found }, null, 2)}\n`
          : `${formatExplanation(evidence)}${formatRepairs(found)}`,
      );
      exit(exitCodeOf(evidence.outcome));
    });
}
