import { createAspaTable } from '../../aspa/index.js';
import { type AuditOptions, createPartialMerge } from '../../audit/index.js';
import type { Job, JobPayloads } from '../../node/archive/job.js';
import { auditConditions } from '../../node/audit-conditions.js';
import type { Io } from '../shared/io.js';
import { loadPayloads, type PayloadOptions } from '../shared/payload-files.js';

/**
 * The payloads of a job, read here: they must have the content that the job was handed in with
 * (docs/decisions/archives.md D-archive-payloads).
 *
 * @throws {CliError} for what cannot be read; {DecodeError} `partial-conditions` for another content.
 */
export async function loadJobPayloads({ payloads, conditions }: Job, io: Io): Promise<AuditOptions> {
  const read = await loadPayloads(optionsOf(payloads), io);
  const { maxInvalidOrigins, neighborCheck, neighborRole, roles } = conditions;
  const options: AuditOptions = {
    seed: io.seed,
    aspa: createAspaTable(read.aspas, { seed: io.seed }),
    rov: read.vrps,
    maxInvalidOrigins,
    neighborCheck,
    roles: new Map(Object.entries(roles).map(([asn, role]) => [Number(asn), role])),
    ...(neighborRole === null ? {} : { defaultRole: neighborRole }),
  };
  const merge = createPartialMerge();
  merge.begin(conditions);
  merge.begin(auditConditions(options));
  return options;
}

function optionsOf({ rpki, slurm, now, strict, rpkiAt, spool, node }: JobPayloads): PayloadOptions {
  return {
    rpki,
    slurm,
    strict,
    ...(now === null ? {} : { now }),
    ...(rpkiAt === null ? {} : { rpkiAt }),
    ...(spool === null ? {} : { spool }),
    ...(node === null ? {} : { node }),
  };
}
