import { parentPort, workerData } from 'node:worker_threads';
import { createAudit, judgedFileOf } from '../audit/index.js';
import { DecodeError } from '../bytes/index.js';
import { openVrpStore } from '../payload/index.js';
import { plainSummary } from '../routes/index.js';
import { packResult } from './archive/packed-result.js';
import { openAspas } from './aspa-words.js';
import { judgePiece } from './audit-piece.js';
import {
  type AuditAnswers,
  type AuditSetup,
  type AuditWork,
  type FileWork,
  memoryOf,
  memoryOfJudged,
} from './audit-work.js';
import { createContentHash } from './content-hash.js';
import { inputFacts } from './input-facts.js';
import { openInput } from './input-open.js';
import { readRoutes } from './input-routes.js';
import { openTimeline } from './payload-timeline.js';
import { readably } from './system-error.js';

// The program of a thread of `createAuditCrew`: files and pieces in, what was gathered of them out. Verdicts of ASPA are
// for who has all parts: a thread that does not pack what it gathers needs no ASPAs.

const { payloads, aspas = new Uint32Array(0), maxInvalidOrigins, seed }: AuditSetup = workerData;
const reading = { reuse: true, ...(seed === undefined ? {} : { seed }) };
const options = {
  ...('sets' in payloads
    ? { timeline: openTimeline(payloads, seed) }
    : { aspa: openAspas(aspas, seed), rov: openVrpStore(payloads) }),
  ...(maxInvalidOrigins === undefined ? {} : { maxInvalidOrigins }),
  ...(seed === undefined ? {} : { seed }),
};
/** Of all that was judged since the last was collected, but for files that have a part of their own. */
let gathered = createAudit(options);

async function judgeFile({
  path,
  hashed,
  own,
  stored,
  packed: wanted,
}: FileWork): Promise<AuditAnswers['file']> {
  const of = stored === undefined ? options : { ...options, timeline: openTimeline(stored, seed) };
  const audit = own ? createAudit(of) : gathered;
  const content = hashed ? createContentHash() : undefined;
  const open = (file: string) => readably(openInput(file, undefined, content?.through));
  const [input] = await readRoutes([path], audit.add, reading, undefined, open);
  if (input === undefined) throw new TypeError('one file was read');
  const sha256 = await content?.of(path);
  const summary = plainSummary(input.summary);
  const part = own ? audit.part() : undefined;
  const isWhole = summary.usable > 0 && typeof sha256 === 'string';
  if (wanted === undefined || part === undefined || !isWhole)
    return { summary, part, packed: undefined, sha256 };
  const { name, conditions } = wanted;
  try {
    const judged = judgedFileOf({ name, sha256, facts: inputFacts([input]), part }, of);
    return { summary, part: undefined, packed: packResult(conditions, judged), sha256 };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { summary, part, packed: undefined, sha256 };
  }
}

parentPort?.on('message', async (work: AuditWork) => {
  if (work.kind === 'file') {
    const judged = await judgeFile(work);
    parentPort?.postMessage(judged, memoryOfJudged(judged));
  } else if (work.kind === 'piece') parentPort?.postMessage(judgePiece(work, gathered, seed));
  else {
    const part = gathered.part();
    gathered = createAudit(options);
    parentPort?.postMessage(part, memoryOf(part));
  }
});
