import { parsePrefix } from 'pathsec/inet';
import type { Parts } from './parts.js';
import { type Aspa, Fault, type Key, type Payloads, type Pdu, type Vrp } from './pdu.js';

/** What a router holds of a cache: records by identity, and how often each was announced. */
export interface Data {
  readonly vrps: Map<string, Vrp>;
  readonly keys: Map<string, Key>;
  readonly aspas: Map<number, readonly number[]>;
  readonly copies: Map<string, number>;
}

export function emptyData(): Data {
  return { vrps: new Map(), keys: new Map(), aspas: new Map(), copies: new Map() };
}

export function copyData(data: Data): Data {
  return {
    vrps: new Map(data.vrps),
    keys: new Map(data.keys),
    aspas: new Map(data.aspas),
    copies: new Map(data.copies),
  };
}

/** A response under way. */
export interface Response {
  readonly data: Data;
  readonly reset: boolean;
  readonly version: number;
  /** What this response has announced and withdrawn so far. */
  readonly announced: Set<string>;
  readonly withdrawn: Set<string>;
}

/** Takes one payload PDU into the response (8210bis §5.9, §5.10, §5.11, §5.12). */
export function takePayload(parts: Parts, response: Response, pdu: Pdu): void {
  const { data } = response;
  if (pdu.type === 'ipv4-prefix' || pdu.type === 'ipv6-prefix') {
    const { prefix, maxLength, asn } = pdu;
    const vrp = { prefix, maxLength, asn };
    const id = parts.vrpId(vrp);
    if (!parts.usesVrp(vrp)) return;
    const known = data.vrps.has(id);
    takeRecord(parts, response, `vrp ${id}`, known, pdu.announce);
    if (pdu.announce) data.vrps.set(id, vrp);
    else if (last(data, `vrp ${id}`)) data.vrps.delete(id);
  } else if (pdu.type === 'router-key') {
    const { asn, ski, spki } = pdu;
    const key = { asn, ski, spki };
    const id = parts.keyId(key);
    const known = data.keys.has(id);
    takeRecord(parts, response, `key ${id}`, known, pdu.announce);
    if (pdu.announce) data.keys.set(id, key);
    else if (last(data, `key ${id}`)) data.keys.delete(id);
  } else if (pdu.type === 'aspa') {
    takeAspa(parts, response, pdu);
  }
}

/** Duplicates and withdrawals of what is not there. */
function takeRecord(parts: Parts, response: Response, id: string, known: boolean, announce: boolean): void {
  const { copies } = response.data;
  if (announce) {
    if (known && parts.duplicates === 'refuse') throw new Fault(7);
    copies.set(id, (copies.get(id) ?? 0) + 1);
    response.announced.add(id);
  } else {
    if (!known) missing(parts, response, id);
    else if (response.reset) throw new Fault(0);
    copies.set(id, (copies.get(id) ?? 0) - 1);
    response.withdrawn.add(id);
  }
}

function last({ copies }: Data, id: string): boolean {
  return (copies.get(id) ?? 0) <= 0;
}

function missing(parts: Parts, { withdrawn, version }: Response, id: string): void {
  if (withdrawn.has(id) && version === 2) throw new Fault(7);
  if (parts.unknownWithdrawals === 'refuse') throw new Fault(6);
}

function takeAspa(parts: Parts, response: Response, pdu: Aspa & { announce: boolean; afi?: number }): void {
  const { aspas } = response.data;
  const { announce, providers, afi } = pdu;
  // One record per customer, in the old layout one per family.
  const customer = pdu.customer + (afi ?? 0) * 2 ** 32;
  const id = `aspa ${customer}`;
  const held = aspas.get(customer);
  if (parts.aspaAdds(announce, pdu)) {
    if (held !== undefined && response.announced.has(id) && parts.duplicates === 'refuse') throw new Fault(7);
    aspas.set(customer, parts.replaceAspa(held, providers));
    response.announced.add(id);
    return;
  }
  if (held === undefined) missing(parts, response, id);
  else if (response.reset) throw new Fault(0);
  response.withdrawn.add(id);
  aspas.delete(customer);
}

/** The data in the order of the interface. */
export function payloadsOf({ vrps, keys, aspas }: Data): Required<Payloads> {
  const united = new Map<number, Set<number>>();
  for (const [id, providers] of aspas) {
    const customer = id % 2 ** 32;
    const own = providers.filter((asn) => asn !== customer);
    united.set(customer, new Set([...(united.get(customer) ?? []), ...own]));
  }
  return {
    vrps: sorted(vrps.values(), vrpOrder),
    aspas: [...united]
      .sort(([a], [b]) => a - b)
      .map(([customer, set]) => ({ customer, providers: [...set].sort((a, b) => a - b) })),
    routerKeys: sorted(keys.values(), ({ ski, spki, asn }) => `${ski}${spki} ${asnText(asn)}`),
  };
}

function sorted<T>(values: Iterable<T>, text: (value: T) => string): T[] {
  return [...values].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** IPv4 before IPv6, then by address, length, max length and AS. */
function vrpOrder({ prefix, maxLength, asn }: Vrp): string {
  const [address = '', length = '0'] = prefix.split('/');
  const { afi, octets } = parsePrefix(`${address}/${address.includes(':') ? 128 : 32}`);
  const hex = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return `${afi} ${hex} ${length.padStart(3, '0')} ${String(maxLength).padStart(3, '0')} ${asnText(asn)}`;
}

function asnText(asn: number): string {
  return String(asn + 2 ** 31).padStart(11, '0');
}
