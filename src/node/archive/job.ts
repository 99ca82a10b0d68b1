import { type AuditConditions, createPartialReader, PARTIAL_SCHEMA } from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import { fetchKept, keep } from './kept.js';
import { type JobNames, keyOfFile } from './names.js';
import { MOST_NAME, membersOf, numberOf, objectOf, readKept, textOf, writeRecord, wrong } from './records.js';
import type { ArchiveServer } from './server.js';
import { readSpoolState, type SpoolState } from './spool-state.js';

/** Where a worker finds the payloads: options of audit, files by their absolute paths. */
export interface JobPayloads {
  readonly rpki: readonly string[];
  readonly slurm: readonly string[];
  readonly now: number | null;
  readonly strict: boolean;
  readonly rpkiAt: number | 'routes' | null;
  readonly spool: string | null;
  /** The vantage point of the spool whose CCRs alone count. */
  readonly node: string | null;
  /** Of the spool when the job was handed in, for `routes`. */
  readonly state: SpoolState | null;
}

/** A job: files that are to be judged under the same conditions. */
export interface Job {
  readonly payloads: JobPayloads;
  readonly conditions: AuditConditions;
  /** Workers that may fail with a file before it is given up. */
  readonly tries: number;
  /** Seconds that a worker may be silent before its file goes to another. */
  readonly patience: number;
  /** The files by their names, as they are in reports, and where workers find each: a path, or an address of the web. */
  readonly files: ReadonlyMap<string, string>;
}

/** A job as it is kept, with the number by which its next form replaces it. */
export interface StoredJob {
  readonly job: Job;
  readonly sequence: number;
  /** Of its octets: another one is another job. */
  readonly sha256: string;
}

/** Files of a job. */
export const MOST_FILES = 1_000_000;
/** Octets of a job, unpacked. */
const MOST_JOB = 1 << 29;
/** Sources of payloads, and files of exceptions. */
const MOST_SOURCES = 1024;

/** What `--tries` and `--patience` may be. */
export const JOB_LIMITS = { tries: { least: 1, most: 100 }, patience: { least: 1, most: 86_400 } } as const;

/** Keeps a job, unless another one replaced the one that was read; whether it did. */
export async function storeJob(
  server: ArchiveServer,
  names: JobNames,
  job: Job,
  sequence: number,
): Promise<boolean> {
  const kept = await keep(server, names, writeJob(job));
  return server.replace(names.itself, writeRecord({ kept }), sequence);
}

/**
 * The job of that name; undefined where there is none.
 *
 * @throws {DecodeError} `archive-message`, `archive-result`, and as partial reports for conditions of another version.
 */
export async function loadJob(server: ArchiveServer, names: JobNames): Promise<StoredJob | undefined> {
  const found = await server.get(names, names.itself);
  if (found === undefined) return undefined;
  const { octets, sequence } = found;
  const kept = readKept(octets);
  return { job: readJob(await fetchKept(server, names, kept)), sequence, sha256: kept.sha256 };
}

/** The octets of a job. */
export function writeJob({ files, ...job }: Job): Uint8Array {
  return writeRecord({ ...job, files: [...files] });
}

const MEMBERS = [
  'payloads',
  'conditions',
  'tries',
  'patience',
  'files',
] as const satisfies readonly (keyof Job)[];

/** @throws {DecodeError} `archive-message`, and as partial reports for conditions that cannot be read. */
export function readJob(octets: Uint8Array): Job {
  const members = membersOf(octets, MEMBERS, MOST_JOB);
  const { tries, patience } = JOB_LIMITS;
  const payloads = payloadsOf(members.payloads);
  const conditions = conditionsOf(members.conditions);
  const timed = payloads.rpkiAt === 'routes';
  if ((conditions.vrps === null) !== timed || (payloads.state === null) === timed)
    throw wrong('payloads', 'the payloads of the conditions');
  if (timed && payloads.spool === null) throw wrong('payloads.spool', 'a folder');
  return {
    payloads,
    conditions,
    tries: numberOf(members.tries, 'tries', tries.least, tries.most),
    patience: numberOf(members.patience, 'patience', patience.least, patience.most),
    files: filesOf(members.files),
  };
}

const PAYLOADS = [
  'rpki',
  'slurm',
  'now',
  'strict',
  'rpkiAt',
  'spool',
  'node',
  'state',
] as const satisfies readonly (keyof JobPayloads)[];

function payloadsOf(value: unknown): JobPayloads {
  const { rpki, slurm, now, strict, rpkiAt, spool, node, state } = objectOf(value, 'payloads', PAYLOADS);
  if (typeof strict !== 'boolean') throw wrong('payloads.strict', 'true or false');
  return {
    rpki: textsOf(rpki, 'payloads.rpki'),
    slurm: textsOf(slurm, 'payloads.slurm'),
    now: now === null ? null : numberOf(now, 'payloads.now', 0, Number.MAX_SAFE_INTEGER),
    strict,
    rpkiAt:
      rpkiAt === null || rpkiAt === 'routes'
        ? rpkiAt
        : numberOf(rpkiAt, 'payloads.rpkiAt', 0, Number.MAX_SAFE_INTEGER),
    spool: spool === null ? null : textOf(spool, 'payloads.spool', MOST_NAME),
    node: node === null ? null : textOf(node, 'payloads.node', MOST_NAME),
    state: state === null ? null : readSpoolState(state),
  };
}

function textsOf(value: unknown, field: string): string[] {
  if (!Array.isArray(value) || value.length > MOST_SOURCES)
    throw wrong(field, `a list of at most ${MOST_SOURCES}`);
  return value.map((text) => textOf(text, field, MOST_NAME));
}

/** The conditions, read as those of a partial report are. */
function conditionsOf(value: unknown): AuditConditions {
  let conditions: AuditConditions | undefined;
  const onConditions = (read: AuditConditions): void => {
    conditions = read;
  };
  createPartialReader({ onConditions, onFile: () => {} }).push(
    JSON.stringify({ schema: PARTIAL_SCHEMA, conditions: value }),
  );
  if (conditions === undefined) throw wrong('conditions', 'conditions of an audit');
  return conditions;
}

function filesOf(value: unknown): Map<string, string> {
  if (!Array.isArray(value) || value.length > MOST_FILES)
    throw wrong('files', `a list of at most ${MOST_FILES}`);
  const files = new Map<string, string>();
  const keys = new Set<string>();
  for (const entry of value) {
    if (!Array.isArray(entry) || entry.length !== 2) throw wrong('files', 'pairs of a name and a place');
    const name = textOf(entry[0], 'files', MOST_NAME);
    files.set(name, textOf(entry[1], 'files', MOST_NAME));
    keys.add(keyOfFile(name));
  }
  if (keys.size !== value.length) throw wrong('files', 'names that differ');
  return files;
}

/** An address of the web, which workers fetch. */
export function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** @throws {DecodeError} `archive-message` for a name that is too long. */
export function checkName(name: string): string {
  if (name.length <= MOST_NAME) return name;
  throw new DecodeError('archive-message', `a name of more than ${MOST_NAME} characters`, { field: 'name' });
}
