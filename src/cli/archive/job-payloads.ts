import { createAspaTable } from '../../aspa/index.js';
import { createPartialMerge, optionsOfConditions } from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import type { Job, JobPayloads } from '../../node/archive/job.js';
import {
  archivesOfSpool,
  hashOfExceptions,
  requireSpoolState,
  type SpoolState,
} from '../../node/archive/spool-state.js';
import { auditConditions } from '../../node/audit-conditions.js';
import type { CrewAudit } from '../../node/audit-crew.js';
import { openTimeline, type StoredTimeline } from '../../node/payload-timeline.js';
import { naming } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { loadPayloads, type PayloadOptions } from '../shared/payload-files.js';
import { requireRereadable } from '../shared/rereadable.js';

/** What the files of a job are judged by. */
export interface JobAudit {
  /** What threads are told when they start. */
  readonly all: CrewAudit;
  /**
   * What judges files.
   *
   * @throws {DecodeError} where routes of theirs cannot be judged: `no-ccr`, `route-without-time`; {CliError} for a spool that cannot be read.
   */
  of(files: readonly string[]): Promise<CrewAudit>;
  /** Removes what was taken out of a spool. */
  close(): Promise<void>;
}

/**
 * The payloads of a job, read here: they must have the content that the job was handed in with
 * (docs/decisions/archives.md D-archive-payloads, D-archive-times).
 *
 * @throws {CliError} for what cannot be read; {DecodeError} `partial-conditions` for another content.
 */
export async function openJobAudit(job: Job, io: Io): Promise<JobAudit> {
  return job.payloads.rpkiAt === 'routes' ? openTimed(job, io) : openPlain(job, io);
}

async function openPlain({ payloads, conditions }: Job, io: Io): Promise<JobAudit> {
  const { rpkiAt } = payloads;
  const at = typeof rpkiAt === 'number' ? { rpkiAt } : {};
  const read = await loadPayloads({ ...optionsOf(payloads), ...at }, io);
  const aspa = createAspaTable(read.aspas, { seed: io.seed });
  const all = { seed: io.seed, aspa, rov: read.vrps, ...optionsOfConditions(conditions) };
  const merge = createPartialMerge();
  merge.begin(conditions);
  merge.begin(auditConditions(all));
  return { all, of: async () => all, close: async () => {} };
}

async function openTimed({ payloads, conditions }: Job, io: Io): Promise<JobAudit> {
  const { spool, state, slurm } = payloads;
  if (spool === null || state === null) throw new TypeError('a job of the times of routes has a spool');
  requireSpoolState(state, await spoolStateOf(spool, slurm));
  const { openSpoolPayloads } = await import('../audit/timed-payloads.js'); // not loaded for a job of one time
  const taken = await openSpoolPayloads(spool, optionsOf(payloads), io, {
    archives: state.archives.map(([name]) => name),
    faultOf: (_, error) => error,
  });
  const auditOf = (stored: StoredTimeline): CrewAudit => ({
    seed: io.seed,
    timeline: openTimeline(stored, io.seed),
    stored,
    ...optionsOfConditions(conditions),
  });
  return {
    all: auditOf({ times: [], sets: [] }),
    of: async (files) => {
      await requireRereadable(files, '--rpki-at routes').catch((error: unknown) => {
        throw error instanceof CliError ? new DecodeError('input-unreadable', error.message) : error;
      });
      return auditOf(await taken.prepare(files));
    },
    close: taken.close,
  };
}

/** What a job notes of a spool and local exceptions. @throws {CliError} that names what cannot be read. */
export async function spoolStateOf(spool: string, slurm: readonly string[]): Promise<SpoolState> {
  const archives = await naming(spool, () => archivesOfSpool(spool));
  const hashes: string[] = [];
  for (const file of slurm) hashes.push(await naming(file, () => hashOfExceptions(file)));
  return { archives, slurm: hashes };
}

function optionsOf({ rpki, slurm, now, strict, spool, node }: JobPayloads): Omit<PayloadOptions, 'rpkiAt'> {
  return {
    rpki,
    slurm,
    strict,
    ...(now === null ? {} : { now }),
    ...(spool === null ? {} : { spool }),
    ...(node === null ? {} : { node }),
  };
}
