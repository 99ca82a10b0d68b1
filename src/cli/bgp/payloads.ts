import { createLiveTables, type LiveChange, type LiveTables } from '../../live/index.js';
import { createPayloadSet } from '../../payload/index.js';
import { createRtrCache, type PayloadChanges } from '../../rtr/index.js';
import { followSources, type SourceFollower } from '../shared/follow-sources.js';
import type { Io } from '../shared/io.js';

/** Tables that follow the sources of payloads. */
export interface FollowedPayloads {
  readonly tables: LiveTables;
  close(): void;
}

/**
 * Tables of the three verifiers with the union of `sources`, kept up to date: files that change are read again once they have
 * rested and on SIGHUP, caches are followed. `changed` hears of what a change may touch.
 *
 * @throws what reading the files for the first time throws.
 */
export async function followPayloads(
  sources: readonly string[],
  slurm: readonly string[],
  io: Io,
  note: (text: string) => void,
  changed: (change: LiveChange) => void,
): Promise<FollowedPayloads> {
  // A cache that serves nobody: it tells what a new reading of the sources changes.
  const cache = createRtrCache({ seed: io.seed, sessionId: 0, maxHistory: 0 });
  const tables = createLiveTables({ payloads: () => createPayloadSet() }, { seed: io.seed });
  const apply = (changes: PayloadChanges): PayloadChanges => {
    changed(tables.apply(changes));
    return changes;
  };
  const follower: SourceFollower = await followSources(
    sources,
    slurm,
    {
      replace: (payloads) => apply(cache.replace(payloads)),
      change: (announce, withdraw) => apply(cache.change(announce, withdraw)),
      loseData() {
        apply(cache.replace({}));
        cache.loseData();
      },
      get hasData() {
        return cache.hasData;
      },
      get serial() {
        return cache.serial;
      },
    },
    io,
    note,
    { maxDrop: 100 },
  );
  return { tables, close: () => follower.close() };
}
