import { access, constants } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DecodeError, printable } from '../../bytes/index.js';
import { readElements } from '../../routes/index.js';
import type { EventRun, EventSource } from '../bgp/event-run.js';
import { nameOf, naming, openChunks, systemErrorText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { openRoutes } from '../shared/route-files.js';
import { formatCount } from '../shared/text-table.js';
import { createElementPeers } from './element-peers.js';

/**
 * Reads files of routes one after the other, and keeps their routes: `refused` hears of one that is no whole file of routes.
 *
 * @throws {CliError} for a file that cannot be opened.
 */
export async function beginFiles(
  files: readonly string[],
  run: EventRun,
  io: Io,
  refused: () => void,
): Promise<Pick<EventSource, 'stop'>> {
  for (const file of files) if (file !== '-') await naming(file, () => access(file, constants.R_OK));
  // As it comes: standard input may be a stream without end, of which nothing is looked at beforehand.
  const stdin = files.includes('-') ? openChunks('-', io) : undefined;
  const peers = createElementPeers(run);
  let stopped = false;
  const fault = (file: string, code: string, treatment: string, message: string, offset?: number): void =>
    run.tell({
      ...{ type: 'fault', peer: null, code, treatment, message: `${nameOf(file)}: ${printable(message)}` },
      ...(offset !== undefined && { offset }),
    });
  const read = async (file: string): Promise<void> => {
    let routes = 0;
    let paths = 0;
    /** Told with the next element: one that ends the reading is thrown too, and told as what refuses the file. */
    let problem: (() => void) | undefined;
    let told = '';
    const tellProblem = (): void => {
      problem?.();
      problem = undefined;
    };
    try {
      const elements = readElements((file === '-' && stdin) || openRoutes(file, io), {
        seed: io.seed,
        onProblem({ code, treatment = 'skipped', message, offset }) {
          tellProblem();
          problem = () => fault(file, code, treatment, message, offset);
          told = `${code} ${offset} ${message}`;
        },
      });
      for await (const element of elements) {
        tellProblem();
        if (stopped) return;
        if (element.kind === 'path') paths++;
        else peers.take(file, element);
        if (element.kind === 'route') routes++;
        const full = run.full();
        if (full) await full;
      }
    } catch (error) {
      if (stopped) return;
      if (error instanceof DecodeError && `${error.code} ${error.offset} ${error.message}` === told)
        problem = undefined;
      tellProblem();
      const text = systemErrorText(error);
      if (text === undefined && !(error instanceof DecodeError)) throw error;
      refused();
      if (error instanceof DecodeError) fault(file, error.code, 'refused', error.message, error.offset);
      else fault(file, 'input-unreadable', 'refused', text ?? '');
    }
    tellProblem();
    if (paths > 0) fault(file, 'no-prefix', 'skipped', `paths without a prefix: ${formatCount(paths)}`);
    io.stderr.write(`pathsec: ${nameOf(file)}: routes read: ${formatCount(routes)}\n`).catch(() => {});
  };
  const reading = (async () => {
    for (const file of files) if (!stopped) await read(file);
  })();
  reading.catch(() => {}); // told by stop
  return {
    async stop() {
      stopped = true;
      // A read of standard input that waits would keep everything waiting.
      if (stdin && io.stdin instanceof Readable) io.stdin.destroy();
      await reading;
    },
  };
}
