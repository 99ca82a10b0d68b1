import { DecodeError } from '../../bytes/index.js';
import { type KindMap, kindsOf, type PayloadTypes, type SetOf } from '../../payload/index.js';
import type { Collector } from '../collector.js';
import type { FileFacts, PayloadDialect, PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readTime } from '../time-text.js';
import { type HeldAspa, readAuthorizations } from './authorizations.js';
import { FILEMODE_NAMES, readFilemode } from './filemode.js';
import { JSON_KINDS } from './json-kinds.js';
import type { JsonKinds } from './json-row.js';
import { JsonScanner, TOO_LONG } from './json-scanner.js';
import { isJsonObject, type JsonObject } from './members.js';
import { type PlainTaker, readRecords } from './records.js';
import { createSpellingTest, spellingError } from './spellings.js';
import { type Steps, wholeText } from './steps.js';

/**
 * Reads a JSON file of payloads in any dialect.
 *
 * @throws {DecodeError} `json-*` when it is not JSON, `slurm-file` for SLURM, `unknown-dialect` when it has none of
 * the members that hold payloads.
 */
export function readJson(text: string, collector: Collector): PayloadFile {
  return wholeText(readJsonSteps(new JsonScanner(text), collector));
}

/** As {@link readJson}, as the text comes. */
export function readJsonSteps(scanner: JsonScanner, collector: Collector): Steps<PayloadFile> {
  return readJsonOf(JSON_KINDS, scanner, collector);
}

/** As {@link readJsonSteps}, for the payload kinds and whatever others `kinds` has. */
export function* readJsonOf<M extends KindMap<M> & PayloadTypes>(
  kinds: JsonKinds<M>,
  scanner: JsonScanner,
  collector: Collector<M>,
): Steps<SetOf<M> & FileFacts> {
  const lists = listsOf(kinds, collector);
  let dialect: PayloadDialect | undefined;
  do {
    yield* scanner.ahead();
    scanner.peek();
    const offset = scanner.at;
    // What follows adds payloads of the kinds that it knows.
    const known = collector as unknown as Collector;
    let found: PayloadDialect | undefined;
    if (scanner.atObject()) found = yield* readDocument(scanner, known, lists);
    else if (scanner.atArray() && dialect === undefined) found = yield* readArray(scanner, known, lists);
    if (!found) throw noPayloads(offset);
    dialect = found;
    yield* scanner.ahead();
    // Only filemode writes several objects one after the other.
    if (dialect !== 'rpki-client-filemode' && !scanner.atEnd()) {
      throw new DecodeError('json-syntax', 'more text after the object', {
        field: 'json',
        offset: scanner.at,
      });
    }
  } while (!scanner.atEnd());
  return collector.finish(dialect);
}

/** The lists of payloads that a file may have. */
interface Lists {
  readonly byName: ReadonlyMap<string, ListReader>;
  /** The list that a record which stands in none belongs to. */
  ofRecord(record: JsonObject): ListReader | undefined;
  /** Of the kind whose lists are long. */
  readonly plain: PlainTaker | undefined;
  /** The list that a member under another name is meant to be. */
  meant(name: string): string | undefined;
}

interface ListReader {
  /** The list that only Routinator calls so. */
  readonly routinatorList: string | undefined;
  /** The member of a record that only Routinator writes. */
  readonly routinatorMember: string | undefined;
  take(record: JsonObject, list: string, index: number): void;
  readonly plain: PlainTaker | undefined;
}

function listsOf<M extends KindMap<M>>(kinds: JsonKinds<M>, collector: Collector<M>): Lists {
  const scan = createPrefixScanner();
  const byName = new Map<string, ListReader>();
  const byMembers: { readonly known: readonly string[]; readonly reader: ListReader }[] = [];
  const alike: Record<string, string> = {};
  const read: string[][] = [['provider_authorizations']];
  for (const kind of kindsOf<M>(kinds)) {
    const row = kinds[kind];
    Object.assign(alike, row.alike);
    const plain = row.createPlainReader?.();
    const reader: ListReader = {
      routinatorList: row.routinatorOnly.list,
      routinatorMember: row.routinatorOnly.member,
      take: (record, list, index) => collector.add(kind, row.read(record, scan), list, index),
      plain: plain && {
        read: plain.read,
        take: (list, index) => collector.add(kind, plain.value, list, index),
      },
    };
    byMembers.push({ known: row.known, reader });
    for (const name of row.lists) {
      read.push([name]);
      byName.set(name, reader);
    }
  }
  return {
    byName,
    ofRecord: (record) =>
      byMembers.find(({ known }) => known.some((name) => Object.hasOwn(record, name)))?.reader,
    plain: byMembers.find(({ reader }) => reader.plain !== undefined)?.reader.plain,
    meant: createSpellingTest({ read, alike }),
  };
}

/** Reads one object and says of which dialect it is; undefined for none. */
function* readDocument(
  scanner: JsonScanner,
  collector: Collector,
  lists: Lists,
): Steps<PayloadDialect | undefined> {
  const { problems } = collector;
  const seen = new Set<string>();
  const single = new Map<string, unknown>(); // members of a filemode object
  const misspelt = new Map<string, string>(); // members under a name that is not read
  const held: HeldAspa[] = []; // until it is known whether `aspas` is there too
  let routinator = false;
  let extended = false;
  const readList = (
    name: string,
    { routinatorList, routinatorMember, take, plain }: ListReader,
  ): Steps<void> => {
    routinator ||= routinatorList === name;
    const read = (record: JsonObject, index: number): void => {
      if (record.source !== undefined) extended = true;
      if (routinatorMember !== undefined && record[routinatorMember] !== undefined) routinator = true;
      take(record, name, index);
    };
    return readRecords(scanner, collector, name, read, plain);
  };
  const readMetadata = function* (): Steps<void> {
    const metadata = yield* scanner.value();
    if (!isJsonObject(metadata)) return;
    routinator ||= metadata.generated !== undefined;
    collector.made = timeOfMaking(metadata);
  };
  const readOther = function* (name: string): Steps<void> {
    const value = yield* scanner.value();
    if (FILEMODE_NAMES.has(name)) {
      if (value === TOO_LONG)
        throw new DecodeError('record-length', 'more than 16 Mi characters', { field: name });
      single.set(name, value);
    }
    const meant = lists.meant(name);
    if (meant !== undefined) misspelt.set(name, meant);
  };
  yield* scanner.members((name) => {
    const list = lists.byName.get(name);
    const isNamed = list !== undefined || OTHER_NAMES.has(name) || FILEMODE_NAMES.has(name);
    if (seen.has(name))
      problems.report('duplicate-member', 'the member stands there twice', name.slice(0, 60));
    if (isNamed) seen.add(name);
    if (list) return readList(name, list);
    switch (name) {
      case 'provider_authorizations':
        return readAuthorizations(scanner, collector, held);
      case 'metadata':
        return readMetadata();
      case 'slurmVersion':
        throw new DecodeError('slurm-file', 'a SLURM file holds exceptions, not payloads', { field: name });
      default:
        return readOther(name);
    }
  });
  // docs/decisions/rpki-files.md D-json-two-lists
  if (seen.has('aspas') && held.length > 0) {
    problems.report('two-aspa-lists', 'aspas wins over provider_authorizations', 'provider_authorizations');
  } else {
    for (const { aspa, list: from, index } of held) collector.add('aspas', aspa, from, index);
  }
  let dialect: PayloadDialect | undefined;
  if (extended) dialect = 'routinator-ext';
  else if (routinator) dialect = 'routinator';
  else if (seen.has('provider_authorizations')) dialect = 'provider-authorizations';
  else if ([...lists.byName.keys()].some((name) => seen.has(name))) dialect = 'rpki-client';
  else return readFilemode(Object.fromEntries(single), collector) ? 'rpki-client-filemode' : undefined;
  for (const [name, meant] of misspelt) collector.skip(spellingError(name, meant), name.slice(0, 60));
  return dialect;
}

/**
 * Reads an array of records of any kind, as rpki-prover gives them; undefined where it is empty, since that says nothing of
 * what it lists (docs/decisions/rpki-files.md D-json-array).
 *
 * @throws {DecodeError} `unknown-dialect` where the first element is no such record.
 */
function* readArray(
  scanner: JsonScanner,
  collector: Collector,
  lists: Lists,
): Steps<PayloadDialect | undefined> {
  const offset = scanner.at;
  let isOne = false;
  const faults = {
    problems: collector.problems,
    skip(error: unknown, list: string, index?: number): void {
      if (!isOne) throw noPayloads(offset);
      collector.skip(error, list, index);
    },
  };
  const read = (record: JsonObject, index: number): void => {
    const reader = lists.ofRecord(record);
    const isExamined = record.validation !== undefined; // an object of filemode, which may not be valid
    isOne ||= isExamined || reader !== undefined;
    if (isExamined && readFilemode(record, collector)) return;
    if (reader === undefined) throw new DecodeError('record-syntax', 'a record of no kind that is known');
    reader.take(record, 'json', index);
  };
  const plain = lists.plain && {
    read: lists.plain.read,
    take(list: string, index: number): void {
      isOne = true;
      lists.plain?.take(list, index);
    },
  };
  yield* readRecords(scanner, faults, 'json', read, plain);
  return isOne ? 'json-array' : undefined;
}

/** When a file was made: rpki-client has `buildtime`, Routinator and those after it the others. A note, so that none is a fault. */
function timeOfMaking(metadata: JsonObject): number | undefined {
  const { generated } = metadata;
  if (typeof generated === 'number' && Number.isSafeInteger(generated) && generated >= 0) return generated;
  for (const text of [metadata.buildtime, metadata.generatedTime]) {
    try {
      return readTime(text);
    } catch {
      // the next one
    }
  }
  return undefined;
}

function noPayloads(offset: number): DecodeError {
  return new DecodeError('unknown-dialect', 'JSON, but no RPKI payloads', { field: 'json', offset });
}

const OTHER_NAMES: ReadonlySet<string> = new Set(['provider_authorizations', 'metadata']);
