import { availableParallelism, hostname } from 'node:os';
import type { Command } from 'commander';
import type { Context } from '../shared/command.js';
import { watchEarlyStop } from '../shared/until.js';
import type { Worker } from './events.js';
import { eventText, type WorkEvent } from './events.js';
import { MAX_FETCH_OPTION, octetsOf } from './max-fetch.js';
import {
  addServerOption,
  openJob,
  parseJob,
  parseWhole,
  type ServerCliOptions,
  withServer,
} from './server-option.js';
import { work } from './work-loop.js';

interface WorkOptions extends ServerCliOptions {
  readonly job?: string;
  readonly jobs?: number;
  readonly name?: string;
  readonly untilDone?: boolean;
  readonly maxFetch: number;
  readonly json?: boolean;
}

/** `pathsec archive work`: judges the files of jobs. */
export function define(command: Command, { io }: Context): void {
  addServerOption(command)
    .option('--job <name>', 'only the files of this job; default: of all', parseJob)
    .option(
      '--jobs <number>',
      'threads, each of which judges a file; default: all cores',
      parseWhole({ least: 1, most: 256 }),
    )
    .option('--name <text>', 'what the worker is called; default: the name of the machine and the process')
    .option('--until-done', 'end when no file waits or is held')
    .option(...MAX_FETCH_OPTION)
    .option('-j, --json', 'what it does as JSON objects, one a line, on stdout')
    .action(async (options: WorkOptions) => {
      const { job, jobs = availableParallelism(), name = `${hostname()}-${process.pid}` } = options;
      const stop = new AbortController();
      const early = watchEarlyStop();
      void early.came.then(() => stop.abort());
      const begun = performance.now();
      let files = 0;
      const tell = (event: WorkEvent): Promise<void> =>
        options.json
          ? io.stdout.write(`${JSON.stringify({ worker: name, ...event })}\n`)
          : io.stderr.write(`pathsec: ${eventText(event)}\n`);
      const patience = Number.POSITIVE_INFINITY;
      try {
        await withServer(options.server, { patience, stopped: stop.signal }, async (server) => {
          if (job !== undefined) await openJob(server, job); // there has to be one
          const worker: Worker = {
            worker: name.slice(0, 256),
            threads: jobs,
            limit: octetsOf(options.maxFetch),
            server,
            io,
            stopped: stop.signal,
            counted: () => ({ files: ++files, rate: files / ((performance.now() - begun) / 1000) }),
            tell,
          };
          await work(worker, { job, untilDone: options.untilDone ?? false });
        });
      } finally {
        early.end();
      }
    });
}
