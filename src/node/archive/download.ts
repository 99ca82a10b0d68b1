import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecodeError } from '../../bytes/index.js';
import { errorText } from './faults.js';

/** A file that was fetched, until it is removed. */
export interface Download {
  readonly path: string;
  remove(): Promise<void>;
}

/** How patient the fetching is. */
export interface DownloadOptions {
  /** Octets of the largest file that is fetched. */
  readonly limit: number;
  /** Times that it is begun or resumed; default 5. */
  readonly tries?: number;
  /** Milliseconds before the second time, doubled for each further one; default 500. */
  readonly pause?: number;
  /** Milliseconds without an octet after which a time is over; default 30,000. */
  readonly silence?: number;
}

/**
 * Fetches a file by HTTP into a folder of its own. What breaks off is resumed where it broke off (RFC 9110 §14.2), where the server
 * says that the file is still the same (§13.1.5); otherwise it is begun anew.
 *
 * @throws {DecodeError} `url-refused` for an answer that is no file, `url-too-long`, `url-unreachable` after the last time.
 */
export async function download(url: string, options: DownloadOptions): Promise<Download> {
  const { tries = 5, pause = 500, silence = 30_000, limit } = options;
  const folder = await mkdtemp(join(tmpdir(), 'pathsec-archive-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  try {
    const file = await open(path, 'w');
    try {
      const got: Got = { octets: 0, validator: undefined };
      for (let time = 1; ; time++) {
        const why = await fetchOnce(url, file, got, { limit, silence });
        if (why === undefined) break;
        if (time === tries) {
          throw new DecodeError('url-unreachable', `${why}, ${tries} times`, { field: 'url' });
        }
        await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (time - 1)));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}

/** How far it has come. */
interface Got {
  octets: number;
  /** What tells whether the file is still the same; undefined where the server said nothing that does. */
  validator: string | undefined;
}

/** Fetches what is missing; why not all of it came, undefined when it did. */
async function fetchOnce(
  url: string,
  file: FileHandle,
  got: Got,
  { limit, silence }: { readonly limit: number; readonly silence: number },
): Promise<string | undefined> {
  const abort = new AbortController();
  const watch = setTimeout(() => abort.abort(), silence);
  try {
    const response = await fetch(url, { headers: headersFor(got), signal: abort.signal });
    const refused = refusalOf(response.status);
    if (refused !== undefined) {
      await response.body?.cancel();
      if (response.status === 416) await restart(file, got); // what there is, is no beginning of it
      return refused;
    }
    const whole = await placeOf(response, file, got);
    if (whole !== undefined && whole > limit) throw tooLong(limit);
    for await (const chunk of response.body ?? []) {
      watch.refresh();
      const octets = chunk as Uint8Array;
      if (got.octets + octets.length > limit) throw tooLong(limit);
      await file.write(octets, 0, octets.length, got.octets);
      got.octets += octets.length;
    }
    return whole === undefined || whole === got.octets ? undefined : `${got.octets} of ${whole} octets came`;
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    if (abort.signal.aborted) return `nothing came for ${silence / 1000} s`;
    return errorText(error);
  } finally {
    clearTimeout(watch);
    abort.abort(); // what is still under way is not wanted
  }
}

function headersFor({ octets, validator }: Got): Record<string, string> {
  const plain = { 'accept-encoding': 'identity' }; // octets as they are stored: ranges and hashes are of these
  if (octets === 0 || validator === undefined) return plain;
  return { ...plain, range: `bytes=${octets}-`, 'if-range': validator };
}

/** Why an answer is no part of the file, where another may be one; undefined for one that is. @throws {DecodeError} */
function refusalOf(status: number): string | undefined {
  if (status === 200 || status === 206) return undefined;
  const again = status >= 500 || [408, 416, 425, 429].includes(status);
  if (again) return `the server answered ${status}`;
  throw refused(`the server answered ${status}`);
}

/** Finds where the octets of an answer belong; the length of the whole file, undefined where it is not told. */
async function placeOf(response: Response, file: FileHandle, got: Got): Promise<number | undefined> {
  const { headers, status } = response;
  const length = headers.get('content-length');
  if (status === 206) {
    const [, from, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
    if (Number(from) !== got.octets) throw refused('the server answered another part than was asked for');
    return whole === undefined || whole === '*' ? undefined : Number(whole);
  }
  await restart(file, got);
  got.validator = validatorOf(headers);
  return length === null ? undefined : Number(length);
}

async function restart(file: FileHandle, got: Got): Promise<void> {
  await file.truncate(0);
  got.octets = 0;
  got.validator = undefined;
}

/** A strong ETag, or else the time of the last change (RFC 9110 §13.1.5: a weak one does not do). */
function validatorOf(headers: Headers): string | undefined {
  const tag = headers.get('etag');
  if (tag !== null && !tag.startsWith('W/')) return tag;
  return headers.get('last-modified') ?? undefined;
}

function tooLong(limit: number): DecodeError {
  return new DecodeError('url-too-long', `more than ${limit} octets`, { field: 'url' });
}

function refused(message: string): DecodeError {
  return new DecodeError('url-refused', message, { field: 'url' });
}
