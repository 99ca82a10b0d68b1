import type { Reason } from '../../node/archive/records.js';
import type { ArchiveServer } from '../../node/archive/server.js';
import type { Io } from '../shared/io.js';
import { formatCount, plural } from '../shared/text-table.js';

/** What a worker tells of its work. */
export type WorkEvent =
  /** It holds the file and judges it. */
  | { readonly type: 'held'; readonly job: string; readonly file: string; readonly tries: number }
  /** The result is kept. */
  | {
      readonly type: 'done';
      readonly job: string;
      readonly file: string;
      readonly octets: number;
      /** Files that it has judged since it began, and how many of them a second. */
      readonly files: number;
      readonly rate: number;
    }
  /** Another worker has kept the result before. */
  | { readonly type: 'known'; readonly job: string; readonly file: string }
  /** It could not be judged this time; another worker may try. */
  | ({
      readonly type: 'failed';
      readonly job: string;
      readonly file: string;
      readonly tries: number;
    } & Reason)
  /** It was given up; null for a message that is none of the job. */
  | ({
      readonly type: 'given-up';
      readonly job: string;
      readonly file: string | null;
      readonly tries: number;
    } & Reason)
  /** This worker cannot do the job. */
  | { readonly type: 'refused'; readonly job: string; readonly message: string };

/** A worker, as its jobs see it. */
export interface Worker {
  readonly worker: string;
  readonly threads: number;
  /** Octets of the largest file that it fetches. */
  readonly limit: number;
  readonly server: ArchiveServer;
  readonly io: Io;
  /** Then it takes no more, and leaves what it holds. */
  readonly stopped: AbortSignal;
  /** Counts a file that was judged: how many those are, and how many a second. */
  counted(): { readonly files: number; readonly rate: number };
  tell(event: WorkEvent): Promise<void>;
}

/** An event as a line for people. */
export function eventText(event: WorkEvent): string {
  const of = `job ${event.job}: `;
  switch (event.type) {
    case 'held':
      return `${of}holds ${event.file}${event.tries > 1 ? `, try ${event.tries}` : ''}`;
    case 'done':
      return `${of}judged ${event.file}; ${plural(event.files, 'file')}, ${rateText(event.rate)}`;
    case 'known':
      return `${of}${event.file} has its result already`;
    case 'failed':
      return `${of}try ${event.tries} of ${event.file} failed: ${event.message} (${event.code})`;
    case 'given-up':
      return `${of}gave up ${event.file ?? 'a message'}: ${event.message} (${event.code})`;
    case 'refused':
      return `${of}not for this worker: ${event.message}`;
  }
}

/** `3.2 files a second`, `12 files an hour`. */
export function rateText(perSecond: number): string {
  const [unit, times] =
    perSecond >= 1 ? ['a second', 1] : perSecond >= 1 / 60 ? ['a minute', 60] : ['an hour', 3600];
  const rate = perSecond * (times as number);
  return `${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} files ${unit}`;
}
