import { createHash } from 'node:crypto';

/** The name of the messages' form. */
export const ARCHIVE_SCHEMA = 'pathsec-archive-2';

/** The consumer that all workers of a job share. */
export const WORKERS = 'workers';

/** Subjects of the files of all jobs. */
export const ALL_FILES = 'pathsec.files.*.*';

const FILES = 'pathsec_files_';

/** What a job may be called: its name is part of the names of streams and subjects. */
export const JOB_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** How the streams and subjects of a job are called. */
export interface JobNames {
  readonly job: string;
  /** The stream of the files that wait or are held: each goes when it is acknowledged. */
  readonly files: string;
  /** The stream of what is kept: the job itself, results, what became of each file. */
  readonly kept: string;
  /** Everything that is kept. */
  readonly all: string;
  /** The job itself. */
  readonly itself: string;
  file(key: string): string;
  /** A piece of what is kept under its content. */
  piece(sha256: string, number: number | '*'): string;
  /** The result of a file. */
  done(key: string): string;
  /** Who holds a file, or held it last. */
  held(key: string): string;
  /** A file, or a message, that was given up. */
  lost(key: string): string;
}

/** The {@link JobNames} of a job. */
export function namesOf(job: string): JobNames {
  const kept = `pathsec.kept.${job}`;
  return {
    job,
    files: `${FILES}${job}`,
    kept: `pathsec_kept_${job}`,
    all: `${kept}.>`,
    itself: `${kept}.job`,
    file: (key) => `pathsec.files.${job}.${key}`,
    piece: (sha256, number) => `${kept}.piece.${sha256}.${number}`,
    done: (key) => `${kept}.done.${key}`,
    held: (key) => `${kept}.held.${key}`,
    lost: (key) => `${kept}.lost.${key}`,
  };
}

/** The job whose files are in a stream; undefined for other streams. */
export function jobOfStream(stream: string): string | undefined {
  const job = stream.startsWith(FILES) ? stream.slice(FILES.length) : '';
  return JOB_NAME.test(job) ? job : undefined;
}

/** The last token of a subject: the key of a file. */
export function keyOfSubject(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}

/** What stands for a file in subjects, in which its name cannot stand. */
export function keyOfFile(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
