import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadEntry } from 'tar';
import { concatOctets, DecodeError } from '../bytes/index.js';
import { decompress } from './unpack.js';

/** A CCR of a spool. */
export interface SpoolCcr {
  /** The archive that it stands in, and its name there. */
  readonly archive: string;
  readonly name: string;
  /** The time in its name, seconds since 1970 UTC. */
  readonly time: number;
  readonly octets: Uint8Array;
}

/** `YYYYMMDD-rpkispool.tar.zst` (draft-snijders-rpkispool-format-01 §3.2); which compression is told by content. */
const ARCHIVE = /^(\d{8})-rpkispool\.tar(?:\.[a-z0-9]+)?$/;
/** `YYYY/MM/DD/YYYYMMDDThhmmssZ-NODE.ccr`. */
const MEMBER = /(?:^|\/)(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[^/]+\.ccr$/;
/** A CCR has the whole of a cache in it, 30 megabytes in 2026. */
const MAX_CCR = 1 << 29;

/**
 * The CCR of the folder's rpkispool archives whose time is the latest at or before `at`; undefined where there is none. An archive is read as a
 * stream to its end, for its members do not stand in the order of time: one CCR is held at a time, however large the spool is
 * (docs/decisions/rpki-files.md D-spool-time).
 *
 * @param at seconds since 1970 UTC.
 * @throws {DecodeError} `spool-damaged`, and as `decompress`; the error of the operating system when a file cannot be read.
 */
export async function nearestCcr(folder: string, at: number): Promise<SpoolCcr | undefined> {
  const day = new Date(at * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const archives = (await readdir(folder)).filter((name) => (ARCHIVE.exec(name)?.[1] ?? '99999999') <= day);
  for (const archive of archives.sort().reverse()) {
    const found = await nearestInArchive(join(folder, archive), at);
    if (found !== undefined) return { archive, ...found };
  }
  return undefined;
}

type Found = Omit<SpoolCcr, 'archive'>;

async function nearestInArchive(path: string, at: number): Promise<Found | undefined> {
  const { Parser } = await import('tar'); // loaded by who reads a spool alone
  let best: Found | undefined;
  let fault: Error | undefined;
  const take = (entry: ReadEntry): void => {
    const time = timeOf(entry.path);
    const wanted = time !== undefined && time <= at && time > (best?.time ?? Number.NEGATIVE_INFINITY);
    if (!wanted || entry.size > MAX_CCR) {
      if (wanted) fault = new Error(`${entry.path} has more than ${MAX_CCR} octets`);
      entry.resume();
      return;
    }
    const pieces: Uint8Array[] = [];
    entry.on('data', (piece: Uint8Array) => pieces.push(piece));
    entry.on('end', () => {
      best = { name: entry.path, time, octets: concatOctets(pieces) };
    });
  };
  const parser = new Parser({ strict: true, gzip: false, brotli: false, zstd: false, onReadEntry: take });
  parser.on('error', (error: Error) => {
    fault ??= error;
  });
  for await (const chunk of decompress(createReadStream(path, { highWaterMark: 1 << 18 }))) {
    // What is taken is taken at once, so the parser is never behind.
    parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (fault) break;
  }
  if (!fault) parser.end();
  if (fault)
    throw new DecodeError('spool-damaged', `the archive cannot be read: ${fault.message}`, {
      field: 'spool',
    });
  return best;
}

/** The time that the name of a CCR says; undefined for other members. */
function timeOf(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] = MEMBER.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
  return Number.isFinite(time) ? time : undefined;
}
