import { createPartialMerge } from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Job, loadJob, MOST_FILES, storeJob } from './job.js';
import { type JobNames, keyOfFile, keyOfSubject } from './names.js';
import { writeRecord } from './records.js';
import type { ArchiveServer } from './server.js';
import { requireSameSpool } from './spool-state.js';

/** What became of the files that were handed in. */
export interface Submitted {
  /** They wait now. */
  queued: number;
  /** They waited already, are held, or have their result. */
  known: number;
  /** Of those that wait now, they had been given up. */
  again: number;
}

/** Files that are handed in at once. */
const TOGETHER = 32;

/**
 * Hands a job in: makes it, or adds the files to the one that is there under the same conditions. Handing in twice changes nothing; what was given
 * up is tried again.
 *
 * @throws {DecodeError} `partial-conditions` for another job of that name, `archive-job` for a name of two places, or too many files.
 */
export async function submitJob(server: ArchiveServer, names: JobNames, job: Job): Promise<Submitted> {
  await server.createJob(names, job.patience);
  for (;;) {
    const stored = await loadJob(server, names);
    const joined = stored === undefined ? job : joinJobs(stored.job, job);
    if (await storeJob(server, names, joined, stored?.sequence ?? 0)) break;
  }
  return queueFiles(server, names, [...job.files.keys()]);
}

/** The job with the files of both. @throws {DecodeError} as {@link submitJob}. */
export function joinJobs(known: Job, next: Job): Job {
  const merge = createPartialMerge();
  merge.begin(known.conditions);
  merge.begin(next.conditions);
  requireSameSpool(known.payloads.state, next.payloads.state);
  const files = new Map(known.files);
  for (const [name, place] of next.files) {
    const before = files.get(name);
    if (before !== undefined && before !== place) {
      throw new DecodeError('archive-job', `${name} is ${before} in it, and now ${place}`, {
        field: 'files',
      });
    }
    files.set(name, place);
  }
  if (files.size > MOST_FILES) {
    throw new DecodeError('archive-job', `more than ${MOST_FILES} files`, { field: 'files' });
  }
  return { ...next, files };
}

/** The keys of the files of which something is kept. */
export async function keysOf(
  server: ArchiveServer,
  names: JobNames,
  kind: 'done' | 'held' | 'lost',
): Promise<Set<string>> {
  const subjects = await server.subjects(names, names[kind]('*'));
  return new Set(subjects.map(keyOfSubject));
}

async function queueFiles(
  server: ArchiveServer,
  names: JobNames,
  files: readonly string[],
): Promise<Submitted> {
  const [done, lost] = [await keysOf(server, names, 'done'), await keysOf(server, names, 'lost')];
  const submitted: Submitted = { queued: 0, known: 0, again: 0 };
  const queue = async (name: string): Promise<void> => {
    const key = keyOfFile(name);
    if (lost.has(key)) {
      submitted.again++;
      for (const kind of ['held', 'done', 'lost'] as const) await server.forget(names, names[kind](key));
    } else if (done.has(key)) {
      submitted.known++;
      return;
    }
    // One that waits already is not queued once more.
    if (await server.replace(names.file(key), writeRecord({ name }), 0)) submitted.queued++;
    else submitted.known++;
  };
  for (let first = 0; first < files.length; first += TOGETHER) {
    await Promise.all(files.slice(first, first + TOGETHER).map(queue));
  }
  return submitted;
}
