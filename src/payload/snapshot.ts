import { createReader, createWriter, DecodeError } from '../bytes/index.js';
import { sayValue } from '../inet/index.js';
import type { SeedOptions } from '../tables/index.js';
import type { KindStore } from './keyed-store.js';
import { ALL_KINDS, forKinds, PAYLOAD_KINDS, type PayloadKind } from './kinds.js';
import { type PayloadSet, requireSet, storeIn } from './payload-set.js';
import { SNAPSHOT_KINDS, type SnapshotKinds } from './snapshot-kinds.js';
import { readCount, readNames, type SnapshotIn, type SnapshotKind, writeNames } from './snapshot-parts.js';
import type { PayloadNotes } from './union-notes.js';

/** The first four octets: no text and no other format of ours begins so. */
const MAGIC = 0x89505353;
const VERSION = 1;

/**
 * All of a set as octets, with expiry and trust anchors, to be kept or sent and opened by {@link unpackPayloads}. Sets of the
 * same payloads and notes give the same octets, in whatever order they were filled. The form has a version and is described
 * in docs/decisions/payload.md D-payload-snapshot. NON-SPEC.
 *
 * @throws {TypeError} for what is no set; {@link RangeError} for what no reader makes and no snapshot can say: an expiry that is no
 * finite number, a prefix list with bits behind the length of a prefix.
 */
export function packPayloads(set: PayloadSet): Uint8Array {
  requireSet(set);
  const names = namesOf(set);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const writer = createWriter().u32(MAGIC, 'magic').u32(VERSION, 'version');
  writeNames(writer, names);
  const out = { writer, numbers };
  for (const kind of ALL_KINDS) {
    const store = storeIn(set, kind);
    const row = SNAPSHOT_KINDS[kind] as SnapshotKind<unknown>; // of the same kind
    writer.u32(store.size, kind);
    for (const value of store.sorted()) row.write(out, value);
  }
  return writer.finish();
}

/** The names of all trust anchors, once each, ascending by code unit. */
function namesOf(set: PayloadSet): string[] {
  const names = new Set<string>();
  for (const kind of ALL_KINDS) {
    for (const { ta } of set[kind] as Iterable<PayloadNotes>) if (ta !== undefined) names.add(ta);
  }
  return [...names].sort();
}

/**
 * The set that {@link packPayloads} made octets of. They may be a stranger's: each value is checked, and has to stand in the one
 * form and order in which it is packed. Memory follows the octets that are there, never a count in them; nothing of them is
 * held afterwards.
 *
 * @throws {TypeError} for what is no octets; {@link DecodeError} `snapshot-magic`, `snapshot-version` for a form that this version
 * cannot read, `truncated`, `trailing-octets`, and for what is wrong inside `snapshot-count`, `snapshot-order`, `snapshot-names`,
 * `snapshot-notes`, `snapshot-prefix`, `snapshot-max-length`, `snapshot-asn`, `snapshot-list`, `snapshot-limit`, `snapshot-key`
 * or `snapshot-subcategory`; the offset is from the start of `octets`.
 */
export function unpackPayloads(octets: Uint8Array, options: SeedOptions = {}): PayloadSet {
  return unpackBy(SNAPSHOT_KINDS, octets, options);
}

/** As {@link unpackPayloads}, with these readings of the kinds. */
export function unpackBy(kinds: SnapshotKinds, octets: Uint8Array, options: SeedOptions): PayloadSet {
  if (!(octets instanceof Uint8Array)) {
    throw new TypeError(`a snapshot is ${sayValue(octets)}, not the octets that packPayloads made`);
  }
  const reader = createReader(octets);
  if (reader.u32('magic') !== MAGIC) {
    throw new DecodeError('snapshot-magic', 'not a snapshot of payloads', { field: 'magic', offset: 0 });
  }
  const version = reader.u32('version');
  if (version !== VERSION) {
    const message = `version ${version} of the form, where ${VERSION} is known`;
    throw new DecodeError('snapshot-version', message, { field: 'version', offset: 4 });
  }
  const namesAt = reader.offset;
  const names = readNames(reader);
  const from = { reader, names, used: new Uint8Array(names.length) };
  // One kind is read to its end before the next, in the order in which they were written.
  const set = forKinds<PayloadSet>(ALL_KINDS, (kind) => readStore(kinds, kind, from, options) as never); // each of its kind
  reader.expectEnd('snapshot');
  if (from.used.includes(0)) {
    const message = `nothing names trust anchor ${from.used.indexOf(0)}`;
    throw new DecodeError('snapshot-names', message, { field: 'names', offset: namesAt });
  }
  return set;
}

function readStore(
  kinds: SnapshotKinds,
  kind: PayloadKind,
  from: SnapshotIn,
  options: SeedOptions,
): KindStore<unknown, unknown> {
  const row = kinds[kind] as SnapshotKind<unknown>; // of what it reads itself
  if (row.readAll) return row.readAll(from, options);
  const rows = rowsOf(kind, row, from) as Iterable<never>;
  return PAYLOAD_KINDS[kind].createStore(rows, options) as KindStore<unknown, unknown>;
}

/** The values of a kind, made as they are read, once. */
function* rowsOf(
  kind: PayloadKind,
  { least, read, compare }: SnapshotKind<unknown>,
  from: SnapshotIn,
): Generator<unknown> {
  const count = readCount(from.reader, least, kind);
  let last: unknown;
  for (let i = 0; i < count; i++) {
    const { offset } = from.reader;
    const value = read(from);
    if (i > 0 && compare(last, value) >= 0) {
      throw new DecodeError('snapshot-order', `the ${kind} do not ascend`, { field: kind, offset });
    }
    yield value;
    last = value;
  }
}
