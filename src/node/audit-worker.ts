import { parentPort, workerData } from 'node:worker_threads';
import { createAspaTable } from '../aspa/index.js';
import { type Audit, createAudit } from '../audit/index.js';
import { openVrpStore } from '../payload/index.js';
import { createMrtReader, plainSummary } from '../routes/index.js';
import {
  type AuditAnswers,
  type AuditSetup,
  type AuditWork,
  type FileWork,
  memoryOf,
  type PieceWork,
} from './audit-work.js';
import { createContentHash } from './content-hash.js';
import { openInput } from './input-open.js';
import { readRoutes } from './input-routes.js';
import { readably } from './system-error.js';

// The program of a thread of `createAuditCrew`: files and pieces in, what was gathered of them out. Verdicts of ASPA are
// for who has all parts, so that the thread needs no ASPAs.

const { vrps, maxInvalidOrigins, seed }: AuditSetup = workerData;
const reading = { reuse: true, ...(seed === undefined ? {} : { seed }) };
const options = {
  aspa: createAspaTable([]),
  rov: openVrpStore(vrps),
  ...(maxInvalidOrigins === undefined ? {} : { maxInvalidOrigins }),
  ...(seed === undefined ? {} : { seed }),
};
/** Of the pieces that came since the last were collected. */
let pieces: Audit | undefined;

async function judgeFile({ path, hashed }: FileWork): Promise<AuditAnswers['file']> {
  const audit = createAudit(options);
  const content = hashed ? createContentHash() : undefined;
  const open = (file: string) => readably(openInput(file, undefined, content?.through));
  const [input] = await readRoutes([path], audit.add, reading, undefined, open);
  if (input === undefined) throw new TypeError('one file was read');
  return { summary: plainSummary(input.summary), part: audit.part(), sha256: await content?.of(path) };
}

function judgePiece({ octets, from }: PieceWork): AuditAnswers['piece'] {
  pieces ??= createAudit(options);
  const reader = createMrtReader(pieces.add, { ...reading, from });
  reader.push(octets);
  reader.end();
  return plainSummary(reader.summary);
}

parentPort?.on('message', async (work: AuditWork) => {
  if (work.kind === 'file') {
    const judged = await judgeFile(work);
    parentPort?.postMessage(judged, memoryOf(judged.part));
  } else if (work.kind === 'piece') parentPort?.postMessage(judgePiece(work));
  else {
    const part = (pieces ?? createAudit(options)).part();
    pieces = undefined;
    parentPort?.postMessage(part, memoryOf(part));
  }
});
