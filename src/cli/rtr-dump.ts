import type { Command } from 'commander';
import { writeRpkiClientJson } from '../rpki/payloads.js';
import type { Context } from './command.js';
import { payloadLines, sortedPayloads } from './rtr-lines.js';
import { addTargetOptions, endpointOf, payloadsOfTarget, type RtrTargetOptions } from './rtr-target.js';

interface DumpOptions extends RtrTargetOptions {
  readonly json?: boolean;
}

/** `pathsec rtr dump`: everything a cache has, once. */
export function define(command: Command, { io }: Context): void {
  addTargetOptions(command)
    .argument('<cache>', 'HOST:PORT of an RTR cache')
    .option('-j, --json', 'JSON as rpki-client writes it')
    .action(async (cache: string, options: DumpOptions) => {
      endpointOf(cache, options);
      const payloads = await payloadsOfTarget(cache, options, io);
      if (options.json) {
        await io.stdout.write(writeRpkiClientJson(payloads));
        return;
      }
      for (const { text } of payloadLines(sortedPayloads(payloads))) await io.stdout.write(`${text}\n`);
    });
}
