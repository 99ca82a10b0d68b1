import { stat } from 'node:fs/promises';
import {
  type AuditOptions,
  type AuditPart,
  createAudit,
  type InputFacts,
  type JudgedFile,
} from '../../audit/index.js';
import { type AuditCrew, createAuditCrew, ThreadEnded } from '../../node/audit-crew.js';
import { createContentHash } from '../../node/content-hash.js';
import { isRibDump } from '../../routes/index.js';
import { beginningOf, type Peeked } from '../../unpack/index.js';
import { openChunks } from '../shared/input.js';
import { notRoutes } from '../shared/input-kind.js';
import { CliError, type Io } from '../shared/io.js';
import { peek } from '../shared/peek.js';
import { createProgress, type Progress } from '../shared/progress.js';
import { inputFacts, openRoutes, type RouteFile, readRouteFiles } from '../shared/route-files.js';

/** What came of one input. */
export interface JudgedInput {
  readonly name: string;
  readonly facts: Required<InputFacts>;
  /** In no order; together they are all that was gathered. */
  readonly parts: readonly AuditPart[];
  /** Null where the file could not be opened; undefined where nobody asked for it. */
  readonly sha256: JudgedFile['sha256'] | undefined;
}

/** How inputs are judged. */
export interface Judging {
  readonly options: AuditOptions;
  /** The content is to be hashed. */
  readonly hashed: boolean;
  /** Threads; 1 judges in the thread of the command. */
  readonly jobs: number;
}

/** Inputs that are under way or wait for those before them, for each thread. */
const WINDOW = 2;

/** The inputs one by one, each judged by itself, in their order. */
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
  const crew = createAuditCrew(judging.options, { size: jobs });
  const progress = await createProgress(io);
  try {
    yield* judgeByCrew(inputs, judging, crew, progress, io);
  } catch (error) {
    throw error instanceof ThreadEnded ? new CliError(error.message) : error;
  } finally {
    progress?.stop();
    await crew.close();
  }
}

/**
 * Whole files go to threads, as many as there are; where files are fewer than threads, dumps that can be cut are judged by
 * all threads, one dump after the other.
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
  for (const name of inputs) {
    const kind = await kindOf(name, io);
    if (kind === 'dump' && inputs.length < judging.jobs) {
      while (pending.length > 0) yield await (pending.shift() as Promise<JudgedInput>);
      yield told(await judgeCut(name, judging, crew, io));
      continue;
    }
    const judged =
      kind === 'other' ? judgeHere(name, judging, io) : judgeInThread(name, judging, crew, io).then(told);
    judged.catch(() => {}); // looked at in its turn
    pending.push(judged);
    if (pending.length >= WINDOW * judging.jobs) yield await (pending.shift() as Promise<JudgedInput>);
  }
  while (pending.length > 0) yield await (pending.shift() as Promise<JudgedInput>);
}

/** One input by one thread; what is nothing for a thread is read here. */
export async function judgeOne(
  name: string,
  judging: Omit<Judging, 'jobs'>,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput> {
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
  { options, hashed }: Omit<Judging, 'jobs'>,
  io: Io,
): Promise<JudgedInput> {
  const audit = createAudit(options);
  const content = hashed ? createContentHash() : undefined;
  const read = await readRouteFiles([name], io, audit.add, { through: content?.through });
  const sha256 = await content?.of(name);
  return { name, facts: inputFacts(read), parts: [audit.part()], sha256 };
}

async function judgeInThread(
  name: string,
  { hashed }: Omit<Judging, 'jobs'>,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput & { readonly read: RouteFile }> {
  const { summary, part, sha256 } = await crew.judgeFile(name, hashed);
  let read: RouteFile = { path: name, summary };
  // How it begins is said of an input without a record alone.
  if (summary.usable === 0) read = { ...read, begins: await beginningOfFile(name, io) };
  return { name, read, facts: inputFacts([read]), parts: [part], sha256 };
}

async function beginningOfFile(name: string, io: Io): Promise<string | undefined> {
  const { head, close } = await peek(openChunks(name, io));
  await close();
  return beginningOf(head);
}

async function judgeCut(
  name: string,
  { hashed }: Judging,
  crew: AuditCrew,
  io: Io,
): Promise<JudgedInput & { readonly read: RouteFile }> {
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
  const { summary, parts } = await crew.judgeRib(chunks);
  const read = { path: name, summary, begins };
  return { name, read, facts: inputFacts([read]), parts, sha256: await content?.of(name) };
}

/** Octets of all files from which on threads are worth their start, where nobody said how many. */
const WORTH_IT = 1 << 23;

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
