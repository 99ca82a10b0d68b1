import type { Job } from '../../node/archive/job.js';
import { type JobNames, keyOfFile } from '../../node/archive/names.js';
import { type HeldRecord, type LostRecord, readHeld, readLost } from '../../node/archive/records.js';
import type { ArchiveServer } from '../../node/archive/server.js';
import { keysOf } from '../../node/archive/submit.js';
import { nameOf } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { createCountProgress } from '../shared/progress.js';
import { formatCount, plural } from '../shared/text-table.js';
import { rateText } from './events.js';

/** How far a job is. */
export interface JobState {
  readonly files: number;
  /** Files that have a result, by their keys, in the order of their names. */
  readonly done: ReadonlyMap<string, string>;
  readonly doneNames: ReadonlySet<string>;
  /** What was given up, in the order of the names. */
  readonly lost: readonly LostRecord[];
  /** Files that are neither. */
  readonly open: number;
  /** Of the open ones, those that a worker has, some of them. */
  readonly held: readonly HeldRecord[];
}

/** Workers that are named. */
const NAMED = 10;

/** Looks how far a job is. @throws {DecodeError} `archive-message`. */
export async function stateOf(server: ArchiveServer, names: JobNames, job: Job): Promise<JobState> {
  const done = await keysOf(server, names, 'done');
  const lostKeys = await keysOf(server, names, 'lost');
  const files = [...job.files.keys()].sort();
  const found = files.map((name) => [keyOfFile(name), name] as const);
  const open = found.filter(([key]) => !done.has(key) && !lostKeys.has(key));
  const held: HeldRecord[] = [];
  if (open.length > 0) {
    const heldKeys = await keysOf(server, names, 'held');
    for (const [key] of open.filter(([one]) => heldKeys.has(one)).slice(0, NAMED)) {
      const record = await server.get(names, names.held(key));
      if (record !== undefined) held.push(readHeld(record.octets));
    }
  }
  const lost: LostRecord[] = [];
  for (const key of [...lostKeys].sort()) {
    const record = await server.get(names, names.lost(key));
    if (record !== undefined) lost.push(readLost(record.octets));
  }
  const finished = found.filter(([key]) => done.has(key));
  return {
    files: files.length,
    done: new Map(finished),
    doneNames: new Set(finished.map(([, name]) => name)),
    lost: lost.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
    open: open.length,
    held,
  };
}

/** Shows how far a job is: a bar for who watches, else a line now and then. */
export interface Watch {
  update(state: JobState): Promise<void>;
  /** Says it in a line. */
  tell(state: JobState): Promise<void>;
  stop(): void;
}

/** Milliseconds between two lines. */
const PAUSE = 10_000;

/** A {@link Watch} of a job. */
export async function createWatch(job: string, files: number, io: Io): Promise<Watch> {
  const bar = await createCountProgress(io, 'files', files);
  const begun = performance.now();
  let first: number | undefined;
  let last = begun;
  const tell = async (state: JobState): Promise<void> => {
    const { open, lost, held } = state;
    const count = formatCount(state.files - open);
    const seconds = (performance.now() - begun) / 1000;
    const rate =
      first === undefined || seconds < 1 ? '' : `, ${rateText((state.files - open - first) / seconds)}`;
    const gaveUp = lost.length > 0 ? `, ${formatCount(lost.length)} given up` : '';
    const holders = held
      .filter((one) => one.state === 'held')
      .map(
        ({ worker, name, tries }) => `${worker} holds ${nameOf(name)}${tries > 1 ? ` (try ${tries})` : ''}`,
      );
    const who = holders.length > 0 ? `; ${holders.join(', ')}` : '';
    await io.stderr.write(
      `pathsec: job ${job}: ${count} of ${plural(state.files, 'file')} done${gaveUp}${rate}${who}\n`,
    );
  };
  return {
    update: async (state) => {
      const done = state.files - state.open;
      first ??= done;
      bar?.update(done);
      if (bar !== undefined || performance.now() < last + PAUSE) return;
      last = performance.now();
      await tell(state);
    },
    tell,
    stop: () => bar?.stop(),
  };
}
