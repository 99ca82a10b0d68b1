import type { Command } from 'commander';
import { formatExplanation } from '../../aspa/index.js';
import type { Context } from '../shared/command.js';
import { addPayloadOptions } from '../shared/payload-files.js';
import { addSingleOptions, exitCodeOf, type SingleOptions, verifySingle } from './single.js';

/** `pathsec aspa explain`: the evidence of one verdict, drawn as two ramps, or as JSON. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(addSingleOptions(command))
    .argument('<path>', 'the AS_PATH in wire order, neighbour first: "64499 64498 64496"')
    .option('-j, --json', 'the evidence as one JSON object')
    .action(async (path: string, options: SingleOptions & { json?: boolean }) => {
      const evidence = await verifySingle(path, options, io);
      await io.stdout.write(
        options.json ? `${JSON.stringify(evidence, null, 2)}\n` : formatExplanation(evidence),
      );
      exit(exitCodeOf(evidence.outcome));
    });
}
