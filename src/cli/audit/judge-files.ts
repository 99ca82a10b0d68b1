import { stat } from 'node:fs/promises';
import {
  type Audit,
  type AuditPart,
  createAudit,
  emptyPart,
  type InputFacts,
  type JudgedFile,
} from '../../audit/index.js';
import { type AuditCrew, type CrewAudit, createAuditCrew } from '../../node/audit-crew.js';
import { ThreadEnded } from '../../node/audit-threads.js';
import type { FileWork } from '../../node/audit-work.js';
import { createContentHash } from '../../node/content-hash.js';
import { inputFacts, type RouteFile } from '../../node/input-facts.js';
import type { StoredTimeline } from '../../node/payload-timeline.js';
import { isRibDump } from '../../routes/index.js';
import { beginningOf, type Peeked } from '../../unpack/index.js';
import { openChunks } from '../shared/input.js';
import { notRoutes } from '../shared/input-kind.js';
import { CliError, type Io } from '../shared/io.js';
import { peek } from '../shared/peek.js';
import { createProgress, type Progress } from '../shared/progress.js';
import { openRoutes, readRouteFiles } from '../shared/route-files.js';

/** What came of one input. */
export interface JudgedInput {
  readonly name: string;
  readonly facts: Required<InputFacts>;
  /** What was gathered of it; empty where all inputs are judged into one audit. */
  readonly part: AuditPart;
  /** Null where the file could not be opened; undefined where nobody asked for it. */
  readonly sha256: JudgedFile['sha256'] | undefined;
}

/** How inputs are judged. */
export interface Judging {
  readonly options: CrewAudit;
  /** The content is to be hashed. */
  readonly hashed: boolean;
  /** Threads that judge; the one of the command is one of them. */
  readonly jobs: number;
  /** The payloads of the times of this one input, of which a crew for many was not told. */
  readonly stored?: StoredTimeline | undefined;
  /** What threads pack, as `FileWork` has it. */
  readonly packed?: FileWork['packed'];
  /** Takes what is gathered of all inputs; absent where each is to have a part of its own. */
  readonly into?: Audit;
}

/** Inputs that are under way or wait for those before them, for each thread. */
const WINDOW = 2;

/** The inputs one by one, in their order; what they are judged into is whole behind the last. */
export async function* judgeFiles(
  inputs: readonly string[],
  judging: Judging,
  io: Io,
): AsyncGenerator<JudgedInput> {
  const [only = ''] = inputs;
  const jobs = inputs.length === 1 && (await kindOf(only, io)) !== 'dump' ? 1 : judging.jobs;
  if (jobs === 1) {
    for (const name of inputs) yield await judgeHere(name, judging, io);
    return;
  }
  const crew = createAuditCrew(judging.options, { size: jobs - 1 });
  const progress = await createProgress(io);
  try {
    yield* judgeByCrew(inputs, judging, crew, progress, io);
    if (judging.into) await crew.collect(judging.into);
  } catch (error) {
    throw error instanceof ThreadEnded ? new CliError(error.message) : error;
  } finally {
    progress?.stop();
    await crew.close();
  }
}

/**
 * Whole files go to threads that have nothing to do, and one at a time is judged here; where files are fewer than threads, dumps
 * that can be cut are judged by all of them, one dump after the other.
 */
async function* judgeByCrew(
  inputs: readonly string[],
  judging: Judging,
  crew: AuditCrew,
  progress: Progress | undefined,
  io: Io,
): AsyncGenerator<JudgedInput> {
  const pending: Promise<JudgedInput>[] = [];
  const told = (judged: JudgedInput & { readonly read?: RouteFile | undefined }): JudgedInput => {
    if (judged.read) progress?.update(judged.read);
    return judged;
  };
  let here: Promise<void> | undefined;
  const judgeNow = (name: string): Promise<JudgedInput> => {
    const judged = judgeHere(name, judging, io, progress);
    const done = (): void => {
      if (here === ended) here = undefined;
    };
    const ended: Promise<void> = judged.then(done, done);
    here = ended;
    return judged;
  };
  for (const name of inputs) {
    const kind = await kindOf(name, io);
    if (kind === 'dump' && inputs.length < judging.jobs) {
      while (pending.length > 0) yield await (pending.shift() as Promise<JudgedInput>);
      yield told(await judgeCut(name, judging, crew, io));
      continue;
    }
    while (kind !== 'other' && here !== undefined && !crew.idle) await Promise.race([here, crew.answer()]);
    const judged =
      kind !== 'other' && crew.idle ? judgeInThread(name, judging, crew, io).then(told) : judgeNow(name);
    judged.catch(() => {}); // looked at in its turn
    pending.push(judged);
    if (pending.length >= WINDOW * judging.jobs) yield await (pending.shift() as Promise<JudgedInput>);
  }
  while (pending.length > 0) yield await (pending.shift() as Promise<JudgedInput>);
}

/** One input by one thread, packed where that is wanted and can be; what is nothing for a thread is read here. */
export async function judgeOne(
  name: string,
  judging: Omit<Judging, 'jobs'>,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput & { readonly packed?: Uint8Array | undefined }> {
  return (await kindOf(name, io)) === 'other'
    ? judgeHere(name, judging, io)
    : judgeInThread(name, judging, crew, io);
}

/** What can be done with an input: a dump that can be cut, another file of routes, or something to be read here. */
async function kindOf(name: string, io: Io): Promise<'dump' | 'file' | 'other'> {
  if (name === '-') return 'other';
  let peeked: Peeked | undefined;
  try {
    if (!(await stat(name)).isFile()) return 'other'; // to look into a pipe would be to read it
    peeked = await peek(openChunks(name, io));
    if (notRoutes(peeked.head) !== undefined) return 'other';
    return isRibDump(peeked.head) ? 'dump' : 'file';
  } catch {
    return 'other'; // the reader says what is wrong with it
  } finally {
    await peeked?.close();
  }
}

async function judgeHere(
  name: string,
  { options, hashed, into }: Omit<Judging, 'jobs'>,
  io: Io,
  shown?: Progress,
): Promise<JudgedInput> {
  const audit = into ?? createAudit(options);
  const content = hashed ? createContentHash() : undefined;
  const read = await readRouteFiles([name], io, audit.add, { through: content?.through, shown });
  const sha256 = await content?.of(name);
  return { name, facts: inputFacts(read), part: into ? emptyPart() : audit.part(), sha256 };
}

async function judgeInThread(
  name: string,
  { hashed, into, stored, packed: wanted }: Omit<Judging, 'jobs'>,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput & { readonly read: RouteFile; readonly packed: Uint8Array | undefined }> {
  const asked = { ...(stored && { stored }), ...(wanted && { packed: wanted }) };
  const work = { path: name, hashed, own: into === undefined, ...asked };
  const { summary, part = emptyPart(), packed, sha256 } = await crew.judgeFile(work);
  let read: RouteFile = { path: name, summary };
  // How it begins is said of an input without a record alone.
  if (summary.usable === 0) read = { ...read, begins: await beginningOfFile(name, io) };
  return { name, read, facts: inputFacts([read]), part, packed, sha256 };
}

async function beginningOfFile(name: string, io: Io): Promise<string | undefined> {
  const { head, close } = await peek(openChunks(name, io));
  await close();
  return beginningOf(head);
}

async function judgeCut(
  name: string,
  { options, hashed, into }: Judging,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput & { readonly read: RouteFile }> {
  const audit = into ?? createAudit(options);
  const content = hashed ? createContentHash() : undefined;
  let begins: string | undefined;
  const chunks = openRoutes(
    name,
    io,
    (head) => {
      begins = beginningOf(head);
    },
    content?.through,
  );
  const read = { path: name, summary: await crew.judgeRib(chunks, audit), begins };
  if (into === undefined) await crew.collect(audit);
  const sha256 = await content?.of(name);
  return { name, read, facts: inputFacts([read]), part: into ? emptyPart() : audit.part(), sha256 };
}

/** Octets of all files from which on threads are worth their start (docs/decisions/audit.md D-audit-threads). */
const WORTH_IT = 1 << 24;

/** The number of threads: what was said, or one for each core where there is enough work. */
export async function jobsFor(
  inputs: readonly string[],
  said: number | undefined,
  cores: number,
): Promise<number> {
  if (said !== undefined) return said;
  if (cores === 1) return 1;
  let octets = 0;
  for (const name of inputs) {
    const found = name === '-' ? undefined : await stat(name).catch(() => undefined);
    octets += found?.isFile() ? found.size : 0;
    if (octets >= WORTH_IT) return cores;
  }
  return 1;
}
