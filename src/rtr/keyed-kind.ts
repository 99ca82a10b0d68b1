import type { HashedMap, SeededHash } from '../tables/index.js';
import { encodedPdus, type KindResponse, type ResponseContext, type RtrKind } from './kind.js';
import type { RtrFormat, RtrVersion } from './pdu/format.js';
import type { RtrHeader } from './pdu/header.js';
import type { DecodePduOptions } from './pdu/pdu.js';
import { duplicate, repeatedWithdrawal, unknownWithdrawal, withdrawalInReset } from './response-faults.js';

/** How payloads that are kept as objects change: what comes and what goes, nothing in both. */
export interface KeyedChanges<V> {
  readonly announced: readonly V[];
  readonly withdrawn: readonly V[];
}

/**
 * A kind of payload that is announced and withdrawn whole, by PDUs of one type, and is kept as objects. All that a PDU says is
 * the identity of a payload, here and in its set; a kind of which an announcement replaces another is made as `kind-aspa.ts`.
 */
export interface KeyedRow<V> {
  /** What one is called in errors. */
  readonly what: string;
  readonly since: RtrVersion;
  readonly pduType: number;
  /** An empty map by all that a PDU says. Payloads that it takes for the same are never announced in place of each other. */
  newMap<T>(hash: SeededHash): HashedMap<V, T>;
  /** @throws {RangeError} for what no PDU can carry. */
  check(value: V): void;
  /** The order of 8210bis §11.2. */
  compare(a: V, b: V): number;
  units(value: V): number;
  unitsOfPdu(length: number): number;
  encode(announce: boolean, value: V, format: RtrFormat): Uint8Array;
  /** @throws {RtrError} for a faulty body. */
  decode(
    header: RtrHeader,
    octets: Uint8Array,
    start: number,
    options: DecodePduOptions,
  ): { readonly announce: boolean; readonly value: V };
}

/** What RTR does with such a kind. */
export function keyedKind<V>(row: KeyedRow<V>): RtrKind<V, HashedMap<V, V>, KeyedChanges<V>> {
  type Records = HashedMap<V, V>;
  const missing = (from: Records, other: Records): V[] => [...from.values()].filter((one) => !other.has(one));
  const diff = (before: Records, after: Records): KeyedChanges<V> => ({
    announced: missing(after, before),
    withdrawn: missing(before, after),
  });
  const apply = (records: Records, { announced, withdrawn }: KeyedChanges<V>): void => {
    for (const value of withdrawn) records.delete(value);
    for (const value of announced) records.set(value, value);
  };
  return {
    since: row.since,
    pduTypes: [row.pduType],
    create: (hash) => row.newMap(hash),
    size: ({ size }) => size,
    units: (records) => [...records.values()].reduce((sum, value) => sum + row.units(value), 0),
    unitsOfPdu: row.unitsOfPdu,
    load(values, hash) {
      const records = row.newMap<V>(hash);
      for (const value of values) {
        row.check(value);
        records.set(value, value);
      }
      return records;
    },
    values: (records) => [...records.values()],
    diff,
    changesTo: (held, added, removed) => ({
      announced: missing(added, held),
      withdrawn: [...removed.values()].filter((one) => held.has(one) && !added.has(one)),
    }),
    everything: (records) => ({ announced: [...records.values()], withdrawn: [] }),
    apply,
    merge(list, hash) {
      const [come, gone] = [row.newMap<V>(hash), row.newMap<V>(hash)];
      for (const { announced, withdrawn } of list) {
        for (const value of withdrawn) if (!come.delete(value)) gone.set(value, value);
        for (const value of announced) if (!gone.delete(value)) come.set(value, value);
      }
      return { announced: [...come.values()], withdrawn: [...gone.values()] };
    },
    outside({ announced, withdrawn }, others) {
      const isAlone = (value: V): boolean => !others.some((other) => other.has(value));
      return { announced: announced.filter(isAlone), withdrawn: withdrawn.filter(isAlone) };
    },
    count: ({ announced, withdrawn }) => announced.length + withdrawn.length,
    lists: ({ announced, withdrawn }) => ({ announced, withdrawn, gone: withdrawn }),
    encode({ announced, withdrawn }, format) {
      const pdus = (values: readonly V[], announce: boolean): Uint8Array[] =>
        [...values].sort(row.compare).map((value) => row.encode(announce, value, format));
      return encodedPdus([...pdus(announced, true), ...pdus(withdrawn, false)]);
    },
    begin: (base, context) => beginKeyed(row, base, context, diff, apply),
  };
}

function beginKeyed<V>(
  row: KeyedRow<V>,
  base: HashedMap<V, V>,
  context: ResponseContext,
  diff: (before: HashedMap<V, V>, after: HashedMap<V, V>) => KeyedChanges<V>,
  apply: (records: HashedMap<V, V>, changes: KeyedChanges<V>) => void,
): KindResponse<HashedMap<V, V>, KeyedChanges<V>> {
  const { reset, version, order, aspaLayout, zeroProvider, hash } = context;
  /** What becomes of each; undefined: withdrawn. */
  const fates = row.newMap<V | undefined>(hash);
  let last: V | undefined;
  const put = (announce: boolean, value: V): void => {
    const held = !reset && base.has(value);
    const active = fates.has(value) ? fates.get(value) !== undefined : held;
    if (announce) {
      if (active) throw duplicate(row.what);
      if (held) fates.delete(value);
      else fates.set(value, value);
      return;
    }
    if (reset) throw withdrawalInReset(active);
    if (!active) throw fates.has(value) ? repeatedWithdrawal(version, row.what) : unknownWithdrawal(row.what);
    if (held) fates.set(value, undefined);
    else fates.delete(value);
  };
  return {
    take(header, octets, start) {
      const { announce, value } = row.decode(header, octets, start, { aspaLayout, zeroProvider });
      put(announce, value);
      order?.next(header.type, announce, () => (last === undefined ? 0 : row.compare(last, value)));
      last = value;
    },
    commit(before) {
      if (reset) {
        const records = row.newMap<V>(hash);
        for (const value of fates.values()) if (value !== undefined) records.set(value, value);
        return { records, changes: diff(before, records) };
      }
      const announced: V[] = [];
      const withdrawn: V[] = [];
      for (const [identity, value] of fates) {
        const old = before.get(identity);
        if (old !== undefined) withdrawn.push(old);
        if (value !== undefined) announced.push(value);
      }
      const changes = { announced, withdrawn };
      apply(before, changes);
      return { records: before, changes };
    },
  };
}
