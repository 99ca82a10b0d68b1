import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { sortedPayloads } from '../../payload/index.js';
import { rpkiClientJsonPieces } from '../../rpki/payloads.js';
import type { Context } from '../shared/command.js';
import { lineTexts, payloadLines } from '../shared/payload-lines.js';
import { writePieces } from '../shared/write-pieces.js';
import { addTargetOptions, payloadsOfTarget, plainEndpointOf, type RtrTargetOptions } from './target.js';

interface DumpOptions extends RtrTargetOptions {
  readonly json?: boolean;
}

/** `pathsec rtr dump`: everything a cache has, or had in a capture, once. */
export function define(command: Command, { io }: Context): void {
  addTargetOptions(command)
    .argument('<cache>', 'HOST:PORT of an RTR cache, or a capture of its sessions (pcap, pcapng)')
    .option('-j, --json', 'JSON as rpki-client writes it')
    .action(async (cache: string, options: DumpOptions) => {
      if (!existsSync(cache)) plainEndpointOf(cache);
      const payloads = await payloadsOfTarget(cache, options, io);
      const pieces = options.json
        ? rpkiClientJsonPieces(payloads)
        : lineTexts(payloadLines(sortedPayloads(payloads)));
      await writePieces(io.stdout, pieces);
    });
}
