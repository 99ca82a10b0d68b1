import type { Command } from 'commander';
import type { Context } from '../shared/command.js';
import { endpointOfSource } from '../shared/endpoint.js';
import { EXIT } from '../shared/io.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { differences } from '../shared/payload-differences.js';
import { type Line, lineTexts } from '../shared/payload-lines.js';
import { writePieces } from '../shared/write-pieces.js';
import { addTargetOptions, packedPayloadsOfTarget, type RtrTargetOptions } from './target.js';
import { refuseTls } from './tls-options.js';

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
    .option(
      '--now <seconds>',
      'payloads of files that have expired at this time do not count; the clock when absent',
      parseSecondsOption,
    )
    .action(async (first: string, second: string, given: DiffOptions) => {
      const options = { ...given, now: given.now ?? io.now() };
      if (!endpointOfSource(first) && !endpointOfSource(second)) refuseTls(options);
      const before = await packedPayloadsOfTarget(first, options, io);
      const after = await packedPayloadsOfTarget(second, options, io);
      let differing = false;
      const lines = function* (): Generator<Line> {
        for (const line of differences(before, after, io.seed)) {
          differing = true;
          yield line;
        }
      };
      await writePieces(io.stdout, lineTexts(lines(), options.json || options.jsonl));
      if (options.exitCode && differing) exit(EXIT.invalid);
    });
}
