import { DecodeError } from '../../bytes/index.js';
import type { InvalidPair } from '../invalid-origins.js';
import { type AuditConditions, isTimed } from './conditions.js';
import type { JudgedFile, JudgedSet } from './judged-file.js';
import { createPartBuilder, type PartBuilder, readPair } from './part-builder.js';
import { readConditions, readSetHead } from './read-conditions.js';
import { createEvidence, type Evidence } from './read-evidence.js';
import { type FileHead, readFileHead } from './read-file-head.js';
import { listOf, type Members, numberOf, objectOf, tooMany, wrong } from './values.js';
import { PARTIAL_SCHEMA } from './write-partial.js';

/** Pairs of prefix and origin of one file that are believed. */
const MOST_PAIRS = 10_000_000;
const LISTS = ['peers', 'paths', 'invalidOrigins', 'vrps', 'aspas'] as const;
/** Those that stand behind the payloads of their time, where there are many. */
const TIMED_LISTS: readonly string[] = ['paths', 'vrps', 'aspas'];
const LINES = ['schema', 'conditions', 'file', ...LISTS, 'set', 'end', 'files'];

/** Receives what stands in a partial report, in its order. */
export interface PartialHandler {
  readonly onConditions: (conditions: AuditConditions) => void;
  /** A file that stands there whole; nothing else is handed over of one. */
  readonly onFile: (file: JudgedFile) => void;
}

/** A reader of partial reports that is fed with lines. */
export interface PartialReader {
  /** The next line, without its end. */
  push(line: string): void;
  /** The input ends here. @throws {DecodeError} `partial-truncated` where something is missing. */
  end(): void;
}

/** A file of which not all lines are there. */
interface OpenFile extends FileHead {
  readonly builder: PartBuilder;
  readonly pairs: InvalidPair[];
  readonly evidence: Evidence;
  /** The payloads of many times that have come, the last open; undefined where all was judged by the same. */
  readonly sets: JudgedSet[] | undefined;
}

/**
 * A reader of the text that `partialHead`, `partialLines` and `partialEnd` make. Memory grows with one file, by what has
 * come, and is bounded.
 *
 * Both functions throw DecodeErrors, whose offset is the number of the line: `partial-schema` for what is no partial report
 * or one of another version, `partial-syntax`, `partial-limit`, `partial-truncated`, codes of the values (`prefix-syntax`),
 * and what `handler` throws.
 */
export function createPartialReader(handler: PartialHandler): PartialReader {
  return createEntryReader(PARTIAL_SCHEMA, handler);
}

/** A reader of lines among which paths may stand as words. */
export interface EntryReader extends PartialReader {
  /** The next entry, a block of paths as `packPaths` has them; `words` throws DecodeErrors for what is none. */
  paths(words: () => Uint32Array): void;
}

/** An {@link EntryReader} of the form of that schema. Throws as {@link createPartialReader}. */
export function createEntryReader(form: string, handler: PartialHandler): EntryReader {
  let number = 0;
  let begun = false;
  let ended = false;
  let files = 0;
  let timed = false;
  let open: OpenFile | undefined;

  const read = (line: Members): void => {
    const [name = ''] = Object.keys(line);
    if (!begun) {
      const conditions = headOf(line, form);
      timed = isTimed(conditions);
      handler.onConditions(conditions);
      begun = true;
    } else if (ended) throw wrong(name, 'the end: something stands behind the last line');
    else if (open === undefined) {
      if (name === 'file') open = openFile(readFileHead(line.file), timed);
      else if (name !== 'files') throw wrong(name, 'a line that can stand between two files');
      else {
        if (numberOf(line.files, 'files') !== files) throw wrong('files', `the number of files, ${files}`);
        ended = true;
      }
    } else if (name === 'end') {
      const file = closed(open, line.end);
      open = undefined;
      files++;
      handler.onFile(file);
    } else if (name === 'set') openSet(open, line.set);
    else addList(open, name, line[name]);
  };
  /** Reads the next entry; a fault gets its number. */
  const placed = (one: () => void): void => {
    number++;
    try {
      one();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const { code, field, message } = error;
      const place = { field, ...(error.offset === undefined ? {} : { offset: error.offset }) };
      const { length } = new DecodeError(code, '', place).message; // the place, which stands before the text
      throw new DecodeError(code, message.slice(length), { field, offset: number });
    }
  };
  return {
    push: (line) => placed(() => read(parsed(line, begun, form))),
    paths: (words) =>
      placed(() => {
        if (open === undefined) throw wrong('paths', begun ? 'inside a file' : 'behind the first line');
        requireSet(open, 'paths');
        open.builder.packed(words(), 'paths');
      }),
    end: () => {
      if (ended) return;
      const why =
        number === 0 ? 'the input is empty' : 'the last line is missing: the partial report is cut off';
      throw new DecodeError('partial-truncated', why, { field: 'files', offset: number });
    },
  };
}

function parsed(line: string, begun: boolean, form: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    if (!begun) throw notPartial(form);
    throw new DecodeError('partial-syntax', 'not JSON', { field: 'line' });
  }
  if (!begun && (typeof value !== 'object' || value === null || !('schema' in value))) throw notPartial(form);
  const members = objectOf(value, 'line', begun ? LINES : Object.keys(Object(value)));
  if (begun && Object.keys(members).length !== 1) throw wrong('line', 'an object of one member');
  return members;
}

/** The error of what is no report of that form. */
export function notPartial(form: string): DecodeError {
  const message = `no partial report: its first line would have {"schema": "${form}"}`;
  return new DecodeError('partial-schema', message, { field: 'schema' });
}

function headOf(line: Members, form: string): AuditConditions {
  const { schema } = line;
  if (schema !== form) {
    const shown = typeof schema === 'string' ? schema.slice(0, 64) : typeof schema;
    throw new DecodeError('partial-schema', `${shown}, where ${form} is read`, { field: 'schema' });
  }
  return readConditions(objectOf(line, 'line', ['schema', 'conditions']).conditions);
}

function openFile(first: FileHead, timed: boolean): OpenFile {
  const sets = timed ? [] : undefined;
  return { ...first, builder: createPartBuilder(), pairs: [], evidence: createEvidence(), sets };
}

function openSet({ builder, evidence, sets }: OpenFile, value: unknown): void {
  if (sets === undefined) throw wrong('set', 'a line of a file that was judged by the same payloads as all');
  const { time, contents } = readSetHead(value);
  builder.turnTo(time, 'set.time');
  closeSet(sets, evidence);
  sets.push({ time, contents, aspas: [], vrps: [] });
}

/** Gives the last of the payloads what came since. */
function closeSet(sets: JudgedSet[], evidence: Evidence): void {
  const last = sets.pop();
  if (last !== undefined) sets.push({ ...last, ...evidence.take() });
}

/** What is judged by payloads of a time stands behind these. */
function requireSet({ sets }: OpenFile, name: string): void {
  if (sets?.length === 0) throw wrong(name, 'a line behind a set');
}

function addList(file: OpenFile, name: string, value: unknown): void {
  if (!(LISTS as readonly string[]).includes(name)) throw wrong(name, 'a line that can stand inside a file');
  if (TIMED_LISTS.includes(name)) requireSet(file, name);
  const entries = listOf(value, name, Number.POSITIVE_INFINITY);
  for (const [i, entry] of entries.entries())
    addEntry(file, name as (typeof LISTS)[number], entry, `${name}[${i}]`);
}

function addEntry(file: OpenFile, name: (typeof LISTS)[number], entry: unknown, field: string): void {
  const { builder, pairs, evidence, sets } = file;
  switch (name) {
    case 'peers':
      builder.peer(entry, field);
      return;
    case 'paths':
      builder.path(entry, field);
      return;
    case 'invalidOrigins':
      if (pairs.length >= MOST_PAIRS) throw tooMany(field, MOST_PAIRS);
      pairs.push(readPair(entry, field, sets !== undefined));
      return;
    case 'vrps':
      evidence.vrp(entry, field);
      return;
    case 'aspas':
      evidence.aspa(entry, field);
  }
}

function closed(file: OpenFile, value: unknown): JudgedFile {
  const { head, counts, builder, pairs, evidence, sets } = file;
  const end = objectOf(value, 'end', ['paths', 'rows']);
  if (end.paths !== builder.paths || end.rows !== builder.rows) {
    throw wrong('end', `the number of paths, ${builder.paths}, and of rows, ${builder.rows}`);
  }
  const listed = pairs.reduce((sum, { routes }) => sum + routes, 0);
  if (listed > builder.invalid) throw wrong('end', `as many invalid routes as its origins have, ${listed}`);
  const { valid, invalid, notFound } = counts.signedRov;
  if (valid + invalid + notFound !== builder.signed) {
    throw wrong('end', `as many signed routes as the file, ${valid + invalid + notFound}`);
  }
  const part = builder.part({ ...counts, invalidOrigins: pairs }, sets !== undefined);
  if (sets === undefined) return { ...head, part, ...evidence.take() };
  closeSet(sets, evidence);
  const times = new Set(sets.map(({ time }) => time));
  if (pairs.some(({ set }) => set === undefined || !times.has(set))) {
    throw wrong('invalidOrigins', 'pairs of times that the file has');
  }
  return { ...head, part, sets, aspas: [], vrps: [] };
}
