import { DecodeError } from '../../bytes/index.js';
import { type Job, loadJob } from '../../node/archive/job.js';
import { keep } from '../../node/archive/kept.js';
import { type JobNames, keyOfFile } from '../../node/archive/names.js';
import {
  type HeldRecord,
  type Reason,
  readFileRecord,
  readHeld,
  reasonOf,
  writeRecord,
} from '../../node/archive/records.js';
import type { Delivery } from '../../node/archive/server.js';
import type { AuditCrew } from '../../node/audit-crew.js';
import { ThreadEnded } from '../../node/audit-threads.js';
import type { Crews } from './crews.js';
import type { Worker } from './events.js';
import type { JobAudit } from './job-payloads.js';
import { judgePlace } from './judge-file.js';

/** What an attempt needs to know. */
export interface AttemptContext extends Worker {
  readonly names: JobNames;
  /** The job as it was last read; files may be added to it. */
  job: Job;
  readonly audit: JobAudit;
  readonly crews: Crews;
}

/** A delivery that is a file of the job which no result is known of. */
export interface Taken {
  readonly name: string;
  readonly place: string;
  readonly key: string;
  readonly tries: number;
}

/** Milliseconds before a file that failed goes to another worker. */
const PAUSE = 1000;

/**
 * Looks at what the server gave, and says there who holds it now; undefined where nothing is left to do: it is no file of the job, has
 * its result, or was tried too often (docs/decisions/archives.md D-archive-tries).
 */
export async function takeFile(context: AttemptContext, delivery: Delivery): Promise<Taken | undefined> {
  const { server, names, worker, tell } = context;
  const found = await fileOf(context, delivery);
  if (typeof found === 'string') {
    const reason = reasonOf('archive-message', found);
    const lost = { name: null, worker, tries: 0, reason };
    await server.put(names.lost(`message-${delivery.sequence}`), writeRecord(lost));
    await delivery.done();
    await tell({ type: 'given-up', job: names.job, file: null, tries: 0, ...reason });
    return undefined;
  }
  const { name, key } = found;
  const before = await lastAttempt(context, key);
  if (before !== undefined && (await server.get(names, names.done(key))) !== undefined) {
    await delivery.done();
    await tell({ type: 'known', job: names.job, file: name });
    return undefined;
  }
  const begun = before === undefined ? 0 : before.tries - (before.state === 'left' ? 1 : 0);
  if (before !== undefined && begun >= context.job.tries) {
    const silent = `worker ${before.worker} took it and was not heard of again`;
    await giveUp(context, found, begun, before.reason ?? reasonOf('archive-silent', silent));
    await delivery.done();
    return undefined;
  }
  const tries = begun + 1;
  await hold(context, { name, worker, tries, state: 'held', reason: null });
  await tell({ type: 'held', job: names.job, file: name, tries });
  return { ...found, tries };
}

/** Judges a file and gives the thread back; what is left to do with the result is returned. */
export async function judgeTaken(
  context: AttemptContext,
  taken: Taken,
  delivery: Delivery,
  crew: AuditCrew,
): Promise<() => Promise<void>> {
  const { audit, limit, io, crews } = context;
  const { name, place } = taken;
  try {
    const { conditions } = context.job;
    const { pack, missing } = await judgePlace(name, place, audit, conditions, crew, limit, io);
    await crews.give(crew);
    const store = (): Promise<void> => storeResult(context, taken, pack);
    if (missing !== undefined) return () => fail(context, taken, delivery, missing, store);
    return async () => {
      try {
        await store();
      } catch (error) {
        await fail(context, taken, delivery, reasonFor(error));
        return;
      }
      await delivery.done();
    };
  } catch (error) {
    await crews.give(crew, error);
    const reason = reasonFor(error);
    return () => fail(context, taken, delivery, reason);
  }
}

/** Says that this worker holds the file no longer, and did nothing to it. */
export async function leave(
  { server, names, worker }: AttemptContext,
  taken: Taken,
  delivery: Delivery,
): Promise<void> {
  const { name, tries, key } = taken;
  await server.put(names.held(key), writeRecord({ name, worker, tries, state: 'left', reason: null }));
  delivery.giveBack(0);
}

/** A file of the job; or why the message is none (docs/decisions/archives.md D-archive-foreign-messages). */
async function fileOf(
  context: AttemptContext,
  { octets, subject }: Delivery,
): Promise<Omit<Taken, 'tries'> | string> {
  const { server, names } = context;
  let name: string;
  try {
    name = readFileRecord(octets).name;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return error.message;
  }
  const key = keyOfFile(name);
  if (subject !== names.file(key)) return 'a file under the subject of another';
  if (!context.job.files.has(name)) context.job = (await loadJob(server, names))?.job ?? context.job;
  const place = context.job.files.get(name);
  return place === undefined ? `${name.slice(0, 256)} is no file of the job` : { name, place, key };
}

async function lastAttempt({ server, names }: AttemptContext, key: string): Promise<HeldRecord | undefined> {
  const found = await server.get(names, names.held(key));
  return found === undefined ? undefined : readHeld(found.octets);
}

async function hold({ server, names }: AttemptContext, record: HeldRecord): Promise<void> {
  await server.put(names.held(keyOfFile(record.name)), writeRecord(record));
}

async function storeResult(context: AttemptContext, taken: Taken, pack: () => Uint8Array): Promise<void> {
  const { server, names, worker, tell } = context;
  const { name, key, tries } = taken;
  const octets = pack();
  const result = await keep(server, names, octets);
  // The first result counts, whoever else judged the file (docs/decisions/archives.md D-archive-once).
  const first = await server.replace(names.done(key), writeRecord({ name, worker, tries, result }), 0);
  if (first)
    await tell({ type: 'done', job: names.job, file: name, octets: octets.length, ...context.counted() });
  else await tell({ type: 'known', job: names.job, file: name });
}

/** Notes a failure; after the last try the file is given up, with the result that says so where there is one. */
async function fail(
  context: AttemptContext,
  taken: Taken,
  delivery: Delivery,
  reason: Reason,
  store?: () => Promise<void>,
): Promise<void> {
  const { names, worker, tell } = context;
  const { name, tries } = taken;
  await hold(context, { name, worker, tries, state: 'failed', reason });
  if (tries < context.job.tries) {
    await tell({ type: 'failed', job: names.job, file: name, tries, ...reason });
    delivery.giveBack(PAUSE);
    return;
  }
  await store?.();
  await giveUp(context, taken, tries, reason);
  await delivery.done();
}

async function giveUp(
  { server, names, worker, tell }: AttemptContext,
  { name, key }: Omit<Taken, 'tries'>,
  tries: number,
  reason: Reason,
): Promise<void> {
  await server.put(names.lost(key), writeRecord({ name, worker, tries, reason }));
  await tell({ type: 'given-up', job: names.job, file: name, tries, ...reason });
}

/** @throws what is no fault of a file. */
function reasonFor(error: unknown): Reason {
  if (error instanceof DecodeError) return reasonOf(error.code, error.message);
  if (error instanceof ThreadEnded) return reasonOf('archive-thread', error.message);
  throw error;
}
