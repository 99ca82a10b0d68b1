import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAspaTable } from '../../aspa/index.js';
import { DecodeError } from '../../bytes/index.js';
import {
  lastAtOrBefore,
  type StoredSet,
  type StoredTimeline,
  storePayloads,
} from '../../node/payload-timeline.js';
import { ccrTimes, dayOfArchive, readSpoolArchive, type SpoolCcr, spoolArchives } from '../../node/spool.js';
import { customersOverLimit } from '../../payload/index.js';
import { applySlurm, type Slurm } from '../../rpki/payloads.js';
import { inFile, inputError, nameOf, naming } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { removeOnSignal } from '../shared/output-file.js';
import { ofNode, type PayloadOptions, tellProblems } from '../shared/payload-files.js';
import { noteOverLimit, overLimitText } from '../shared/provider-limit.js';
import { requireRereadable } from '../shared/rereadable.js';
import { readRouteFiles } from '../shared/route-files.js';
import { loadSlurm } from '../shared/slurm-files.js';
import { readSpoolCcr } from '../shared/spool-ccr.js';
import { plural } from '../shared/text-table.js';
import { formatTime } from '../shared/time-option.js';
import { createSecondsSeen, type SecondsSeen } from './seconds-seen.js';

/** Payloads that judge routes by their own times, taken out of a spool into files of our own: each once. */
export interface SpoolPayloads {
  /**
   * Those that judge the routes of inputs, and all that were taken before. One call waits for the one before.
   *
   * @throws what `faultOf` makes of a route without a time or before the first CCR (`route-without-time`, `no-ccr`), and of times of too
   * many days (`route-times`); {CliError} for a spool that cannot be read.
   */
  prepare(inputs: readonly string[]): Promise<StoredTimeline>;
  /** Removes the files. */
  close(): Promise<void>;
}

type Options = Omit<PayloadOptions, 'rpkiAt'>;

/** Which archives of the spool are looked at, and what is told of inputs. */
export interface SpoolUse {
  /** Those of these names; all that there are when absent. */
  readonly archives?: readonly string[];
  /** The error for a fault of an input. */
  readonly faultOf?: (file: string, error: DecodeError) => unknown;
  /** Called when payloads were taken. */
  readonly onTaken?: (sets: readonly StoredSet[]) => Promise<void>;
}

/**
 * Looks up the times of routes, and takes the CCRs that judge them out of the spool: one at a time, each into a file of our own, so that
 * memory grows neither with the spool nor with the time (docs/decisions/audit.md D-audit-routes-times).
 */
export async function openSpoolPayloads(
  spool: string,
  options: Options,
  io: Io,
  { archives: named, faultOf = inputError, onTaken }: SpoolUse = {},
): Promise<SpoolPayloads> {
  const { slurm = [], node } = options;
  const exceptions = slurm.length > 0 ? await loadSlurm(slurm, io) : undefined;
  const archives = named ?? (await naming(spool, () => spoolArchives(spool)));
  const folder = await mkdtemp(join(tmpdir(), 'pathsec-payloads-'));
  const free = removeOnSignal(folder);
  /** The times of the archives that were looked into. */
  const known = new Map<string, readonly number[]>();
  const taken = new Map<number, StoredSet>();
  let last: Promise<unknown> = Promise.resolve();

  const take = async (inputs: readonly string[]): Promise<StoredTimeline> => {
    const { seen, earliest } = await timesOfRoutes(inputs, faultOf, io);
    await lookUp(spool, archives, node, seen, known);
    const times = [...new Set([...known.values()].flat())].sort((a, b) => a - b);
    if (earliest !== undefined && (times[0] === undefined || earliest.time < times[0])) {
      const message = `a route of ${formatTime(earliest.time)}: ${nameOf(spool)}: no CCR${ofNode(node)} at or before it`;
      throw faultOf(
        earliest.file,
        new DecodeError('no-ccr', message, { field: `record[${earliest.record}]` }),
      );
    }
    const wanted = new Set<number>();
    for (const second of seen) wanted.add(times[lastAtOrBefore(times, second)] as number);
    for (const time of taken.keys()) wanted.delete(time);
    for (const [archive, all] of known) {
      const here = new Set(all.filter((time) => wanted.delete(time)));
      if (here.size === 0) continue;
      for (const set of await extract({ spool, archive, folder }, here, exceptions, options, io))
        taken.set(set.time, set);
    }
    const sets = [...taken.values()].sort((a, b) => a.time - b.time);
    await onTaken?.(sets);
    return { times, sets };
  };
  return {
    prepare: (inputs) => {
      const next = last.then(() => take(inputs));
      last = next.catch(() => {}); // who asked is told
      return next;
    },
    close: async () => {
      await last;
      await rm(folder, { recursive: true, force: true });
      free();
    },
  };
}

/** As {@link openSpoolPayloads} for all inputs at once; what was taken is told. */
export async function prepareTimedPayloads(
  inputs: readonly string[],
  spool: string,
  options: Options,
  io: Io,
): Promise<{ readonly stored: StoredTimeline; close(): Promise<void> }> {
  await requireRereadable(inputs, '--rpki-at routes');
  const onTaken = (sets: readonly StoredSet[]): Promise<void> => tellTimes(sets, spool, io);
  const { prepare, close } = await openSpoolPayloads(spool, options, io, { onTaken });
  try {
    return { stored: await prepare(inputs), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Place {
  readonly file: string;
  readonly record: number;
  readonly time: number;
}

/** The times of all routes that will be judged, and where the earliest stands. */
async function timesOfRoutes(
  inputs: readonly string[],
  faultOf: (file: string, error: DecodeError) => unknown,
  io: Io,
): Promise<{ readonly seen: SecondsSeen; readonly earliest: Place | undefined }> {
  const seen = createSecondsSeen();
  let earliest: Place | undefined;
  for (const file of inputs) {
    let last = -1;
    await readRouteFiles([file], io, (element, { number }) => {
      if (element.kind === 'path') return;
      const { time } = element;
      if (element.kind !== 'route' || element.local || !element.hasAsPath || time === last) return;
      if (time === 0) {
        const where = { field: `record[${number}]` };
        const message = 'a route without a time, which --rpki-at routes goes by';
        throw faultOf(file, new DecodeError('route-without-time', message, where));
      }
      last = time;
      if (!seen.add(time))
        throw faultOf(
          file,
          new DecodeError('route-times', 'routes of too many days', { field: `record[${number}]` }),
        );
      if (earliest === undefined || time < earliest.time) earliest = { file, record: number, time };
    });
  }
  return { seen, earliest };
}

/** Looks into all archives that can have the last CCR before any of these seconds, where nobody has; `known` gets their times. */
async function lookUp(
  spool: string,
  archives: readonly string[],
  node: string | undefined,
  seen: SecondsSeen,
  known: Map<string, readonly number[]>,
): Promise<void> {
  for (const first of seen.firstOfDays()) {
    let found: number | undefined;
    for (const archive of archives.toReversed()) {
      if (found !== undefined && dayOfArchive(archive) !== found) break; // a day may have several archives
      if (dayOfArchive(archive) > Math.floor(first / 86_400)) continue;
      const times = known.get(archive) ?? (await naming(archive, () => ccrTimes(spool, archive, node)));
      known.set(archive, times);
      if ((times[0] ?? Number.POSITIVE_INFINITY) <= first) found = dayOfArchive(archive);
    }
  }
}

/** Takes the CCRs of these times out of an archive; of two of the same time the first. */
async function extract(
  { spool, archive, folder }: { readonly spool: string; readonly archive: string; readonly folder: string },
  times: Set<number>,
  exceptions: Slurm | undefined,
  options: Options,
  io: Io,
): Promise<StoredSet[]> {
  const sets: StoredSet[] = [];
  const notes: (() => Promise<void>)[] = [];
  const take = ({ name, time, octets }: SpoolCcr): void => {
    const full = `${archive}: ${name}`;
    const read = readSpoolCcr(full, octets, options, io);
    const payloads = exceptions === undefined ? read : applySlurm(read, exceptions, io.seed);
    const overLimit = customersOverLimit(payloads.aspas);
    if (options.strict && overLimit[0]) throw new CliError(overLimitText(overLimit[0]));
    const aspa = createAspaTable(payloads.aspas, { seed: io.seed });
    sets.push(inFile(folder, () => storePayloads(folder, time, aspa, payloads.vrps)));
    if (read.problems.count + read.expired > 0) notes.push(() => tellProblems(full, read, io));
    if (overLimit.length > 0) notes.push(() => noteOverLimit(overLimit, io));
  };
  const wanted = (time: number, node: string): boolean =>
    (options.node ?? node) === node && times.delete(time);
  await naming(archive, () => readSpoolArchive(spool, archive, wanted, take));
  for (const note of notes) await note();
  return sets;
}

async function tellTimes(sets: readonly StoredSet[], spool: string, io: Io): Promise<void> {
  const [first] = sets;
  const last = sets.at(-1);
  if (first === undefined || last === undefined) return;
  const span =
    first === last ? formatTime(first.time) : `${formatTime(first.time)} to ${formatTime(last.time)}`;
  await io.stderr.write(
    `pathsec: payloads of ${plural(sets.length, 'time')}, ${span}, out of ${nameOf(spool)}\n`,
  );
}
