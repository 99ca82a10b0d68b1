import type { Fields } from '../../../../src/conformance/vector.js';
import { encodePdu } from '../mutants/encode.js';
import { RIGHT } from '../mutants/parts.js';
import type { Aspa, Key, Payloads, Pdu, Vrp } from '../mutants/pdu.js';
import { pdu } from './cases.js';
import { SHORT_SPKI, SPKI } from './keys.js';

// The notation of `../facts/sessions.json` and `../facts/cache.json`.

/** The session ID and first serial of all sessions. */
export const SESSION = 7;
export const SERIAL = 10;
const TIMING = { refresh: 3600, retry: 600, expire: 7200 };

/** Records and lists of records that have a name. */
const NAMED: Readonly<Record<string, string>> = {
  A: '192.0.2.0/24-24 AS64496',
  B: '198.51.100.0/24-28 AS4200000000',
  SIX: '2001:db8::/32-48 AS64498',
  KEY: 'key 11 first AS64496',
  TWIN: 'key 11 second AS64496',
  HELD: 'A, KEY, 64500:{64501}',
  EVERY: 'A, SIX, KEY, 64500:{64501}',
};

const KEYS: Readonly<Record<string, string>> = { ...SPKI, short: SHORT_SPKI };

type Item = { readonly vrps: Vrp } | { readonly routerKeys: Key } | { readonly aspas: Aspa };

/** `PREFIX-MAXLENGTH ASn`, `key SKI-OCTET NAME ASn`, or `CUSTOMER:{PROVIDERS}`. */
function record(text: string): Item {
  const [, prefix, maxLength, asn] = /^(\S+\/\d+)-(\d+) AS(\d+)$/.exec(text) ?? [];
  if (prefix !== undefined) return { vrps: { prefix, maxLength: Number(maxLength), asn: Number(asn) } };
  const [, octet, name = '', holder] = /^key (\w\w) (\w+) AS(\d+)$/.exec(text) ?? [];
  if (octet !== undefined) {
    return { routerKeys: { asn: Number(holder), ski: octet.repeat(20), spki: KEYS[name] ?? '' } };
  }
  const [, customer, providers = ''] = /^(\d+):\{([\d,]*)\}$/.exec(text) ?? [];
  if (customer === undefined) throw new RangeError(`no record: ${text}`);
  return { aspas: { customer: Number(customer), providers: providers.match(/\d+/g)?.map(Number) ?? [] } };
}

/** The records of a list, names replaced by what they stand for. */
function records(list: string): Item[] {
  return list
    .split(', ')
    .filter((text) => text !== '')
    .flatMap((text) => {
      const named = NAMED[text];
      return named === undefined ? [record(text)] : records(named);
    });
}

/** What a cache has, or a router holds: the kinds of which there are records. */
export function payloads(list: string): Payloads {
  const all = records(list);
  const vrps = all.flatMap((one) => ('vrps' in one ? [one.vrps] : []));
  const routerKeys = all.flatMap((one) => ('routerKeys' in one ? [one.routerKeys] : []));
  const aspas = all.flatMap((one) => ('aspas' in one ? [one.aspas] : []));
  return {
    ...(vrps.length > 0 && { vrps }),
    ...(routerKeys.length > 0 && { routerKeys }),
    ...(aspas.length > 0 && { aspas }),
  };
}

/** PDUs, separated by commas, as hexadecimal octets. */
export function pdus(list: string, version: number): string[] {
  return list.split(', ').flatMap((text) => {
    const [, words = '', other] = /^(.*?)(?:@(\d))?$/.exec(text) ?? [];
    return onePdu(words, other === undefined ? version : Number(other));
  });
}

function onePdu(words: string, version: number): string[] {
  const [name = '', first, second = '', third] = words.split(' ');
  if (name === 'pdu')
    return [pdu(version, Number.parseInt(first ?? '', 16), Number.parseInt(second, 16), third)];
  if (/^[+-]/.test(name)) {
    const announce = name.startsWith('+');
    return records(words.slice(1)).map((one) => octets(recordPdu(one, announce), version));
  }
  const [, cut] = / cut to (\d+)$/.exec(words) ?? [];
  const whole = octets(otherPdu(words.replace(/ cut to \d+$/, '')), version);
  return [cut === undefined ? whole : whole.slice(0, 2 * Number(cut))];
}

function recordPdu(one: Item, announce: boolean): Pdu {
  if ('vrps' in one) {
    return { type: one.vrps.prefix.includes(':') ? 'ipv6-prefix' : 'ipv4-prefix', announce, ...one.vrps };
  }
  if ('routerKeys' in one) return { type: 'router-key', announce, ...one.routerKeys };
  return { type: 'aspa', announce, ...one.aspas };
}

/** `response`, `end 11 of 8`, `error 2`, … : the number is the serial, if not {@link SERIAL}, `of` tells another session. */
function otherPdu(words: string): Pdu {
  const [, name = '', number, session, ...times] =
    /^([a-z-]+)(?: (\d+))?(?: of (\d+))?(?: with (\d+) (\d+) (\d+))?$/.exec(words) ?? [];
  const sessionId = Number(session ?? SESSION);
  const serial = Number(number ?? SERIAL);
  switch (name) {
    case 'response':
      return { type: 'cache-response', sessionId };
    case 'end':
      return {
        type: 'end-of-data',
        sessionId,
        serial,
        ...(times[0] === undefined ? TIMING : intervals(times)),
      };
    case 'notify':
      return { type: 'serial-notify', sessionId, serial };
    case 'serial':
      return { type: 'serial-query', sessionId, serial };
    case 'reset':
      return { type: 'reset-query' };
    case 'cache-reset':
      return { type: 'cache-reset' };
    case 'error':
      return { type: 'error-report', errorCode: Number(number), erroneousPdu: '', text: '' };
    default:
      throw new RangeError(`no PDU: ${words}`);
  }
}

function intervals([refresh, retry, expire]: readonly (string | undefined)[]): typeof TIMING {
  return { refresh: Number(refresh), retry: Number(retry), expire: Number(expire) };
}

/** The octets of a PDU; those of a type that the version does not have are the ones of a later version. */
function octets(value: Pdu, version: number): string {
  const encoded =
    encodePdu(RIGHT, value, version, 'current') ??
    encodePdu(RIGHT, value, 2, 'current')?.replace(/^../, `0${version}`);
  if (encoded === undefined) throw new RangeError(`no conforming PDU: ${JSON.stringify(value)}`);
  return encoded;
}

/** What comes over the transport: as a whole, or `in pieces of N: …`. */
export function pieces(text: string, version: number): string[] {
  const [, size, list = text] = /^in pieces of (\d+): (.*)$/.exec(text) ?? [];
  const whole = pdus(list, version).join('');
  return size === undefined ? [whole] : (whole.match(new RegExp(`.{1,${2 * Number(size)}}`, 'g')) ?? []);
}

/** A query as an answer lists it under `sent`. */
export function sentQuery(text: string): Fields {
  const [, words = '', version = '2'] = /^(.*?)(?:@(\d))?$/.exec(text) ?? [];
  const [name, serial] = words.split(' ');
  return name === 'reset'
    ? { type: 'reset-query', version: Number(version) }
    : { type: 'serial-query', version: Number(version), sessionId: SESSION, serial: Number(serial) };
}
