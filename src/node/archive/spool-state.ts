import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DecodeError } from '../../bytes/index.js';
import { spoolArchives } from '../spool.js';
import { MOST_NAME, numberOf, objectOf, textOf, wrong } from './records.js';

/**
 * What judges the routes of a job by their own times: which CCRs these are is known when the files are read alone, so a worker compares the archives
 * of its spool, and the local exceptions (docs/decisions/archives.md D-archive-times).
 */
export interface SpoolState {
  /** The archives by their names, with their octets. */
  readonly archives: readonly (readonly [name: string, octets: number])[];
  /** SHA-256 of the files of local exceptions, in their order. */
  readonly slurm: readonly string[];
}

/** Archives of a spool: some a day, of many years. */
const MOST_ARCHIVES = 100_000;
/** Files of local exceptions. */
const MOST_SLURM = 1024;

/** The archives of a spool with their octets. @throws the error of the operating system. */
export async function archivesOfSpool(spool: string): Promise<SpoolState['archives']> {
  const archives: [string, number][] = [];
  for (const name of await spoolArchives(spool)) archives.push([name, (await stat(join(spool, name))).size]);
  return archives;
}

/** The SHA-256 of a file of local exceptions. @throws the error of the operating system. */
export async function hashOfExceptions(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/**
 * Refuses a spool or exceptions that are not those of the job; more archives than the job has change nothing, for they are not looked at.
 *
 * @throws {DecodeError} `partial-conditions` that says in what they differ.
 */
export function requireSpoolState(job: SpoolState, here: SpoolState): void {
  const octets = new Map(here.archives);
  for (const [name, length] of job.archives) {
    const found = octets.get(name);
    if (found === length) continue;
    const is = found === undefined ? 'is not there' : `has ${found} octets`;
    throw different(`another spool: ${name}, of ${length} octets, ${is}`);
  }
  if (job.slurm.join() !== here.slurm.join()) throw different('other local exceptions');
}

/**
 * Refuses to join two jobs of different spools.
 *
 * @throws {DecodeError} `partial-conditions`.
 */
export function requireSameSpool(first: SpoolState | null, other: SpoolState | null): void {
  if (first === null || other === null) return; // conditions differ where one of both has none
  requireSpoolState(first, other);
  requireSpoolState(other, first);
}

/** A {@link SpoolState} out of a job. @throws {DecodeError} `archive-message`. */
export function readSpoolState(value: unknown): SpoolState {
  const field = 'payloads.state';
  const { archives, slurm } = objectOf(value, field, ['archives', 'slurm']);
  if (!Array.isArray(archives) || archives.length > MOST_ARCHIVES)
    throw wrong(field, `a list of at most ${MOST_ARCHIVES} archives`);
  if (!Array.isArray(slurm) || slurm.length > MOST_SLURM)
    throw wrong(field, `a list of at most ${MOST_SLURM} files`);
  const read = archives.map((entry): [string, number] => {
    if (!Array.isArray(entry) || entry.length !== 2) throw wrong(field, 'pairs of a name and a length');
    return [textOf(entry[0], field, MOST_NAME), numberOf(entry[1], field, 0, Number.MAX_SAFE_INTEGER)];
  });
  if (new Map(read).size !== read.length) throw wrong(field, 'names that differ');
  return {
    archives: read,
    slurm: slurm.map((hash) => textOf(hash, field, 64)),
  };
}

function different(message: string): DecodeError {
  return new DecodeError('partial-conditions', `made against ${message}`, { field: 'payloads' });
}
