import type { Command } from 'commander';
import { diffPayloads } from '../payload/index.js';
import type { Context } from './command.js';
import { endpointOfSource } from './endpoint.js';
import { EXIT } from './io.js';
import { diffLines } from './rtr-lines.js';
import { addTargetOptions, payloadsOfTarget, type RtrTargetOptions } from './rtr-target.js';
import { refuseTls } from './rtr-tls-options.js';

interface DiffOptions extends RtrTargetOptions {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly exitCode?: boolean;
}

/** `pathsec rtr diff`: what two caches, or a cache and a file, do not share. */
export function define(command: Command, { io, exit }: Context): void {
  addTargetOptions(command)
    .argument('<first>', 'HOST:PORT of an RTR cache, or a payload file')
    .argument('<second>', 'the same')
    .option('-j, --json', 'JSON Lines: one object per difference')
    .option('--jsonl', 'the same as --json')
    .option('--exit-code', 'exit with 1 when there is a difference')
    .action(async (first: string, second: string, options: DiffOptions) => {
      if (!endpointOfSource(first) && !endpointOfSource(second)) refuseTls(options);
      const before = await payloadsOfTarget(first, options, io);
      const after = await payloadsOfTarget(second, options, io);
      const lines = [...diffLines(before, diffPayloads(before, after))];
      lines.sort((a, b) => (a.text < b.text ? -1 : 1));
      for (const { text, value } of lines) {
        await io.stdout.write(`${options.json || options.jsonl ? JSON.stringify(value) : text}\n`);
      }
      if (options.exitCode && lines.length > 0) exit(EXIT.invalid);
    });
}
