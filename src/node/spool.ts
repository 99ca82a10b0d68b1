import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parser, ReadEntry } from 'tar';
import { concatOctets, DecodeError } from '../bytes/index.js';
import { decompress } from './unpack.js';

/** A CCR of a spool. */
export interface SpoolCcr {
  /** The archive that it stands in, and its name there. */
  readonly archive: string;
  readonly name: string;
  /** The time in its name, seconds since 1970 UTC. */
  readonly time: number;
  /** The vantage point in its name. */
  readonly node: string;
  readonly octets: Uint8Array;
}

/** What says of a CCR whether it is wanted: its time, in seconds since 1970 UTC, and its vantage point. */
export type WantedCcr = (time: number, node: string) => boolean;

/** `YYYYMMDD-rpkispool.tar.zst` (draft-snijders-rpkispool-format §3.2); which compression is told by content. */
const ARCHIVE = /^(\d{8})-rpkispool\.tar(?:\.[a-z0-9]+)?$/;
/** `YYYY/MM/DD/YYYYMMDDThhmmssZ-NODE.ccr`. */
const MEMBER = /(?:^|\/)(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([^/]+)\.ccr$/;
/** A CCR has the whole of a cache in it, 30 megabytes in 2026. */
const MAX_CCR = 1 << 29;

/** The rpkispool archives of a folder, by day. @throws the error of the operating system. */
export async function spoolArchives(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => ARCHIVE.test(name)).sort();
}

/**
 * The CCR of the folder's rpkispool archives whose time is the latest at or before `at`; undefined where there is none. An archive is read as a
 * stream to its end, for its members do not stand in the order of time: one CCR is held at a time, however large the spool is
 * (docs/decisions/rpki-files.md D-spool-time).
 *
 * @param at seconds since 1970 UTC.
 * @param node the vantage point whose CCRs alone are looked at; all when absent.
 * @throws {DecodeError} `spool-damaged`, and as `decompress`; the error of the operating system when a file cannot be read.
 */
export async function nearestCcr(folder: string, at: number, node?: string): Promise<SpoolCcr | undefined> {
  const day = new Date(at * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const archives = (await spoolArchives(folder)).filter((name) => name.slice(0, 8) <= day);
  let best: SpoolCcr | undefined;
  for (const archive of archives.reverse()) {
    // A day may have several archives, packed in different ways.
    if (best !== undefined && dayOfArchive(best.archive) !== dayOfArchive(archive)) break;
    const wanted = (time: number, of: string): boolean =>
      time <= at && time > (best?.time ?? Number.NEGATIVE_INFINITY) && (node ?? of) === of;
    await naming(archive, () =>
      readSpoolArchive(folder, archive, wanted, (ccr) => {
        best = ccr;
      }),
    );
  }
  return best;
}

/** Runs `read`; faults get the name of the archive as their place. */
async function naming(archive: string, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.code, error.message.replace(/^spool: /, ''), { field: archive });
  }
}

/** The day of an archive, in days since 1970. */
export function dayOfArchive(archive: string): number {
  const [year, month, day] = [archive.slice(0, 4), archive.slice(4, 6), archive.slice(6, 8)].map(Number);
  return Date.UTC(year as number, (month as number) - 1, day) / 86_400_000;
}

/**
 * The times of the CCRs of an archive, or of those of one vantage point, each once, ascending.
 *
 * @throws {DecodeError} as {@link nearestCcr}.
 */
export async function ccrTimes(folder: string, archive: string, node?: string): Promise<number[]> {
  const times = new Set<number>();
  const note = (time: number, of: string): boolean => {
    if ((node ?? of) === of) times.add(time);
    return false;
  };
  await readSpoolArchive(folder, archive, note, () => {});
  return [...times].sort((a, b) => a - b);
}

/**
 * Reads the CCRs of an archive as a stream, in the order of the archive: those that are wanted go to `take`, one after the other, and
 * none is held.
 *
 * @throws {DecodeError} as {@link nearestCcr}; what `take` throws.
 */
export async function readSpoolArchive(
  folder: string,
  archive: string,
  wanted: WantedCcr,
  take: (ccr: SpoolCcr) => void,
): Promise<void> {
  const { Parser: TarParser } = await import('tar'); // loaded by who reads a spool alone
  let fault: unknown;
  const onReadEntry = (entry: ReadEntry): void => {
    const found = timeAndNode(entry.path);
    if (found === undefined || !wanted(found.time, found.node)) {
      entry.resume();
      return;
    }
    if (entry.size > MAX_CCR) fault ??= damaged(`${entry.path} has more than ${MAX_CCR} octets`);
    const pieces: Uint8Array[] = [];
    entry.on('data', (piece: Uint8Array) => {
      if (fault === undefined) pieces.push(piece);
    });
    entry.on('end', () => {
      if (fault !== undefined) return;
      try {
        take({ archive, name: entry.path, ...found, octets: concatOctets(pieces) });
      } catch (error) {
        fault = error;
      }
    });
  };
  const parser = new TarParser({ strict: true, gzip: false, brotli: false, zstd: false, onReadEntry });
  parser.on('error', (error: Error) => {
    fault ??= damaged(`the archive cannot be read: ${error.message}`);
  });
  const path = join(folder, archive);
  const archived = archiveOf(parser);
  for await (const chunk of decompress(createReadStream(path, { highWaterMark: 1 << 18 }))) {
    const broken = archived.write(chunk); // the parser may tell of a fault meanwhile
    fault ??= broken;
    if (fault !== undefined) break;
  }
  if (fault === undefined) {
    parser.end();
    fault ??= archived.end();
  }
  if (fault !== undefined) throw fault;
}

/** Octets of a block of an archive (IEEE Std 1003.1, pax, ustar Interchange Format). */
const BLOCK = 512;

/**
 * Gives a parser the octets of an archive up to its end: blocks of zeros, of which one is enough. An archive without them was cut
 * off, be it between two members; what stands behind them is passed over by the parser, and would be lost.
 */
function archiveOf(parser: Parser): {
  write(chunk: Uint8Array): DecodeError | undefined;
  end(): DecodeError | undefined;
} {
  let carried: Uint8Array = new Uint8Array(0);
  let ended = false;
  parser.on('nullBlock', () => {
    ended = true;
  });
  const behind = (octets: Uint8Array): DecodeError | undefined =>
    isZero(octets) ? undefined : damaged('something follows the end of the archive');
  // What is taken is taken at once, so the parser is never behind.
  const feed = (octets: Uint8Array): void => {
    if (octets.length > 0) parser.write(Buffer.from(octets.buffer, octets.byteOffset, octets.length));
  };
  return {
    write: (chunk) => {
      if (ended) return behind(chunk);
      const octets = carried.length === 0 ? chunk : concatOctets([carried, chunk]);
      const whole = octets.length - (octets.length % BLOCK);
      let fed = 0;
      for (let at = 0; at < whole; at += BLOCK) {
        if (octets[at] !== 0 || !isZero(octets.subarray(at, at + BLOCK))) continue;
        feed(octets.subarray(fed, at));
        feed(octets.subarray(at, at + BLOCK));
        fed = at + BLOCK;
        if (ended) return behind(octets.subarray(fed));
      }
      feed(octets.subarray(fed, whole));
      carried = octets.slice(whole);
      return undefined;
    },
    end: () => (ended ? undefined : damaged('the archive is cut off: the zeros at its end are missing')),
  };
}

function isZero(octets: Uint8Array): boolean {
  return octets.every((octet) => octet === 0);
}

function damaged(message: string): DecodeError {
  return new DecodeError('spool-damaged', message, { field: 'spool' });
}

/** What the name of a CCR says; undefined for other members. */
function timeAndNode(name: string): { readonly time: number; readonly node: string } | undefined {
  const [, year, month, day, hour, minute, second, node = ''] = MEMBER.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
  return Number.isFinite(time) ? { time, node } : undefined;
}
