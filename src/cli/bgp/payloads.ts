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

/** Who hears of what comes of the sources. */
interface Hooks {
  note(text: string): void;
  /** What a change may touch. */
  changed(change: LiveChange): void;
  /** The time by which payloads of files expire, in seconds since 1970 UTC. */
  now(): number;
}

/**
 * Tables of the three verifiers with the union of `sources`, kept up to date: files that change are read again once they have
 * rested and on SIGHUP, caches are followed, and what expires goes (docs/decisions/rtr.md D-rtr-serve-expiry).
 *
 * @throws what reading the files for the first time throws.
 */
export async function followPayloads(
  sources: readonly string[],
  slurm: readonly string[],
  io: Io,
  { note, changed, now }: Hooks,
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
    { maxDrop: 100, now },
  );
  return { tables, close: () => follower.close() };
}
