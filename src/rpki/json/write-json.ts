import {
  kindsOf,
  type PayloadKind,
  type PayloadSet,
  type PayloadTypes,
  type SetOf,
  storeIn,
} from '../../payload/index.js';
import { UNSAID } from '../said.js';
import { formatTime } from '../time-text.js';
import { JSON_KINDS } from './json-kinds.js';
import { type JsonDialect, type JsonKinds, saidBy } from './json-row.js';

/** What a writer cannot know by itself. */
export interface WriteOptions {
  /** The time to state as that of making, seconds since 1970 UTC; nothing is stated without it. */
  readonly now?: number;
}

/** The members by which rpki-client's metadata counts the payloads of each kind, in its order. */
const COUNTED: Readonly<Record<PayloadKind, readonly string[]>> = {
  routerKeys: ['bgpsec_pubkeys'],
  vrps: ['vrps', 'uniquevrps'],
  aspas: ['vaps', 'uniquevaps'],
  prefixLists: [],
  asras: [],
};

/**
 * JSON as rpki-client 8.5 and later writes it, which most routers' tools read. Ordered, so that equal sets give equal
 * texts; `expires` and `ta` only where known. Limits of a provider to one family have no place in it and are left out.
 * NON-SPEC: a dialect of rpki-client.
 */
export function writeRpkiClientJson(payloads: PayloadSet, options: WriteOptions = {}): string {
  return [...rpkiClientJsonPieces(payloads, options)].join('');
}

/** NON-SPEC: the text of {@link writeRpkiClientJson} in pieces; as a whole it can be longer than a string may be. */
export function rpkiClientJsonPieces(
  payloads: PayloadSet,
  options: WriteOptions = {},
): IterableIterator<string> {
  return jsonPieces(JSON_KINDS, 'rpkiClient', rpkiClientMetadata(payloads, options), payloads);
}

/**
 * As {@link writeRpkiClientJson}, and behind it the payloads of the kinds that rpki-client does not write, where there are any
 * (docs/decisions/rpki-files.md D-json-prefix-lists). NON-SPEC: the lists of these kinds are our own.
 */
export function writeOwnJson(payloads: PayloadSet, options: WriteOptions = {}): string {
  return [...ownJsonPieces(payloads, options)].join('');
}

/** NON-SPEC: the text of {@link writeOwnJson} in pieces. */
export function ownJsonPieces(payloads: PayloadSet, options: WriteOptions = {}): IterableIterator<string> {
  return jsonPieces(JSON_KINDS, 'own', rpkiClientMetadata(payloads, options), payloads);
}

function rpkiClientMetadata(payloads: PayloadSet, { now }: WriteOptions): object {
  const metadata: Record<string, unknown> = now === undefined ? {} : { buildtime: formatTime(now) };
  for (const kind of kindsOf<PayloadTypes>(COUNTED)) {
    for (const name of COUNTED[kind]) metadata[name] = payloads[kind].size;
  }
  return metadata;
}

/**
 * JSON as Routinator's `json` format has it; ordered. Routinator knows no `expires` there; "N/A" is no trust anchor.
 * NON-SPEC: a dialect of Routinator.
 */
export function writeRoutinatorJson(payloads: PayloadSet, options: WriteOptions = {}): string {
  return [...routinatorJsonPieces(payloads, options)].join('');
}

/** NON-SPEC: the text of {@link writeRoutinatorJson} in pieces. */
export function routinatorJsonPieces(
  payloads: PayloadSet,
  { now }: WriteOptions = {},
): IterableIterator<string> {
  const metadata = now === undefined ? {} : { generated: now, generatedTime: formatTime(now) };
  return jsonPieces(JSON_KINDS, 'routinator', metadata, payloads);
}

/** A file of the payloads that the dialect can say, whatever kinds there are: a list for each, one record a line. */
export function* jsonPieces<M>(
  kinds: JsonKinds<M>,
  dialect: JsonDialect,
  metadata: object,
  payloads: SetOf<M>,
): IterableIterator<string> {
  yield `{\n\t"metadata": ${JSON.stringify(metadata)}`;
  for (const kind of kindsOf<M>(kinds)) {
    const said = saidBy(kinds[kind], dialect);
    if (said === UNSAID || (said === kinds[kind].own && storeIn(payloads, kind).size === 0)) continue;
    yield `,\n\t${JSON.stringify(said.list)}: [`;
    let separator = '\n\t\t';
    for (const value of storeIn(payloads, kind).sorted()) {
      yield separator + JSON.stringify(said.record(value));
      separator = ',\n\t\t';
    }
    yield separator.startsWith(',') ? '\n\t]' : ']';
  }
  yield '\n}\n';
}
