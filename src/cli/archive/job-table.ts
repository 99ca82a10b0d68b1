import type { PeerReport } from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import { download } from '../../node/archive/download.js';
import { isUrl, type Job } from '../../node/archive/job.js';
import { prepareRoutesOut, type RoutesInput } from '../audit/routes-out.js';
import { nameOf } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import type { JobAudit } from './job-payloads.js';

/** A table of the routes of a job (docs/decisions/archives.md D-archive-table). */
export interface JobTable {
  /**
   * Reads the files that the report counts again, fetching those that have an address, and writes a row for each of their routes.
   *
   * @param counted the files by name, each with the SHA-256 of what was judged; null where nothing could be read.
   * @throws {CliError} for one that can no more be read, or is another one by now.
   */
  write(
    audit: JobAudit,
    counted: ReadonlyMap<string, string | null>,
    peers: readonly PeerReport[],
  ): Promise<void>;
}

/**
 * Prepares the table `--routes-out` of a job.
 *
 * @param limit octets of the largest file that is fetched.
 * @throws {CliError} as {@link prepareRoutesOut}.
 */
export async function prepareJobTable(file: string, job: Job, limit: number, io: Io): Promise<JobTable> {
  const places = [...job.files.values()].filter((place) => !isUrl(place));
  const table = await prepareRoutesOut(file, places, io);
  return {
    write: (audit, counted, peers) => {
      const files = [...job.files].flatMap(([name, place]) => {
        const sha256 = counted.get(name);
        return sha256 === undefined ? [] : [{ name, place, sha256 }];
      });
      return table.write(inputsOf(files, audit, limit), peers);
    },
  };
}

interface CountedFile {
  readonly name: string;
  readonly place: string;
  readonly sha256: string | null;
}

/** The files one by one; one that was fetched is removed when the next is asked for. */
async function* inputsOf(
  files: Iterable<CountedFile>,
  audit: JobAudit,
  limit: number,
): AsyncGenerator<RoutesInput> {
  for (const { name, place, sha256 } of files) {
    try {
      const fetched = isUrl(place) ? await download(place, { limit }) : undefined;
      try {
        const path = fetched?.path ?? place;
        yield { files: [path], options: await audit.of([path]), judged: { name, sha256 } };
      } finally {
        await fetched?.remove();
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new CliError(`${nameOf(name)}: ${error.message} (${error.code})`);
    }
  }
}
