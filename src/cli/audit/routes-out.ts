import { stat } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import {
  type AuditOptions,
  createRouteJudge,
  type PeerReport,
  type TimedAuditOptions,
} from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import { createContentHash } from '../../node/content-hash.js';
import type { OnElement } from '../../routes/index.js';
import { inputError, nameOf } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { createProgress } from '../shared/progress.js';
import { requireRereadable } from '../shared/rereadable.js';
import { readRouteFiles } from '../shared/route-files.js';
import { routeTableOf } from './route-table.js';

/** Inputs of a table of routes, and what judges them. */
export interface RoutesInput {
  readonly files: readonly string[];
  readonly options: AuditOptions | TimedAuditOptions;
  /** Of one file: how it is called, and the SHA-256 of what was judged, null where nothing could be read. */
  readonly judged?: { readonly name: string; readonly sha256: string | null };
}

/** A table of routes that is written after the audit. */
export interface RoutesOut {
  /**
   * Reads the inputs again, and writes a row for each route that was verified, in their order. Inputs are asked for one after the other; no
   * more is read of one when the next is asked for.
   *
   * @throws {CliError} for one that is not what was judged, so that table and report would be of other routes (`input-changed`).
   */
  write(
    inputs: Iterable<RoutesInput> | AsyncIterable<RoutesInput>,
    peers: readonly PeerReport[],
  ): Promise<void>;
}

/**
 * Looks at the file before the work begins (docs/decisions/audit.md D-audit-routes-out).
 *
 * @throws {CliError} for a name of no format, a file that cannot be written, inputs that cannot be read twice.
 */
export async function prepareRoutesOut(file: string, inputs: readonly string[], io: Io): Promise<RoutesOut> {
  const createTable = routeTableOf(file);
  await requireRereadable(inputs, '--routes-out');
  const output = await prepareOutput(file);
  const stamps = new Map<string, string | undefined>();
  for (const input of inputs) stamps.set(input, await stampOf(input));
  return {
    write: async (again, peers) => {
      const table = await createTable();
      const stream = new PassThrough();
      const written = output.write(stream).finally(() => stream.destroy());
      written.catch(() => {}); // waited for in the end
      const closed = finished(stream).catch(() => {});
      let full = false;
      const put = (octets: Uint8Array | undefined): void => {
        if (octets !== undefined && octets.length > 0 && !stream.destroyed) full = !stream.write(octets);
      };
      const drained = async (): Promise<void> => {
        if (!full || stream.destroyed) return;
        await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), closed]);
        full = false;
      };
      const progress = await createProgress(io);
      try {
        for await (const { files, options, judged } of again) {
          const judge = createRouteJudge(options, peers);
          const onElement: OnElement = (element) => {
            const route = element.kind === 'route' ? judge(element) : undefined;
            if (route !== undefined) put(table.add(route));
          };
          const hash = judged && createContentHash();
          await readRouteFiles(files, io, onElement, {
            between: drained,
            shown: progress,
            through: hash?.through,
          });
          if (judged && (await hash?.of(files[0] ?? '')) !== judged.sha256) throw changed(judged.name);
          for (const input of judged ? [] : files)
            if (stamps.has(input) && (await stampOf(input)) !== stamps.get(input)) throw changed(input);
        }
      } catch (error) {
        stream.destroy(error instanceof Error ? error : undefined);
        await written.catch(() => {});
        throw error;
      } finally {
        progress?.stop();
      }
      put(table.end());
      stream.end();
      await written;
      await io.stderr.write(`pathsec: wrote ${nameOf(file)}\n`);
    },
  };
}

/** What tells of a file that it was written to or replaced; undefined where there is none. */
async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}`;
}

function changed(name: string): unknown {
  const message = 'not the file that was judged any more, so there is no table of its routes';
  return inputError(name, new DecodeError('input-changed', message, { field: 'input' }));
}
