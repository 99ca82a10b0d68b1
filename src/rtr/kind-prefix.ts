import { writeU32 } from '../bytes/index.js';
import type { Vrp } from '../payload/index.js';
import type { EncodedPdus, KindResponse, ResponseContext, RtrKind, RtrTypes } from './kind.js';
import { PDU_TYPE } from './pdu/header.js';
import { ascending, compareRecords } from './record-order.js';
import type { RecordSet } from './record-set.js';
import { duplicate, repeatedWithdrawal, unknownWithdrawal, withdrawalInReset } from './response-faults.js';
import { recordOfIpv4Pdu, recordOfIpv6Pdu } from './vrp-record.js';
import { createVrpRecords, FAMILIES, packVrps, type VrpRecords, vrpsOf } from './vrp-records.js';

/** How the VRPs of a cache change; both sides packed, and without a record in common. */
export interface VrpChanges {
  readonly announced: VrpRecords;
  readonly withdrawn: VrpRecords;
}

/** VRPs in RTR. */
export type VrpTypes = RtrTypes<Vrp, VrpRecords, VrpChanges>;

/** VRPs: IPv4 Prefix and IPv6 Prefix PDUs (8210bis §5.9, §5.10). */
export const PREFIX_KIND: RtrKind<Vrp, VrpRecords, VrpChanges> = {
  since: 0,
  pduTypes: [PDU_TYPE.ipv4Prefix, PDU_TYPE.ipv6Prefix],
  create: createVrpRecords,
  size: sizeOf,
  units: sizeOf,
  unitsOfPdu: () => 1,
  load: packVrps,
  values: (records) => ({ [Symbol.iterator]: () => vrpsOf(records) }),
  diff: (before, after) => ({ announced: subtract(after, before), withdrawn: subtract(before, after) }),
  changesTo: (held, added, removed) => ({
    announced: select(added, (family, records, at) => !held[family].has(records, at)),
    withdrawn: select(
      removed,
      (family, records, at) => held[family].has(records, at) && !added[family].has(records, at),
    ),
  }),
  everything: (records) => ({ announced: records, withdrawn: createVrpRecords(records.ipv4.hash) }),
  apply,
  merge: (list, hash) => {
    const merged = { announced: createVrpRecords(hash), withdrawn: createVrpRecords(hash) };
    for (const { announced, withdrawn } of list) {
      for (const family of FAMILIES) {
        move(withdrawn[family], merged.announced[family], merged.withdrawn[family]);
        move(announced[family], merged.withdrawn[family], merged.announced[family]);
      }
    }
    return merged;
  },
  outside: ({ announced, withdrawn }, others) => {
    if (others.every((other) => sizeOf(other) === 0)) return { announced, withdrawn };
    const isAlone = (family: 'ipv4' | 'ipv6', records: Uint32Array, at: number): boolean =>
      !others.some((other) => other[family].has(records, at));
    return { announced: select(announced, isAlone), withdrawn: select(withdrawn, isAlone) };
  },
  count: ({ announced, withdrawn }) => sizeOf(announced) + sizeOf(withdrawn),
  lists: ({ announced, withdrawn }) => ({
    announced: { [Symbol.iterator]: () => vrpsOf(announced) },
    withdrawn: { [Symbol.iterator]: () => vrpsOf(withdrawn) },
    gone: { [Symbol.iterator]: () => vrpsOf(withdrawn) },
  }),
  encode: (changes, { version }) => prefixPdus(changes, version),
  begin,
};

function sizeOf({ ipv4, ipv6 }: VrpRecords): number {
  return ipv4.size + ipv6.size;
}

function apply(records: VrpRecords, { announced, withdrawn }: VrpChanges): void {
  for (const family of FAMILIES) {
    withdrawn[family].each((from, at) => records[family].delete(from, at));
    announced[family].each((from, at) => records[family].add(from, at));
  }
}

function select(
  from: VrpRecords,
  wanted: (family: 'ipv4' | 'ipv6', records: Uint32Array, at: number) => boolean,
): VrpRecords {
  const selected = createVrpRecords(from.ipv4.hash);
  for (const family of FAMILIES) {
    from[family].each((records, at) => {
      if (wanted(family, records, at)) selected[family].add(records, at);
    });
  }
  return selected;
}

function subtract(from: VrpRecords, what: VrpRecords): VrpRecords {
  const difference = createVrpRecords(from.ipv4.hash);
  for (const family of FAMILIES) {
    const { records, words } = from[family];
    if (what[family].size === 0) {
      difference[family].copyFrom(from[family]);
      continue;
    }
    for (let at = 0; at < records.length; at += words) {
      if (!what[family].has(records, at)) difference[family].add(records, at);
    }
  }
  return difference;
}

/** Each record of `from` leaves `opposite`, or enters `same` when it was not there. */
function move(from: RecordSet, opposite: RecordSet, same: RecordSet): void {
  const { records, words } = from;
  for (let at = 0; at < records.length; at += words) {
    if (!opposite.delete(records, at)) same.add(records, at);
  }
}

function begin(base: VrpRecords, context: ResponseContext): KindResponse<VrpRecords, VrpChanges> {
  const { reset, version, order } = context;
  const announced = createVrpRecords(base.ipv4.hash);
  const withdrawn = createVrpRecords(base.ipv4.hash);
  const [record, last] = [new Uint32Array(6), new Uint32Array(6)];
  let [words, announces] = [0, true];
  /** §11.2.1: announcements descend, withdrawals ascend. */
  const values = (): number => {
    const compared = compareRecords(last, 0, record, 0, words);
    return announces ? -compared : compared;
  };
  const put = (family: 'ipv4' | 'ipv6'): void => {
    const [come, gone] = [announced[family], withdrawn[family]];
    if (reset) {
      if (!announces) throw withdrawalInReset(come.has(record));
      if (!come.add(record)) throw duplicate('VRP');
      return;
    }
    const held = base[family].has(record);
    if (announces) {
      // A record that was withdrawn and comes back within the response: nothing changes in the end.
      if (held ? !gone.delete(record) : !come.add(record)) throw duplicate('VRP');
      return;
    }
    if (held) {
      if (!gone.add(record)) throw repeatedWithdrawal(version, 'VRP');
    } else if (!come.delete(record)) {
      throw unknownWithdrawal('VRP');
    }
  };
  return {
    take({ type }, octets, start) {
      const isIpv4 = type === PDU_TYPE.ipv4Prefix;
      announces = isIpv4 ? recordOfIpv4Pdu(octets, start, record) : recordOfIpv6Pdu(octets, start, record);
      put(isIpv4 ? 'ipv4' : 'ipv6');
      if (!order) return;
      words = announced[isIpv4 ? 'ipv4' : 'ipv6'].words;
      order.next(type, announces, values);
      for (let i = 0; i < words; i++) last[i] = record[i] as number;
    },
    commit(before) {
      if (reset) return { records: announced, changes: PREFIX_KIND.diff(before, announced, context) };
      apply(before, { announced, withdrawn });
      return { records: before, changes: { announced, withdrawn } };
    },
  };
}

/** §11.2.1: by type; announcements before withdrawals. */
function prefixPdus({ announced, withdrawn }: VrpChanges, version: number): EncodedPdus {
  const ipv4 = 20 * (announced.ipv4.size + withdrawn.ipv4.size);
  const ipv6 = 32 * (announced.ipv6.size + withdrawn.ipv6.size);
  return {
    length: ipv4 + ipv6,
    write(out, from) {
      let at = from;
      for (const family of FAMILIES) {
        at = writePrefixes(out, at, version, announced[family], true);
        at = writePrefixes(out, at, version, withdrawn[family], false);
      }
    },
  };
}

/** §11.2.1: announcements descending, withdrawals ascending. */
function writePrefixes(
  out: Uint8Array,
  from: number,
  version: number,
  set: RecordSet,
  announce: boolean,
): number {
  const order = ascending(set);
  const { records, words } = set;
  const addressWords = words - 2;
  const length = 16 + 4 * addressWords;
  const type = addressWords === 1 ? PDU_TYPE.ipv4Prefix : PDU_TYPE.ipv6Prefix;
  let at = from;
  for (let i = 0; i < order.length; i++) {
    const record = (order[announce ? order.length - 1 - i : i] as number) * words;
    const lengths = records[record + addressWords] as number;
    out[at] = version;
    out[at + 1] = type;
    out[at + 7] = length;
    out[at + 8] = announce ? 1 : 0;
    out[at + 9] = lengths & 0xff;
    out[at + 10] = lengths >>> 8;
    for (let word = 0; word < addressWords; word++) {
      writeU32(out, at + 12 + 4 * word, records[record + word] as number);
    }
    writeU32(out, at + length - 4, records[record + words - 1] as number);
    at += length;
  }
  return at;
}
