import { writeU32 } from '../../bytes/index.js';
import type { RouterKey } from '../../payload/index.js';
import { type AspaChange, createVrpRecords, type PayloadChanges } from '../changes.js';
import { compareRouterKeys } from '../order-check.js';
import type { PayloadStore } from '../payload-store.js';
import type { RtrFormat } from '../pdu/format.js';
import { PDU_TYPE } from '../pdu/header.js';
import { encodePdu, type Pdu } from '../pdu/pdu.js';
import { MAX_ASPA_PROVIDERS } from '../pdu/pdu-11-aspa.js';
import type { Timing } from '../pdu/timing.js';
import { ascending } from '../record-order.js';
import type { RecordSet } from '../record-set.js';

/** What frames a response. */
export interface ResponseFrame {
  readonly format: RtrFormat;
  readonly sessionId: number;
  readonly serial: number;
  readonly timing: Timing;
}

/**
 * A whole response in one array: Cache Response, payload PDUs in the order of 8210bis-26 §11.2 (in every version, as
 * it recommends), End of Data. Types that the version lacks are left out.
 */
export function encodeResponse(changes: PayloadChanges, frame: ResponseFrame): Uint8Array {
  const { format, sessionId, serial, timing } = frame;
  const { version } = format;
  const { announced, withdrawn } = changes;
  const head = encodePdu({ type: 'cache-response', sessionId }, version);
  const tail = [
    ...(version >= 1 ? keyPdus(changes) : []),
    ...(version === 2
      ? changes.aspas.flatMap((change) => aspaPdus(change, format)).sort(announcementsFirst)
      : []),
    { type: 'end-of-data', sessionId, serial, timing } as const,
  ].map((pdu) => encodePdu(pdu, version));
  const ipv4 = 20 * (announced.ipv4.size + withdrawn.ipv4.size);
  const ipv6 = 32 * (announced.ipv6.size + withdrawn.ipv6.size);
  const length = tail.reduce((sum, pdu) => sum + pdu.length, head.length + ipv4 + ipv6);
  const out = new Uint8Array(length);
  out.set(head);
  let at = head.length;
  at = writePrefixes(out, at, version, announced.ipv4, true);
  at = writePrefixes(out, at, version, withdrawn.ipv4, false);
  at = writePrefixes(out, at, version, announced.ipv6, true);
  at = writePrefixes(out, at, version, withdrawn.ipv6, false);
  for (const pdu of tail) {
    out.set(pdu, at);
    at += pdu.length;
  }
  return out;
}

/** The response to a Reset Query: everything in `store`, announced. */
export function encodeSnapshot(store: PayloadStore, frame: ResponseFrame): Uint8Array {
  const aspas: AspaChange[] = [];
  for (const { customer, providers } of store.aspas.values()) {
    if (providers) aspas.push({ customer, after: { customer, providers } });
  }
  aspas.sort((a, b) => a.customer - b.customer);
  const changes = {
    announced: store.vrps,
    withdrawn: createVrpRecords(store.hash),
    announcedKeys: [...store.keys.values()],
    withdrawnKeys: [],
    aspas,
  };
  return encodeResponse(changes, frame);
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

/** §11.2.2. */
function keyPdus(changes: PayloadChanges): Pdu[] {
  const pdus = (keys: readonly RouterKey[], announce: boolean): Pdu[] =>
    [...keys].sort(compareRouterKeys).map((key) => ({ type: 'router-key', announce, key }));
  return [...pdus(changes.announcedKeys, true), ...pdus(changes.withdrawnKeys, false)];
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
