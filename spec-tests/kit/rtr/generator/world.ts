import type { Fields } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { encodePdu } from '../mutants/encode.js';
import { RIGHT } from '../mutants/parts.js';
import type { Aspa, Key, Payloads, Pdu, Vrp } from '../mutants/pdu.js';
import { alternative, type RtrCase } from './cases.js';
import { SPKI } from './keys.js';

/** The session ID and first serial of all sessions. */
export const SESSION = 7;
export const SERIAL = 10;
export const TIMING = { refresh: 3600, retry: 600, expire: 7200 };

export const A: Vrp = { prefix: '192.0.2.0/24', maxLength: 24, asn: 64496 };
export const B: Vrp = { prefix: '198.51.100.0/24', maxLength: 28, asn: 4200000000 };
export const SIX: Vrp = { prefix: '2001:db8::/32', maxLength: 48, asn: 64498 };
/** The same SKI, another key. */
export const KEY: Key = { asn: 64496, ski: '11'.repeat(20), spki: SPKI.first };
export const TWIN: Key = { ...KEY, spki: SPKI.second };
export const CUSTOMER = 64500;
export const ASPA: Aspa = { customer: CUSTOMER, providers: [64501] };

/** The octets of a conforming PDU. */
export function octets(pdu: Pdu, version = 2): string {
  const encoded = encodePdu(RIGHT, pdu, version, 'current');
  if (encoded === undefined) throw new Error(`no conforming PDU: ${JSON.stringify(pdu)}`);
  return encoded;
}

export const response = (version = 2, sessionId = SESSION): string =>
  octets({ type: 'cache-response', sessionId }, version);
export const end = (serial = SERIAL, version = 2, sessionId = SESSION): string =>
  octets({ type: 'end-of-data', sessionId, serial, ...TIMING }, version);
export const notify = (serial: number, version = 2, sessionId = SESSION): string =>
  octets({ type: 'serial-notify', sessionId, serial }, version);
export const cacheReset = (version = 2): string => octets({ type: 'cache-reset' }, version);
export const report = (errorCode: number, version = 2): string =>
  octets({ type: 'error-report', errorCode, erroneousPdu: '', text: '' }, version);
export const vrp = (value: Vrp, announce = true, version = 2): string =>
  octets({ type: value.prefix.includes(':') ? 'ipv6-prefix' : 'ipv4-prefix', announce, ...value }, version);
export const key = (value: Key, announce = true, version = 2): string =>
  octets({ type: 'router-key', announce, ...value }, version);
export const aspa = (providers: readonly number[], customer = CUSTOMER): string =>
  octets({ type: 'aspa', announce: providers.length > 0, customer, providers });

/** A step of a session: what the cache sends in one go. */
export const gives = (...pdus: string[]): Fields => ({ octets: pdus.join('') });
export const POLL: Fields = { event: 'poll' };
export const CLOSE: Fields = { event: 'close' };
export const CONNECT: Fields = { event: 'connect' };
export const EXPIRE: Fields = { event: 'expire' };

/** A first answer with one record of each kind, and the end of the refresh interval. */
export const SYNCHRONIZED: readonly Fields[] = [
  gives(response(), vrp(A), key(KEY), aspa([64501]), end()),
  POLL,
];
export const HELD: Payloads = { vrps: [A], routerKeys: [KEY], aspas: [ASPA] };
export const NOTHING: Payloads = {};

/** A first response with every type, in one go, and what it leaves. */
export const ALL = gives(response(), vrp(A), vrp(SIX), key(KEY), aspa([64501]), end());
export const ALL_HELD: Payloads = { ...HELD, vrps: [A, SIX] };

const query = (type: string, version: number): Fields => ({ type, version });
/** Queries as an answer lists them under `sent`. */
export const RESET = query('reset-query', 2);
export const RESET_1 = query('reset-query', 1);
export const serialQuery = (version: number, serial: number): Fields => {
  return { ...query('serial-query', version), sessionId: SESSION, serial };
};
/** The expected fields with what the router has sent. */
export const sent = (expected: Fields, ...list: Fields[]): Fields => ({ ...expected, sent: list });

/** What a router has afterwards; the fields of an answer that every case asks for. */
export function after(
  state: 'synchronized' | 'pending' | 'closed',
  { vrps = [], aspas = [], routerKeys = [] }: Payloads,
  errorCode: number | null = null,
): Fields {
  const plain = { state, vrps, aspas, routerKeys, errorCode };
  return JSON.parse(JSON.stringify(plain)) as Fields;
}

/** A case of the operation `receive`. */
export function session(
  name: string,
  title: string,
  sections: readonly string[],
  requirement: Citation,
  steps: readonly Fields[],
  expected: Fields,
  more: {
    readonly input?: Fields;
    readonly flags?: readonly string[];
    readonly or?: readonly (readonly [Fields, string])[];
  } = {},
): RtrCase {
  return {
    id: `rtr/session-${name}`,
    title,
    sections: sections.map((one) => (one.startsWith('§') ? `8210bis-26 ${one}` : one)),
    requirements: [requirement],
    flags: more.flags ?? [],
    input: { op: 'receive', ...more.input, steps },
    expected,
    ...(more.or ? { acceptable: more.or.map(([fields, why]) => alternative(fields, why)) } : {}),
  };
}
