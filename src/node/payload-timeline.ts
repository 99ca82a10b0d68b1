import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { AspaTable } from '../aspa/index.js';
import type { PayloadContents, PayloadTimeline } from '../audit/index.js';
import { openVrpStore, type SharedVrps } from '../payload/index.js';
import type { RovTable } from '../rov/index.js';
import { openAspas, wordsOfAspas } from './aspa-words.js';
import { payloadContents } from './audit-conditions.js';

/** Payloads of a time in a file of our own. */
export interface StoredSet {
  /** Seconds since 1970 UTC. */
  readonly time: number;
  readonly file: string;
  readonly contents: PayloadContents;
}

/** Payloads of many times in files, a plain value that threads can be told. */
export interface StoredTimeline {
  /** All times from which on other payloads count, ascending. */
  readonly times: readonly number[];
  /** Those that judge anything, ascending. */
  readonly sets: readonly StoredSet[];
}

/** What a file holds. */
interface Stored {
  readonly vrps: SharedVrps;
  /** As `wordsOfAspas` has them. */
  readonly aspas: Uint32Array;
}

/** Sets of VRPs that are in memory at once: routes go back in time by little (docs/decisions/audit.md D-audit-routes-times). */
const KEPT = 3;

/**
 * Writes the payloads of a time into a file of this folder, from which they are there again in a fraction of the time that a CCR
 * takes.
 *
 * @throws the error of the operating system.
 */
export function storePayloads(folder: string, time: number, aspa: AspaTable, rov: RovTable): StoredSet {
  const file = `${folder}/${time}`;
  const { seed, families } = rov.share();
  // Memory that threads share cannot be written as it is.
  const vrps = {
    seed,
    families: families.map((one) => ({
      ...one,
      cells: Int32Array.from(one.cells),
      chains: Int32Array.from(one.chains),
      identities: Int32Array.from(one.identities),
    })),
  };
  writeFileSync(file, serialize({ vrps, aspas: wordsOfAspas(aspa) } satisfies Stored));
  return { time, file, contents: payloadContents(aspa, rov) };
}

/**
 * The payloads of many times, of which few are in memory at once: a set is read when a route wants it, also again where routes go
 * back in time.
 *
 * @param seed of the ASPAs; the VRPs have the one that they were stored with.
 */
export function openTimeline({ times, sets }: StoredTimeline, seed: number | undefined): PayloadTimeline {
  const stored = new Map(sets.map((set) => [set.time, set]));
  const held = new Map<number, RovTable>();
  const of = (set: number): StoredSet => {
    const found = stored.get(set);
    // A file that has grown since its times were looked up.
    if (found === undefined)
      throw new RangeError(`no payloads of the time ${set}: a file has changed meanwhile`);
    return found;
  };
  const read = (set: number): Stored => deserialize(readFileSync(of(set).file)) as Stored;
  return {
    setOf: (time) => {
      const set = times[lastAtOrBefore(times, time)];
      if (set === undefined) throw new RangeError(`no payloads so early as ${time}`);
      return of(set).time;
    },
    rov: (set) => {
      const known = held.get(set);
      const table = known ?? openVrpStore(read(set).vrps);
      held.delete(set);
      held.set(set, table); // the last one is that which was used last
      for (const oldest of held.keys()) if (held.size > KEPT) held.delete(oldest);
      return table;
    },
    aspa: (set) => openAspas(read(set).aspas, seed),
    contents: (set) => of(set).contents,
  };
}

/** The place of the last number that is not above `most`; -1 where all are. */
export function lastAtOrBefore(ascending: readonly number[], most: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((ascending[middle] as number) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
