import type { Command } from 'commander';
import { connectRtr, type RtrEndpoint } from '../../node/rtr-connect.js';
import { type ClientEvent, createCacheUnion, createRtrClient } from '../../rtr/index.js';
import { describeEvent } from '../shared/client-event.js';
import type { Context } from '../shared/command.js';
import { parseNumberOption } from '../shared/parse-options.js';
import { changeLines, lineTexts } from '../shared/payload-lines.js';
import { limitChanges, overLimitText } from '../shared/provider-limit.js';
import { untilStopped } from '../shared/until.js';
import { writePieces } from '../shared/write-pieces.js';
import { addTargetOptions, clientOptionsOf, endpointOf, type RtrTargetOptions } from './target.js';

interface WatchOptions extends RtrTargetOptions {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly initial?: boolean;
  readonly for?: number;
  readonly updates?: number;
  readonly refresh?: number;
  readonly retry?: number;
  readonly quiet?: boolean;
}

/** `pathsec rtr watch`: live changes of one cache, or the net changes of several caches together. */
export function define(command: Command, { io }: Context): void {
  addTargetOptions(command)
    .argument('<cache...>', 'HOST:PORT of RTR caches; several make a union')
    .option('-j, --json', 'JSON Lines: one object per change')
    .option('--jsonl', 'the same as --json')
    .option('--initial', 'show the first complete data too')
    .option('--for <seconds>', 'end after so many seconds', parseNumberOption)
    .option('--updates <number>', 'end after so many updates', parseNumberOption)
    .option('--refresh <seconds>', 'poll so often, whatever the cache says', parseNumberOption)
    .option('--retry <seconds>', 'reconnect after so long, whatever the cache says', parseNumberOption)
    .option('-q, --quiet', 'no notes on stderr')
    .action(async (caches: string[], options: WatchOptions) => {
      const union = createCacheUnion(Number.POSITIVE_INFINITY);
      let updates = 0;
      const { refresh, retry } = options;
      const timing = {
        ...(refresh === undefined ? {} : { refresh }),
        ...(retry === undefined ? {} : { retry }),
      };
      const failures: unknown[] = [];
      /** Output in order, one after the other; a closed pipe ends the watch. */
      let writing = Promise.resolve();
      const write = (output: typeof io.stdout, pieces: Iterable<string>): void => {
        writing = writing
          .then(() => (failures.length > 0 ? undefined : writePieces(output, pieces)))
          .catch((error: unknown) => {
            failures.push(error);
            until.stop();
          });
      };
      const endpoints: { readonly cache: string; readonly endpoint: RtrEndpoint }[] = [];
      for (const cache of caches) endpoints.push({ cache, endpoint: await endpointOf(cache, options, io) });
      const until = untilStopped(options.for); // keeps the process up, so not before all that can be refused
      const connections = endpoints.map(({ cache, endpoint }) => {
        const client = createRtrClient({ ...clientOptionsOf(options), timing, seed: io.seed });
        union.add(client);
        let first = true;
        const show = (event: ClientEvent): void => {
          if (!options.quiet) write(io.stderr, [`${cache}: ${describeEvent(event)}\n`]);
          if (event.kind !== 'update' && event.kind !== 'flush') return;
          const { changes, overLimit } = limitChanges(union.merge(client, event.changes));
          write(
            io.stderr,
            overLimit.map((one) => `${cache}: ${overLimitText(one)}\n`),
          );
          if (!first || options.initial) {
            write(io.stdout, lineTexts(changeLines(changes), options.json || options.jsonl));
          }
          first = false;
          updates++;
          if (updates === options.updates) until.stop();
        };
        return connectRtr(client, endpoint, (event) => {
          show(event);
          return writing; // a cache is read no further than what was read of it is written
        });
      });
      await until.done;
      for (const connection of connections) connection.close();
      await writing;
      if (failures.length > 0) throw failures[0];
    });
}
