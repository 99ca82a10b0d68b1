import { unwatchFile, watchFile } from 'node:fs';
import type { Asn } from '../inet/index.js';
import { connectRtr, type RtrConnection } from '../node/rtr-connect.js';
import {
  createAspaStore,
  createPayloadSet,
  customersOverLimit,
  dropOverLimit,
  type Payloads,
} from '../payload/index.js';
import { applySlurm, mergeSlurm, readSlurm } from '../rpki/payloads.js';
import { countChanges, createRtrClient, type RtrCache, type RtrClient } from '../rtr/index.js';
import { endpointOfSource } from './endpoint.js';
import { MAX_HAND_WRITTEN, readText } from './input.js';
import type { Io } from './io.js';
import { loadPayloads } from './payload-files.js';
import { overLimitText } from './provider-limit.js';
import { describeEvent } from './rtr-watch.js';

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
 * that changes is read again (as on SIGHUP), other caches are followed. A file that turns bad leaves the data as it is.
 *
 * @throws what reading the files for the first time throws.
 */
export async function followSources(
  sources: readonly string[],
  slurmFiles: readonly string[],
  cache: RtrCache,
  io: Io,
  note: (text: string) => void,
): Promise<SourceFollower> {
  const isCache = (source: string): boolean => endpointOfSource(source) !== undefined;
  const files = sources.filter((source) => !isCache(source));
  const clients: RtrClient[] = [];
  let fromFiles: Payloads = createPayloadSet();
  let slurm = mergeSlurm([]);
  let noted = new Set<Asn>(); // customers over the limit that were told already
  let changed = (): void => {};
  const read = async (): Promise<void> => {
    slurm = mergeSlurm(
      await Promise.all(
        slurmFiles.map(async (file) => readSlurm(await readText(file, io, MAX_HAND_WRITTEN))),
      ),
    );
    if (files.length === 0) return;
    const loaded = await loadPayloads({ rpki: files }, io);
    noted = new Set(customersOverLimit(loaded.aspas).map(({ customer }) => customer));
    fromFiles = loaded;
  };
  const fill = (): void => {
    const all = [fromFiles, ...clients.map((client) => client.payloads())];
    const union = {
      vrps: chain(all.map(({ vrps }) => vrps)),
      aspas: createAspaStore(chain(all.map(({ aspas }) => aspas))),
      routerKeys: chain(all.map(({ routerKeys }) => routerKeys)),
    };
    const served = slurmFiles.length > 0 ? applySlurm(union, slurm) : union;
    const dropped = dropOverLimit(served.aspas);
    for (const one of dropped) if (!noted.has(one.customer)) note(overLimitText(one));
    noted = new Set(dropped.map(({ customer }) => customer));
    const count = countChanges(cache.replace(served));
    note(`serial ${cache.serial}: ${count} changes`);
    changed();
  };
  await read();
  if (files.length > 0) fill();
  let reading = false;
  const reload = (): void => {
    if (reading) return;
    reading = true;
    read()
      .then(fill)
      .catch((error: unknown) => note(`kept the old data: ${error instanceof Error ? error.message : error}`))
      .finally(() => {
        reading = false;
      });
  };
  const watched = [...files, ...slurmFiles].filter((file) => file !== '-');
  for (const file of watched) watchFile(file, { interval: LOOK, persistent: false }, reload);
  process.on('SIGHUP', reload);
  const connections: RtrConnection[] = sources.filter(isCache).map((source) => {
    const endpoint = endpointOfSource(source);
    if (!endpoint) throw new TypeError(source);
    // The limit is applied to the union of all sources, in `fill`.
    const client = createRtrClient({ limits: { maxProviders: Number.POSITIVE_INFINITY } });
    clients.push(client);
    return connectRtr(client, endpoint, (event) => {
      note(`${source}: ${describeEvent(event)}`);
      if (event.kind === 'flush' || (event.kind === 'update' && countChanges(event.changes) > 0)) fill();
      else if (event.kind === 'update' && !cache.hasData) fill();
    });
  });
  return {
    onChange(callback) {
      changed = callback;
    },
    close() {
      for (const file of watched) unwatchFile(file, reload);
      process.off('SIGHUP', reload);
      for (const connection of connections) connection.close();
    },
  };
}

function* chain<T>(lists: readonly Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}
