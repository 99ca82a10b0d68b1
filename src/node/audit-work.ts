import type { AuditConditions, AuditPart } from '../audit/index.js';
import type { SharedVrps } from '../payload/index.js';
import type { ReadFrom, ReadSummary } from '../routes/index.js';
import type { StoredTimeline } from './payload-timeline.js';

// What threads that judge files are told, and what they answer.

/** What a thread is told when it starts. */
export interface AuditSetup {
  /** All are judged by these, or each route by those of its time. */
  readonly payloads: SharedVrps | StoredTimeline;
  /** The ASPAs as `wordsOfAspas` has them, for threads that pack what they judge by the one set of payloads. */
  readonly aspas: Uint32Array | undefined;
  readonly maxInvalidOrigins: number | undefined;
  readonly seed: number | undefined;
}

/** A file to be judged. */
export interface FileWork {
  readonly kind: 'file';
  readonly path: string;
  /** The hash of its content is wanted. */
  readonly hashed: boolean;
  /** What is gathered of it is wanted by itself; else it is gathered together with what the thread judges beside. */
  readonly own: boolean;
  /** The payloads of its routes' times, where they are not those that the thread was told when it started; then `own` is true. */
  readonly stored?: StoredTimeline;
  /** What is gathered of it is wanted as the result that an archive keeps, under this name and with these conditions; then `own` is true. */
  readonly packed?: { readonly name: string; readonly conditions: AuditConditions };
}

/** A piece of a RIB dump to be judged. */
export interface PieceWork {
  readonly kind: 'piece';
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly from: ReadFrom;
}

/** What was gathered together since it was collected last is wanted. */
export interface CollectWork {
  readonly kind: 'collect';
}

export type AuditWork = FileWork | PieceWork | CollectWork;

/** What came of a file. */
export interface JudgedByThread {
  readonly summary: ReadSummary;
  /** Undefined where it was not wanted by itself, or was packed. */
  readonly part: AuditPart | undefined;
  /** The result where it was wanted so; undefined where that is for who asked to say: nothing was read, or it is too large. */
  readonly packed: Uint8Array | undefined;
  /** Null where the file could not be opened; undefined where it was not wanted. */
  readonly sha256: string | null | undefined;
}

/** The answer to each kind of work. */
export interface AuditAnswers {
  readonly file: JudgedByThread;
  readonly piece: ReadSummary;
  readonly collect: AuditPart;
}

/** The arrays of what was judged, which go to another thread without a copy. */
export function memoryOfJudged({ part, packed }: JudgedByThread): ArrayBuffer[] {
  if (packed !== undefined) return [packed.buffer as ArrayBuffer];
  return part === undefined ? [] : memoryOf(part);
}

/** The arrays of a part, which go to another thread without a copy. */
export function memoryOf(part: AuditPart): ArrayBuffer[] {
  return [part, ...(part.sets ?? [])].flatMap(({ asns, starts, rows }) =>
    [asns, starts, rows].map(({ buffer }) => buffer as ArrayBuffer),
  );
}
