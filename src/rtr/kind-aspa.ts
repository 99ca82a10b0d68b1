import { type Asn, distinctAsns, isAsn, requireAsn, requireIterable, requireObject } from '../inet/index.js';
import { type AspaPayload, sameProviders } from '../payload/index.js';
import { createNumberMap } from '../tables/index.js';
import {
  type AspaChange,
  type AspaRecord,
  type AspaRecords,
  aspaChange,
  aspaRecordKey,
  aspaRecordsOf,
  byCustomer,
  customersOf,
  recordsOfPayload,
  uniteAspas,
} from './aspa-records.js';
import { encodedPdus, type KindResponse, type ResponseContext, type RtrKind, type RtrTypes } from './kind.js';
import type { RtrFormat } from './pdu/format.js';
import { PDU_TYPE } from './pdu/header.js';
import { decodeCheckedPdu, encodePdu, type Pdu } from './pdu/pdu.js';
import { MAX_ASPA_PROVIDERS } from './pdu/pdu-11-aspa.js';
import { duplicate, repeatedWithdrawal, unknownWithdrawal, withdrawalInReset } from './response-faults.js';

/** ASPAs in RTR; the changes are one per customer, by customer. */
export type AspaTypes = RtrTypes<AspaPayload, AspaRecords, readonly AspaChange[], Asn>;

/** An ASPA is a handful of objects, which cost more than their octets when these are few (D-rtr-payload-units). */
const unitsOfAspa = (providers: number): number => 3 + Math.ceil(providers / 4);

/** ASPAs: ASPA PDUs (8210bis §5.12). An announcement replaces what the cache had of the customer. */
export const ASPA_KIND: RtrKind<AspaPayload, AspaRecords, readonly AspaChange[], Asn> = {
  since: 2,
  pduTypes: [PDU_TYPE.aspa],
  create: createNumberMap,
  size: ({ size }) => size,
  units: (records) => {
    let units = 0;
    for (const { providers } of records.values()) units += unitsOfAspa(providers?.length ?? 0);
    return units;
  },
  unitsOfPdu: (length) => unitsOfAspa((length - 12) / 4),
  /**
   * One record per customer, the ASPAs united and 0 dropped among others, without providers where they are more than a PDU
   * holds (§5.12). Limits to one family are forgotten: the protocol has none.
   */
  load(aspas, hash) {
    const parts = createNumberMap<AspaRecord[]>(hash);
    for (const aspa of aspas) {
      requireObject(aspa, 'an ASPA', '{customer, providers}');
      const { customer, providers } = aspa;
      requireAsn(customer, 'customer');
      requireIterable(providers, `the providers of AS${customer}`, 'a list of ASNs');
      for (const provider of providers)
        if (!isAsn(provider)) requireAsn(provider, `provider of AS${customer}:`);
      const list = parts.get(customer);
      if (list) list.push({ customer, providers });
      else parts.set(customer, [{ customer, providers }]);
    }
    const records = createNumberMap<AspaRecord>(hash);
    for (const [customer, list] of parts) {
      records.set(customer, { customer, providers: uniteAspas(list, MAX_ASPA_PROVIDERS)?.providers });
    }
    return records;
  },
  values: (records, { maxProviders, hash }) =>
    [...customersOf([records], hash)].flatMap((customer) => {
      return uniteAspas(aspaRecordsOf(records, customer), maxProviders) ?? [];
    }),
  diff,
  changesTo(held, added, removed) {
    const withdrawn = [...removed.keys()].filter((customer) => !added.has(customer));
    const changes = [...added.keys(), ...withdrawn].flatMap((customer) => {
      const after = added.get(customer);
      const before = aspaRecordsOf(held, customer);
      return aspaChange(customer, before, after ? [after] : [], MAX_ASPA_PROVIDERS) ?? [];
    });
    return changes.sort(byCustomer);
  },
  everything: (records) =>
    [...records.values()]
      .flatMap(({ customer, providers }) => (providers ? { customer, after: { customer, providers } } : []))
      .sort(byCustomer),
  apply(records, changes) {
    for (const { customer, after } of changes) {
      if (after) records.set(customer, { customer, providers: after.providers });
      else records.delete(customer);
    }
  },
  merge(list, hash) {
    const merged = createNumberMap<AspaChange>(hash);
    for (const change of list.flat()) {
      const { customer, after } = change;
      merged.set(customer, { customer, before: (merged.get(customer) ?? change).before, after });
    }
    return [...merged.values()].filter(({ before, after }) => !sameProviders(before, after)).sort(byCustomer);
  },
  /** The union over all caches, 0 dropped where others remain. */
  outside(changes, others, { maxProviders }) {
    return changes
      .flatMap(({ customer, before, after }) => {
        const shared = others.flatMap((records) => aspaRecordsOf(records, customer));
        const [old, now] = [before, after].map((own) => [...shared, ...recordsOfPayload(own)]);
        return aspaChange(customer, old ?? [], now ?? [], maxProviders) ?? [];
      })
      .sort(byCustomer);
  },
  count: ({ length }) => length,
  lists: (changes) => ({
    announced: changes.flatMap(({ after }) => after ?? []),
    withdrawn: changes.flatMap(({ customer, after }) => (after ? [] : customer)),
    gone: changes.flatMap(({ before }) => before ?? []),
  }),
  encode: (changes, format) =>
    encodedPdus(
      changes
        .flatMap((change) => aspaPdus(change, format))
        .sort(announcementsFirst)
        .map((pdu) => encodePdu(pdu, format.version)),
    ),
  begin,
};

function diff(
  before: AspaRecords,
  after: AspaRecords,
  { maxProviders, hash }: Pick<ResponseContext, 'maxProviders' | 'hash'>,
): readonly AspaChange[] {
  return [...customersOf([before, after], hash)]
    .flatMap((customer) => {
      const [old, now] = [aspaRecordsOf(before, customer), aspaRecordsOf(after, customer)];
      return aspaChange(customer, old, now, maxProviders) ?? [];
    })
    .sort(byCustomer);
}

/**
 * An announcement replaces a record of an earlier response (§5.12); within one response a customer comes once
 * (docs/decisions/rtr.md D-rtr-aspa-duplicate).
 */
function begin(
  base: AspaRecords,
  context: ResponseContext,
): KindResponse<AspaRecords, readonly AspaChange[]> {
  const { reset, version, order, maxProviders, aspaLayout, zeroProvider, hash } = context;
  /** What becomes of each record; undefined: withdrawn. */
  const fates = createNumberMap<AspaRecord | undefined>(hash);
  let last: Asn = 0;
  const put = (announce: boolean, record: AspaRecord): void => {
    const key = aspaRecordKey(record);
    const active = fates.has(key) ? fates.get(key) !== undefined : !reset && base.has(key);
    if (announce) {
      if (fates.has(key) && active) throw duplicate('ASPA');
      fates.set(key, record);
      return;
    }
    if (reset) throw withdrawalInReset(active);
    if (!active) throw fates.has(key) ? repeatedWithdrawal(version, 'ASPA') : unknownWithdrawal('ASPA');
    // StayRTR 0.5.1 announces a replacement first and withdraws the old list after it, which is then gone already
    // (docs/decisions/rtr.md D-rtr-old-layout-withdrawal).
    if (record.limit !== undefined && fates.has(key) && sameInAnyOrder(record, base.get(key))) return;
    fates.set(key, undefined);
  };
  return {
    take(header, octets, start) {
      const pdu = decodeCheckedPdu(header, octets, start, { aspaLayout, zeroProvider });
      if (pdu.type !== 'aspa' && pdu.type !== 'aspa-8210bis-10')
        throw new TypeError(`a ${pdu.type} PDU is no ASPA`);
      const { customer, announce } = pdu;
      // A list beyond the limit is remembered without its content, so that its withdrawal is no error.
      const providers = pdu.providers.length > maxProviders ? undefined : pdu.providers;
      put(announce, pdu.type === 'aspa' ? { customer, providers } : { customer, providers, limit: pdu.afi });
      // §11.2.3: by customer, ascending.
      order?.next(header.type, announce, () => last - customer);
      last = customer;
    },
    commit(before) {
      if (reset) {
        const records = createNumberMap<AspaRecord>(hash);
        for (const [key, record] of fates) if (record) records.set(key, record);
        return { records, changes: diff(before, records, context) };
      }
      const old = createNumberMap<AspaRecord[]>(hash);
      for (const [key, record] of fates) {
        const known = record ?? before.get(key);
        if (known) old.set(known.customer, aspaRecordsOf(before, known.customer));
      }
      for (const [key, record] of fates) {
        if (record) before.set(key, record);
        else before.delete(key);
      }
      const changes = [...old].flatMap(([customer, records]) => {
        return aspaChange(customer, records, aspaRecordsOf(before, customer), maxProviders) ?? [];
      });
      return { records: before, changes: changes.sort(byCustomer) };
    },
  };
}

/** Whether both records list the same providers, in whatever order. */
function sameInAnyOrder(a: AspaRecord, b: AspaRecord | undefined): boolean {
  if (!a.providers?.length || !b?.providers) return false;
  const ascending = (providers: readonly Asn[]): AspaPayload => {
    return { customer: a.customer, providers: providers.toSorted((x, y) => x - y) };
  };
  return sameProviders(ascending(a.providers), ascending(distinctAsns(b.providers)));
}

type AnyAspaPdu = Extract<Pdu, { type: 'aspa' | 'aspa-8210bis-10' }>;

/** The one PDU of a customer (§5.12), or one per family in the layout of 8210bis-10; none for a list beyond a PDU. */
function aspaPdus(change: AspaChange, format: RtrFormat): AnyAspaPdu[] {
  const { customer } = change;
  const fits = (providers: readonly number[] | undefined): boolean =>
    providers !== undefined && providers.length <= MAX_ASPA_PROVIDERS;
  const announce = fits(change.after?.providers);
  if (!announce && !fits(change.before?.providers)) return [];
  const providers = announce ? (change.after?.providers ?? []) : [];
  if (format.aspaLayout !== '8210bis-10') return [{ type: 'aspa', announce, customer, providers }];
  return ([1, 2] as const).map((afi) => ({ type: 'aspa-8210bis-10', announce, afi, customer, providers }));
}

/** §11.2.3; the list is sorted by customer already, and the sort is stable. */
function announcementsFirst(a: AnyAspaPdu, b: AnyAspaPdu): number {
  return Number(b.announce) - Number(a.announce);
}
