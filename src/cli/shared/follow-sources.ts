import { connectRtr, type RtrConnection } from '../../node/rtr-connect.js';
import { PAYLOAD_KINDS, type Payloads } from '../../payload/index.js';
import { mergeSlurm, type Slurm } from '../../rpki/payloads.js';
import { countChanges, createRtrClient, type RtrClient, UNSPOKEN_KINDS } from '../../rtr/index.js';
import { describeEvent } from './client-event.js';
import { endpointOfSource } from './endpoint.js';
import type { Io } from './io.js';
import { createPayloadSource, type SourceOptions } from './payload-source.js';
import { overLimitText } from './provider-limit.js';
import { type FileWatch, followFiles, type WatchedFile } from './rested-files.js';
import { createServedUnion, type ServedCache } from './served-union.js';
import { loadSlurm } from './slurm-files.js';
import { plural } from './text-table.js';

/** Sources of a cache, followed until closed. */
export interface SourceFollower {
  /** Sets what happens after every change of the cache's data. */
  onChange(callback: () => void): void;
  close(): void;
}

/** Milliseconds between looks at a file. */
const LOOK = 500;

/**
 * Fills `cache` with the union of payload files and other caches, SLURM files applied, and keeps it up to date: a file
 * that changes is read again once it has rested (on SIGHUP at once), other caches are followed. A file that turns bad
 * leaves the data as it is. When no source has data any more, `cache` has none (8210bis §8.4; docs/decisions/rtr.md
 * D-rtr-serve-no-data).
 *
 * @throws what reading the files for the first time throws.
 */
export async function followSources(
  sources: readonly string[],
  slurmFiles: readonly string[],
  cache: ServedCache,
  io: Io,
  note: (text: string) => void,
  options: SourceOptions,
): Promise<SourceFollower> {
  const isCache = (source: string): boolean => endpointOfSource(source) !== undefined;
  const files = sources
    .filter((source) => !isCache(source))
    .map((file) => createPayloadSource(file, options, io, note));
  /** The other caches that have complete data, be they empty. */
  const filled = new Set<RtrClient>();
  let slurm: Slurm | undefined;
  const served = createServedUnion(cache, io.seed, (one) => note(overLimitText(one)));
  for (const file of files) served.addFile(file);
  let changed = (): void => {};
  let started = false;
  const held = (): Payloads[] => [
    ...files.map(({ payloads }) => payloads),
    ...[...filled].map((client) => client.payloads()),
  ];
  /** Carries a change of the data out, and tells of it. */
  const change = (carryOut: () => number): void => {
    try {
      const count = carryOut();
      note(`serial ${cache.serial}: ${plural(count, 'change')}`);
      changed();
    } catch (error) {
      if (!started || !(error instanceof RangeError)) throw error;
      note(`warning: kept the old data: ${error.message}`); // D-rtr-cache-refuses
    }
  };
  const fill = (): void => {
    if (sources.length === 0) return; // a script fills the cache
    if (files.length === 0 && filled.size === 0) {
      if (cache.hasData) note('no source has data any more: routers are told so (error 2)');
      cache.loseData();
      return;
    }
    change(() => served.fill(held(), slurm));
    for (const kind of UNSPOKEN_KINDS) {
      const count = files.reduce((sum, { payloads }) => sum + payloads[kind].size, 0);
      const { one, many } = PAYLOAD_KINDS[kind];
      if (count > 0) note(`${count} ${count === 1 ? one : many} left out: RTR has no PDU for them`);
    }
  };
  const watched = [...files, ...slurmSources(slurmFiles, io, note, (merged) => (slurm = merged))];
  let watch: FileWatch | undefined;
  let told = false;
  const readAll = (): void => {
    told = true;
    watch?.readAll();
  };
  process.on('SIGHUP', readAll);
  try {
    watch = await followFiles(watched, LOOK, fill);
  } catch (error) {
    process.off('SIGHUP', readAll);
    throw error;
  }
  started = true;
  if (told) watch.readAll();
  const connections: RtrConnection[] = sources.filter(isCache).map((source) => {
    const endpoint = endpointOfSource(source);
    if (!endpoint) throw new TypeError(source);
    // The limit is applied to the union of all sources, in `fill`.
    const client = createRtrClient({ seed: io.seed, limits: { maxProviders: Number.POSITIVE_INFINITY } });
    served.add(client);
    return connectRtr(client, endpoint, (event) => {
      note(`${source}: ${describeEvent(event)}`);
      const had = filled.has(client);
      if (event.kind === 'flush') filled.delete(client);
      else if (event.kind === 'update') filled.add(client);
      else return;
      if (event.kind === 'flush' || !had) {
        if (countChanges(event.changes) > 0 || filled.has(client) !== had) fill();
        return;
      }
      if (countChanges(event.changes) === 0) return;
      change(() => served.follow(client, event.changes) ?? served.fill(held(), slurm));
    });
  });
  return {
    onChange(callback) {
      changed = callback;
    },
    close() {
      watch?.close();
      process.off('SIGHUP', readAll);
      for (const connection of connections) connection.close();
    },
  };
}

/** SLURM files, each followed by itself; their union is handed over whenever one changes it (RFC 8416 §4.2). */
function slurmSources(
  files: readonly string[],
  io: Io,
  note: (text: string) => void,
  merged: (slurm: Slurm) => void,
): WatchedFile[] {
  const held = new Map<string, Slurm>();
  return files.map((file) => ({
    file,
    async load(occasion) {
      try {
        const read = await loadSlurm([file], io);
        const all = mergeSlurm([...new Map([...held, [file, read] as const]).values()], io.seed);
        return () => {
          held.set(file, read);
          merged(all);
          return true;
        };
      } catch (error) {
        if (occasion === 'start') throw error;
        note(`warning: kept the old exceptions: ${error instanceof Error ? error.message : error}`);
        return undefined;
      }
    },
  }));
}
