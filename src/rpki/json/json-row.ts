import type { Prefix } from '../../inet/index.js';
import type { ValueOf } from '../../payload/index.js';
import type { Said, Sayable } from '../said.js';
import type { JsonObject } from './members.js';

/** A list of a dialect: its name, and a payload as the record that stands in it. */
export interface JsonList<V> extends Sayable<V> {
  readonly list: string;
  record(value: V): object;
}

/** A reader of the form of a record that programs write, for lists that are long. */
export interface PlainReader<V> {
  /**
   * Where the record that begins at `at` of a text in ASCII ends, its value then being {@link value}; -1 for one that is left to
   * others, or goes beyond the octets.
   */
  read(octets: Uint8Array, at: number): number;
  /** Of the record that was read last. */
  readonly value: V;
}

/** How the payloads of one kind stand in JSON. */
export interface JsonKind<V> {
  /** The members that hold a list of them, in whatever dialect. */
  readonly lists: readonly string[];
  /** Names, in small letters and without separators, that are taken for one of those lists misspelt. */
  readonly alike: Readonly<Record<string, string>>;
  /** Members of which a record has one, in any spelling: by these it is known in an array of records of any kind. */
  readonly known: readonly string[];
  /** What only Routinator writes: the name of a list, or a member of a record. */
  readonly routinatorOnly: { readonly list?: string; readonly member?: string };
  /**
   * A payload from its record in any spelling; `scan` reads prefixes.
   *
   * @throws {DecodeError} with a code for the member that is wrong.
   */
  read(record: JsonObject, scan: (text: string) => Prefix): V;
  /** A second reading, for speed alone: what it takes it reads as `read` does. */
  createPlainReader?(): PlainReader<V>;
  /** As rpki-client writes them. */
  readonly rpkiClient: Said<JsonList<V>>;
  /** As Routinator writes them. */
  readonly routinator: Said<JsonList<V>>;
  /** In a form of this project, for kinds that rpki-client does not write as payloads. */
  readonly own?: JsonList<V>;
}

/** The dialects of JSON that are written; `own` is rpki-client's with the kinds that it lacks. */
export type JsonDialect = 'rpkiClient' | 'routinator' | 'own';

/** How a dialect says the payloads of a kind. */
export function saidBy<V>(kind: JsonKind<V>, dialect: JsonDialect): Said<JsonList<V>> {
  return dialect === 'own' ? (kind.own ?? kind.rpkiClient) : kind[dialect];
}

/** A row for every kind of `M`, in the order of the lists of a file. */
export type JsonKinds<M> = { readonly [K in keyof M]: JsonKind<ValueOf<M[K]>> };
