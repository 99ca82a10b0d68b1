import { type AuditConditions, judgedFileOf } from '../../audit/index.js';
import { download } from '../../node/archive/download.js';
import { isUrl } from '../../node/archive/job.js';
import { packResult } from '../../node/archive/packed-result.js';
import { type Reason, reasonOf } from '../../node/archive/records.js';
import type { AuditCrew } from '../../node/audit-crew.js';
import { judgeOne } from '../audit/judge-files.js';
import type { Io } from '../shared/io.js';
import type { JobAudit } from './job-payloads.js';

/** What came of a file. */
export interface JudgedPlace {
  /**
   * The result, as it is kept.
   *
   * @throws {DecodeError} `archive-result` for more octets than are kept.
   */
  pack(): Uint8Array;
  /** Why it could not be opened; another worker may be able to. */
  readonly missing: Reason | undefined;
}

/**
 * Judges the file at a place: a path, or an address of the web, which is fetched for it.
 *
 * @param name how it is called in the report.
 * @param limit octets of the largest file that is fetched.
 * @throws {DecodeError} for what cannot be fetched, or judged; {ThreadEnded}.
 */
export async function judgePlace(
  name: string,
  place: string,
  audit: JobAudit,
  conditions: AuditConditions,
  crew: AuditCrew,
  limit: number,
  io: Io,
): Promise<JudgedPlace> {
  const fetched = isUrl(place) ? await download(place, { limit }) : undefined;
  try {
    const path = fetched?.path ?? place;
    const options = await audit.of([path]);
    const stored = 'stored' in options ? options.stored : undefined;
    const judging = { options, hashed: true, stored, packed: { name, conditions } };
    const { packed, sha256 = null, facts, part } = await judgeOne(path, judging, crew, io);
    const [fault] = sha256 === null ? facts.unreadable : [];
    return {
      pack: () => packed ?? packResult(conditions, judgedFileOf({ name, sha256, facts, part }, options)),
      missing: fault && reasonOf(fault.code, fault.message),
    };
  } finally {
    await fetched?.remove();
  }
}
