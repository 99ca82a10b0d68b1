import { compareOctets } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import type { RouterKey } from '../payload/index.js';
import { compareRecords } from './record-order.js';

/** What {@link OrderCheck} remembers of the PDU before. */
interface Last {
  type: number;
  announce: boolean;
  readonly record: Uint32Array;
  key: RouterKey | undefined;
  customer: Asn;
}

/** Counts the PDUs of one version 2 response that break the order of 8210bis-26 §11.2. */
export interface OrderCheck {
  readonly violations: number;
  prefix(type: number, announce: boolean, record: Uint32Array, words: number): void;
  routerKey(type: number, announce: boolean, key: RouterKey): void;
  aspa(type: number, announce: boolean, customer: Asn): void;
}

/** A check for one response. */
export function createOrderCheck(): OrderCheck {
  const last: Last = { type: -1, announce: true, record: new Uint32Array(6), key: undefined, customer: 0 };
  let violations = 0;
  /** Below 0 when the PDU before rightly precedes by type or flag, above 0 when wrongly, 0 when the values decide. */
  const byKind = (type: number, announce: boolean): number => {
    const kind = last.type !== type ? last.type - type : Number(announce) - Number(last.announce);
    last.type = type;
    last.announce = announce;
    return kind;
  };
  const count = (order: number): void => {
    if (order > 0) violations++;
  };
  return {
    get violations() {
      return violations;
    },
    prefix(type, announce, record, words) {
      const kind = byKind(type, announce);
      if (kind !== 0) count(kind);
      else {
        const values = compareRecords(last.record, 0, record, 0, words);
        count(announce ? -values : values);
      }
      for (let i = 0; i < words; i++) last.record[i] = record[i] as number;
    },
    routerKey(type, announce, key) {
      const kind = byKind(type, announce);
      count(kind !== 0 || !last.key ? kind : compareRouterKeys(last.key, key));
      last.key = key;
    },
    aspa(type, announce, customer) {
      const kind = byKind(type, announce);
      count(kind !== 0 ? kind : last.customer - customer);
      last.customer = customer;
    },
  };
}

/** 8210bis-26 §11.2.2: by SKI, SPKI length, SPKI, then ASN, all ascending. */
export function compareRouterKeys(a: RouterKey, b: RouterKey): number {
  return (
    compareOctets(a.ski, b.ski) ||
    a.spki.length - b.spki.length ||
    compareOctets(a.spki, b.spki) ||
    a.asn - b.asn
  );
}
