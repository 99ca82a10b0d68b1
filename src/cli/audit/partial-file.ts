import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import {
  type AuditConditions,
  type AuditOptions,
  createPartialReader,
  type JudgedFile,
  judgedFileOf,
  type PartialMerge,
  partialEnd,
  partialHead,
  partialLines,
  type TimedAuditOptions,
} from '../../audit/index.js';
import { DecodeError } from '../../bytes/index.js';
import { inputError, nameOf, openChunks, systemErrorText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { readLines } from '../shared/lines.js';
import type { OutputFile } from '../shared/output-file.js';
import type { JudgedInput } from './judge-files.js';

/** Octets of the longest line: a path of a message, however long, takes a part of that. */
const LONGEST_LINE = 1 << 24;

/**
 * Writes judged inputs as a partial report, one after the other as they come, each into the merge too; compressed where the
 * name ends in `.gz`.
 */
export async function writePartial(
  output: OutputFile,
  name: string,
  conditions: AuditConditions,
  options: AuditOptions | TimedAuditOptions,
  judged: AsyncIterable<JudgedInput>,
  merge: PartialMerge,
  io: Io,
): Promise<void> {
  const text = async function* (): AsyncGenerator<string> {
    let files = 0;
    yield partialHead(conditions);
    merge.begin(conditions);
    for await (const input of judged) {
      const { sha256 = null } = input;
      const file = judgedFileOf({ ...input, sha256 }, options);
      if (await addFile(merge, file, io)) {
        yield* partialLines(file);
        files++;
      }
    }
    yield partialEnd(files);
  };
  const octets = encoded(text());
  await output.write(name.endsWith('.gz') ? Readable.from(octets).compose(createGzip()) : octets);
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

/** Counts a file, and says on stderr when it was counted before; whether it was not. */
export async function addFile(merge: PartialMerge, file: JudgedFile, io: Io): Promise<boolean> {
  const before = merge.add(file);
  if (before === undefined) return true;
  const same = before === file.name ? 'counted once' : `has the content of ${nameOf(before)}: counted once`;
  await io.stderr.write(`pathsec: ${nameOf(file.name)}: ${same}\n`);
  return false;
}

/**
 * Counts the files of a partial report that stands in `file`, or on stdin for `-`.
 *
 * @returns what keeps the rest of it from being read; undefined for a whole one.
 * @throws {CliError} for one under other conditions than those before it.
 */
export async function mergePartialFile(
  file: string,
  merge: PartialMerge,
  io: Io,
): Promise<DecodeError | undefined> {
  const files: JudgedFile[] = [];
  const reader = createPartialReader({
    onConditions: (conditions) => {
      try {
        merge.begin(conditions);
      } catch (error) {
        throw inputError(file, error);
      }
    },
    onFile: (one) => void files.push(one),
  });
  try {
    for await (const lines of readLines(openChunks(file, io), LONGEST_LINE)) {
      for (const { text, overlong } of lines) {
        if (overlong) throw new DecodeError('line-too-long', `a line of more than ${LONGEST_LINE} octets`);
        reader.push(text);
        for (const one of files.splice(0)) await addFile(merge, one, io);
      }
    }
    reader.end();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError && error.code === 'partial-conditions') throw inputError(file, error);
    if (error instanceof DecodeError) return error;
    const text = systemErrorText(error);
    if (text === undefined) throw error;
    return new DecodeError('input-unreadable', text);
  }
}
