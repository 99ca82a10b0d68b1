import { type AuditConditions, packJudgedFile } from '../../audit/index.js';
import { concatOctets, DecodeError } from '../../bytes/index.js';
import { download } from '../../node/archive/download.js';
import { isUrl } from '../../node/archive/job.js';
import { MOST_KEPT, type Reason, reasonOf } from '../../node/archive/records.js';
import type { AuditCrew, CrewAudit } from '../../node/audit-crew.js';
import { type JudgedInput, judgeOne } from '../audit/judge-files.js';
import { judgedFileOf } from '../audit/partial-file.js';
import type { Io } from '../shared/io.js';
import type { JobAudit } from './job-payloads.js';

/** What came of a file. */
export interface JudgedPlace {
  readonly judged: JudgedInput;
  /** What judged it. */
  readonly options: CrewAudit;
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
  crew: AuditCrew,
  limit: number,
  io: Io,
): Promise<JudgedPlace> {
  const fetched = isUrl(place) ? await download(place, { limit }) : undefined;
  try {
    const path = fetched?.path ?? place;
    const options = await audit.of([path]);
    const stored = 'stored' in options ? options.stored : undefined;
    const judged = await judgeOne(path, { options, hashed: true, stored }, crew, io);
    const [fault] = judged.sha256 === null ? judged.facts.unreadable : [];
    const missing = fault && reasonOf(fault.code, fault.message);
    return { judged: { ...judged, name }, options, missing };
  } finally {
    await fetched?.remove();
  }
}

/**
 * The result of a judged file, as it is kept.
 *
 * @throws {DecodeError} `archive-result` for more octets than are kept.
 */
export function packJudged(judged: JudgedInput, conditions: AuditConditions, options: CrewAudit): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of packJudgedFile(conditions, judgedFileOf(judged, options))) {
    length += piece.length;
    if (length > MOST_KEPT) {
      const message = `a result of more than ${MOST_KEPT} octets`;
      throw new DecodeError('archive-result', message, { field: 'result' });
    }
    pieces.push(piece);
  }
  return concatOctets(pieces);
}
