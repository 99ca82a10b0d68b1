import { DecodeError, readU32, writeU32 } from '../../bytes/index.js';
import type { AuditConditions } from './conditions.js';
import type { JudgedFile } from './judged-file.js';
import { packPaths } from './packed-paths.js';
import { unpackWords } from './packed-words.js';
import { createEntryReader, notPartial } from './read-partial.js';
import { wrong } from './values.js';
import { fileEntries, headLine, partialEnd } from './write-partial.js';

/** The name of the form. */
export const PACKED_SCHEMA = 'pathsec-packed-1';

/** What an entry is: a line of a partial report, or a block of paths. */
const LINE = 1;
const PATHS = 2;
/** An octet that says what it is, and four for the length. */
const HEADER = 5;
/** Octets of the longest entry: one path with all the peers that are believed, and lines are far shorter. */
const LONGEST = 1 << 25;

/**
 * A judged file with its conditions for another machine that runs this program: the lines of a partial report, but for those of paths, which are
 * nearly all of it and stand as packed numbers (docs/decisions/archives.md D-archive-packed). One piece after the other.
 */
export function* packJudgedFile(conditions: AuditConditions, file: JudgedFile): Generator<Uint8Array> {
  yield lineEntry(headLine(PACKED_SCHEMA, conditions));
  for (const one of fileEntries(file, packPaths))
    yield typeof one === 'string' ? lineEntry(one) : entry(PATHS, one);
  yield lineEntry(partialEnd(1));
}

const lineEntry = (line: string): Uint8Array => entry(LINE, new TextEncoder().encode(line.trimEnd()));

function entry(kind: number, content: Uint8Array): Uint8Array {
  const octets = new Uint8Array(HEADER + content.length);
  octets[0] = kind;
  writeU32(octets, 1, content.length);
  octets.set(content, HEADER);
  return octets;
}

/**
 * The judged file of the octets that {@link packJudgedFile} makes, checked as a partial report is: they are a stranger's. Memory is some times the
 * octets, at most.
 *
 * @throws {DecodeError} as {@link createPartialReader}; the offset is the number of the entry.
 */
export function readPackedFile(octets: Uint8Array): {
  readonly conditions: AuditConditions;
  readonly file: JudgedFile;
} {
  const found: { conditions?: AuditConditions; file?: JudgedFile } = {};
  const reader = createEntryReader(PACKED_SCHEMA, {
    onConditions: (conditions) => {
      found.conditions = conditions;
    },
    onFile: (file) => {
      if (found.file !== undefined) throw wrong('file', 'the only one');
      found.file = file;
    },
  });
  if (octets.length > 0 && octets[0] !== LINE) throw notPartial(PACKED_SCHEMA);
  let number = 0;
  /** For the words of one entry after the other. */
  let room = new Uint32Array(0);
  for (let at = 0; at < octets.length; ) {
    number++;
    const length = at + HEADER > octets.length ? 0 : readU32(octets, at + 1);
    if (length > LONGEST) throw fault('partial-limit', `more than ${LONGEST} octets`, number);
    if (at + HEADER + length > octets.length) throw fault('partial-truncated', 'it is cut off', number);
    const kind = octets[at];
    const content = octets.subarray(at + HEADER, at + HEADER + length);
    at += HEADER + length;
    if (kind === PATHS) {
      if (room.length < length) room = new Uint32Array(Math.max(length, 2 * room.length));
      reader.paths(() => unpackWords(content, 'paths', room));
    } else if (kind === LINE) reader.push(lineOf(content, number));
    else throw fault('partial-syntax', `of the kind ${kind}, which is none`, number);
  }
  reader.end();
  const { conditions, file } = found;
  if (conditions === undefined || file === undefined) throw wrong('files', 'the number of files, 1');
  return { conditions, file };
}

function lineOf(content: Uint8Array, number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw fault('partial-syntax', 'not UTF-8', number);
  }
}

function fault(
  code: 'partial-limit' | 'partial-syntax' | 'partial-truncated',
  message: string,
  number: number,
) {
  return new DecodeError(code, message, { field: 'entry', offset: number });
}
