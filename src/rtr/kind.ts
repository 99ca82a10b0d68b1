import type { SeededHash } from '../tables/index.js';
import type { OrderCheck } from './order-check.js';
import type { AspaLayout, RtrFormat, RtrVersion } from './pdu/format.js';
import type { RtrHeader } from './pdu/header.js';

/**
 * The types of one kind of payload in RTR: its values, the records that a cache holds of it, how those change, and what names
 * a value that is withdrawn, which is what its set takes (`PayloadTypes`).
 */
export interface RtrTypes<V, R, C, I = V> {
  readonly value: V;
  readonly identity: I;
  readonly records: R;
  readonly changes: C;
}

/** What payloads are made of records with. */
export interface RecordLimits {
  /** Of the store that the records belong to. */
  readonly hash: SeededHash;
  /** Providers of one customer; one with more has no payload. */
  readonly maxProviders: number;
}

/** What a response is read with. */
export interface ResponseContext extends RecordLimits {
  /** Whether it answers a Reset Query, and so only announces (8210bis §5.5). */
  readonly reset: boolean;
  readonly version: RtrVersion;
  readonly aspaLayout: AspaLayout;
  readonly zeroProvider: 'error' | 'drop';
  /** In version 2. */
  readonly order: OrderCheck | undefined;
}

/** What a response says of one kind, kept apart from the records until End of Data (8210bis §11.3). */
export interface KindResponse<R, C> {
  /**
   * Takes in the payload PDU at `start`, whose header has been checked.
   *
   * @throws {RtrError} for a faulty body; `rtr-duplicate` (error 7), `rtr-unknown-withdrawal` (error 6),
   * `rtr-withdrawal-in-reset` (0).
   */
  take(header: RtrHeader, octets: Uint8Array, start: number): void;
  /** The records after the response and the net changes that lead to them. `base` itself is changed unless it is a reset. */
  commit(base: R): { readonly records: R; readonly changes: C };
}

/** PDUs that are written into the array of a whole response. */
export interface EncodedPdus {
  readonly length: number;
  write(out: Uint8Array, at: number): void;
}

/** Changes as all kinds have them. */
export interface ChangeLists<V, I> {
  readonly announced: Iterable<V>;
  /** The identities of what is withdrawn and not announced anew. */
  readonly withdrawn: Iterable<I>;
  /** What is no more: withdrawn, or replaced by what is announced. */
  readonly gone: Iterable<V>;
}

/** What RTR does with one kind of payload. `R` are records, `C` the net difference between two states of them. */
export interface RtrKind<V, R, C, I = V> {
  /** The first version that has it, and the types of its PDUs (8210bis §14). */
  readonly since: RtrVersion;
  readonly pduTypes: readonly number[];
  /** An empty set of records. */
  create(hash: SeededHash): R;
  size(records: R): number;
  /** Units of `maxPayloads` by what is kept in memory, a VRP being one (docs/decisions/rtr.md D-rtr-payload-units). */
  units(records: R): number;
  unitsOfPdu(length: number): number;
  /** Payloads as a cache serves them. Throws `RangeError` for one that no PDU can carry (D-rtr-cache-refuses). */
  load(values: Iterable<V>, hash: SeededHash): R;
  /** The payloads that the records make. */
  values(records: R, limits: RecordLimits): Iterable<V>;
  /** What turns `before` into `after`; both stay as they are, and the result shares nothing that changes later. */
  diff(before: R, after: R, limits: RecordLimits): C;
  /** What announcing `added` and withdrawing `removed` would change in `held`. */
  changesTo(held: R, added: R, removed: R): C;
  /** Announcements of everything, as the answer to a Reset Query has them. */
  everything(records: R): C;
  /** Carries changes out on records. */
  apply(records: R, changes: C): void;
  /** Successive changes as one, without what cancels out (8210bis §5.3). */
  merge(list: readonly C[], hash: SeededHash): C;
  /** Changes of one cache that are changes of its union with `others` (8210bis §10). */
  outside(changes: C, others: readonly R[], limits: RecordLimits): C;
  /** Records that come or go. */
  count(changes: C): number;
  lists(changes: C): ChangeLists<V, I>;
  /** The PDUs in the order of 8210bis §11.2. */
  encode(changes: C, format: RtrFormat): EncodedPdus;
  begin(base: R, context: ResponseContext): KindResponse<R, C>;
}

/** PDUs that have been encoded one by one. */
export function encodedPdus(pdus: readonly Uint8Array[]): EncodedPdus {
  return {
    length: pdus.reduce((sum, pdu) => sum + pdu.length, 0),
    write(out, from) {
      let at = from;
      for (const pdu of pdus) {
        out.set(pdu, at);
        at += pdu.length;
      }
    },
  };
}
