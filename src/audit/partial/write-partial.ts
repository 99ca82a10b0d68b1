import { formatAsPath } from '../../bgp/index.js';
import { formatAddress, formatPrefix } from '../../inet/index.js';
import { type PathRows, ROW_WORDS } from '../part-rows.js';
import type { AuditProblem } from '../report.js';
import type { AuditConditions } from './conditions.js';
import type { JudgedFile } from './judged-file.js';

/** The name of the form. */
export const PARTIAL_SCHEMA = 'pathsec-partial-1';

/** Characters of a line of many entries, at least; one entry more may stand in it. */
const LINE = 1 << 16;

/** The first line of a partial report, with its end. docs/partial.schema.json describes every line. */
export function partialHead(conditions: AuditConditions): string {
  return headLine(PARTIAL_SCHEMA, conditions);
}

/** The first line of a form that is told by its schema. */
export function headLine(schema: string, conditions: AuditConditions): string {
  return line({ schema, conditions });
}

/** The lines of a judged file, with their ends; one after the other, so that they take little memory. */
export function partialLines(file: JudgedFile): Generator<string> {
  return fileEntries(file, pathLines);
}

/** The lines of a judged file, in which paths stand as `paths` writes them. */
export function* fileEntries<T>(
  file: JudgedFile,
  paths: (rows: PathRows) => Iterable<T>,
): Generator<string | T> {
  const { name, sha256, facts, part } = file;
  const { notVerified, signedRov } = part;
  const plain = ({ code, message, offset }: AuditProblem) => ({ code, message, offset });
  yield line({
    file: {
      name,
      sha256,
      unreadable: facts.unreadable.map(plain),
      skipped: facts.skipped,
      addPath: facts.addPath,
      problems: { count: facts.problems.count, listed: facts.problems.listed.map(plain) },
      notVerified,
      signed: signedRov,
    },
  });
  yield* listLines(
    'peers',
    part.peers.map((peer) => [
      peer.asn,
      peer.address.length === 0 ? null : formatAddress(peer.address),
      peer.withdrawals,
      peer.stateChanges,
    ]),
  );
  yield* paths(part);
  yield* listLines(
    'invalidOrigins',
    part.invalidOrigins.map(({ prefix, origin, routes, set }) => [
      formatPrefix(prefix),
      origin ?? null,
      routes,
      ...(set === undefined ? [] : [set]),
    ]),
  );
  yield* evidenceLines(file);
  for (const [i, { time, contents, ...evidence }] of (file.sets ?? []).entries()) {
    const rows = part.sets?.[i];
    if (rows?.time !== time) throw new RangeError('the payloads of a file are not those of its part');
    yield line({ set: { time, ...contents } });
    yield* paths(rows);
    yield* evidenceLines(evidence);
  }
  const all = [part, ...(part.sets ?? [])];
  const sum = (count: (rows: PathRows) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  yield line({
    end: { paths: sum(({ starts }) => starts.length - 1), rows: sum(({ rows }) => rows.length / ROW_WORDS) },
  });
}

function* evidenceLines({ vrps, aspas }: Pick<JudgedFile, 'vrps' | 'aspas'>): Generator<string> {
  yield* listLines(
    'vrps',
    vrps.map(({ asn, prefix, maxLength }) => [asn, formatPrefix(prefix), maxLength]),
  );
  yield* listLines(
    'aspas',
    aspas.map(({ customer, providers }) => [customer, ...providers]),
  );
}

/** The last line of a partial report of so many files, with its end: without it the report is cut off. */
export function partialEnd(files: number): string {
  return line({ files });
}

/**
 * Lines of paths, each as text, and five numbers for each peer that sent it: peer, valid, invalid, not-found, signed. They are most of a
 * partial report, so that their digits are written as octets.
 */
function* pathLines({ asns, starts, mixed, rows, signed }: PathRows): Generator<string> {
  const others = new Map(mixed.map(({ path, asPath }) => [path, formatAsPath(asPath)]));
  const signedOf = new Map(signed.map(({ row, routes }) => [row, routes]));
  const line = createLine('{"paths":[');
  let row = 0;
  for (let path = 0; path < starts.length - 1; path++) {
    line.text(line.isEmpty() ? '["' : ',["');
    const other = others.get(path);
    if (other !== undefined) line.text(other);
    else line.numbers(asns, starts[path] as number, starts[path + 1] as number, SPACE);
    line.text('"');
    for (let at = row * ROW_WORDS; rows[at] === path; row++, at += ROW_WORDS) {
      line.text(',');
      line.numbers(rows, at + 1, at + ROW_WORDS, COMMA);
      line.text(`,${signedOf.get(row) ?? 0}`);
    }
    line.text(']');
    if (line.isLong()) yield line.end();
  }
  if (!line.isEmpty()) yield line.end();
}

const SPACE = 0x20;
const COMMA = 0x2c;
const ZERO = 0x30;
/** Digits of the largest number of 32 bits, and what stands behind it. */
const WIDEST = 11;

/** A line that grows: a list of entries behind `head`, all of it ASCII. */
function createLine(head: string) {
  let octets = new Uint8Array(LINE + (LINE >> 1));
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= octets.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(octets.subarray(0, length));
    octets = larger;
  };
  const text = (word: string): void => {
    reserve(word.length);
    for (let i = 0; i < word.length; i++) octets[length++] = word.charCodeAt(i);
  };
  text(head);
  return {
    isEmpty: (): boolean => length === head.length,
    isLong: (): boolean => length >= LINE + head.length,
    text,
    /** Numbers of 32 bits with `between` between them. */
    numbers(values: Uint32Array, from: number, to: number, between: number): void {
      reserve(WIDEST * (to - from));
      for (let i = from; i < to; i++) {
        if (i > from) octets[length++] = between;
        let rest = values[i] as number;
        let end = length + 1;
        for (let bound = 10; rest >= bound; bound *= 10) end++;
        for (let at = end - 1; at >= length; at--) {
          const tenth = Math.floor(rest / 10);
          octets[at] = ZERO + rest - 10 * tenth;
          rest = tenth;
        }
        length = end;
      }
    },
    /** The whole line; the next one begins. */
    end(): string {
      text(']}\n');
      const line = new TextDecoder().decode(octets.subarray(0, length));
      length = head.length;
      return line;
    },
  };
}

/** Lines of one member, a list, of as many entries as fit; none without an entry. */
function* listLines(name: string, entries: Iterable<readonly unknown[]>): Generator<string> {
  let text = '';
  for (const entry of entries) {
    text += `${text === '' ? '' : ','}${JSON.stringify(entry)}`;
    if (text.length < LINE) continue;
    yield `{"${name}":[${text}]}\n`;
    text = '';
  }
  if (text !== '') yield `{"${name}":[${text}]}\n`;
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
