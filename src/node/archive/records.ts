import { DecodeError } from '../../bytes/index.js';
import { ARCHIVE_SCHEMA } from './names.js';

// The small messages of a job: JSON of one object, a schema and members that are all known. They come from a server to which others
// can write, so each is looked at.

/** Octets of the longest of them: a name of 4,096 characters, escaped, takes a third. */
export const MOST_RECORD = 1 << 16;
/** Characters of the longest name of a file that a job takes. */
export const MOST_NAME = 4096;
/** Characters of a reason that are kept. */
const MOST_REASON = 1024;

/** Where something is kept in pieces, by its content. */
export interface Kept {
  readonly sha256: string;
  readonly octets: number;
  readonly pieces: number;
}

/** A file that waits. */
export interface FileRecord {
  readonly name: string;
}

/** Who worked on a file, and how many have begun with it, this one counted. */
interface Attempt {
  readonly name: string;
  readonly worker: string;
  readonly tries: number;
}

/** Why a file was not judged. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** The result of a file: `packJudgedFile` made it. */
export interface DoneRecord extends Attempt {
  readonly result: Kept;
}

/** Who holds a file; whoever failed or left it does so no more. */
export interface HeldRecord extends Attempt {
  readonly state: 'held' | 'failed' | 'left';
  /** Null while nothing failed. */
  readonly reason: Reason | null;
}

/** A file that was given up, or a message that is none of a job, which has the name null. */
export interface LostRecord extends Omit<Attempt, 'name'> {
  readonly name: string | null;
  readonly reason: Reason;
}

type Members = Readonly<Record<string, unknown>>;

/** The octets of a message. */
export function writeRecord(record: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ schema: ARCHIVE_SCHEMA, ...record }));
}

/** A {@link Reason} that is not too long to be kept. */
export function reasonOf(code: string, message: string): Reason {
  return { code: code.slice(0, 64), message: message.slice(0, MOST_REASON) };
}

/** @throws {DecodeError} `archive-message`. */
export function readKept(octets: Uint8Array): Kept {
  return keptOf(membersOf(octets, ['kept']).kept, 'kept');
}

/** @throws {DecodeError} `archive-message`. */
export function readFileRecord(octets: Uint8Array): FileRecord {
  return { name: nameOf(membersOf(octets, ['name'])) };
}

/** @throws {DecodeError} `archive-message`. */
export function readDone(octets: Uint8Array): DoneRecord {
  const members = membersOf(octets, ['name', 'worker', 'tries', 'result']);
  return { name: nameOf(members), ...attemptOf(members), result: keptOf(members.result, 'result') };
}

/** @throws {DecodeError} `archive-message`. */
export function readHeld(octets: Uint8Array): HeldRecord {
  const members = membersOf(octets, ['name', 'worker', 'tries', 'state', 'reason']);
  const state = (['held', 'failed', 'left'] as const).find((one) => one === members.state);
  if (state === undefined) throw wrong('state', 'one of held, failed, left');
  const reason = members.reason === null ? null : readReason(members.reason);
  return { name: nameOf(members), ...attemptOf(members), state, reason };
}

/** @throws {DecodeError} `archive-message`. */
export function readLost(octets: Uint8Array): LostRecord {
  const members = membersOf(octets, ['name', 'worker', 'tries', 'reason']);
  const name = members.name === null ? null : nameOf(members);
  return { name, ...attemptOf(members), reason: readReason(members.reason) };
}

/** The members of a message; `most` octets of it at the most. @throws {DecodeError} `archive-message`. */
export function membersOf(octets: Uint8Array, known: readonly string[], most = MOST_RECORD): Members {
  if (octets.length > most) throw wrong('message', `at most ${most} octets, but ${octets.length}`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets));
  } catch {
    throw wrong('message', 'JSON');
  }
  const { schema, ...members } = objectOf(value, 'message', ['schema', ...known]);
  if (schema !== ARCHIVE_SCHEMA) throw wrong('schema', ARCHIVE_SCHEMA);
  return members;
}

/** @throws {DecodeError} `archive-message`. */
export function objectOf(value: unknown, field: string, known: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'an object');
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw wrong(`${field}.${name.slice(0, 64)}`, `one of ${known.join(', ')}`);
  }
  return value as Members;
}

/** @throws {DecodeError} `archive-message`. */
export function textOf(value: unknown, field: string, most: number): string {
  if (typeof value === 'string' && value.length <= most) return value;
  throw wrong(field, `a text of at most ${most} characters`);
}

/** @throws {DecodeError} `archive-message`. */
export function numberOf(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(field, `a whole number in ${least}..${most}`);
}

/** The error of a message that is not what it should be. */
export function wrong(field: string, wanted: string): DecodeError {
  return new DecodeError('archive-message', `not ${wanted}`, { field });
}

const nameOf = ({ name }: Members): string => textOf(name, 'name', MOST_NAME);

function attemptOf({ worker, tries }: Members): Omit<Attempt, 'name'> {
  return { worker: textOf(worker, 'worker', 256), tries: numberOf(tries, 'tries', 0, 1_000_000) };
}

function readReason(value: unknown): Reason {
  const { code, message } = objectOf(value, 'reason', ['code', 'message']);
  return {
    code: textOf(code, 'reason.code', 64),
    message: textOf(message, 'reason.message', MOST_REASON),
  };
}

/** Octets of the largest thing that is kept in pieces. */
export const MOST_KEPT = 2 ** 30;

function keptOf(value: unknown, field: string): Kept {
  const { sha256, octets, pieces } = objectOf(value, field, ['sha256', 'octets', 'pieces']);
  const hash = textOf(sha256, `${field}.sha256`, 64);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw wrong(`${field}.sha256`, 'a SHA-256 of 64 hexadecimal digits');
  return {
    sha256: hash,
    octets: numberOf(octets, `${field}.octets`, 0, MOST_KEPT),
    pieces: numberOf(pieces, `${field}.pieces`, 0, MOST_KEPT),
  };
}
