import { toHex } from '../bytes/index.js';
import { AFI_IPV6, formatPrefix } from '../inet/index.js';
import type { RouterKey, Vrp } from '../payload/index.js';
import {
  isPresent,
  type Members,
  member,
  type Place,
  readAfi,
  readFields,
  readFlag,
  readList,
  readMembers,
  readNumber,
  readOctets,
  readOneOf,
  readPrefix,
} from '../questions/index.js';
import type { AspaLayout, Pdu, RtrVersion, Timing } from '../rtr/index.js';
import { RequestError } from './request.js';
import type { Fields } from './vector.js';

type PduName = Exclude<Pdu['type'], 'aspa-8210bis-10'>;

/**
 * The names of PDU types in requests and answers, as 8210bis §5 writes them. One that is forgotten here does not compile.
 */
const TYPES = Object.keys({
  'serial-notify': true,
  'serial-query': true,
  'reset-query': true,
  'cache-response': true,
  'ipv4-prefix': true,
  'ipv6-prefix': true,
  'end-of-data': true,
  'cache-reset': true,
  'router-key': true,
  'error-report': true,
  aspa: true,
} satisfies Record<PduName, true>) as PduName[];

const VRP = ['prefix', 'maxLength', 'asn'] as const;
const ROUTER_KEY = ['asn', 'ski', 'spki'] as const;
const TIMING = ['refresh', 'retry', 'expire'] as const;

/** The members of a PDU by its type, besides `type`. */
const MEMBERS: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
  'serial-notify': ['sessionId', 'serial'],
  'serial-query': ['sessionId', 'serial'],
  'reset-query': [],
  'cache-response': ['sessionId'],
  'ipv4-prefix': ['announce', ...VRP],
  'ipv6-prefix': ['announce', ...VRP],
  'end-of-data': ['sessionId', 'serial', ...TIMING],
  'cache-reset': [],
  'router-key': ['announce', ...ROUTER_KEY],
  'error-report': ['errorCode', 'erroneousPdu', 'text'],
  aspa: ['announce', 'afi', 'customer', 'providers'],
};

/** Longest list that a request may hold: more than any PDU carries. */
const MAX_LIST = 20_000;

/** Reads a protocol version. Throws `RequestError`. */
export function readVersion(place: Place): RtrVersion {
  return readNumber(place, 0, 2) as RtrVersion;
}

/** Reads the layout of ASPA PDUs; `current` where it is absent. Throws `RequestError`. */
export function readDialect(fields: Members): AspaLayout {
  const place = member(fields, 'dialect');
  return isPresent(place) ? readOneOf(place, ['current', '8210bis-10'] as const) : 'current';
}

/** Reads the members of a PDU. Throws `RequestError`. */
export function readPdu(place: Place, layout: AspaLayout): Pdu {
  const type = readOneOf(member(readMembers(place), 'type', place.path), TYPES);
  const fields = readFields(place, ['type', ...MEMBERS[type]]);
  const at = (name: string): Place => member(fields, name, place.path);
  const u16 = (name: string): number => readNumber(at(name), 0, 0xffff);
  const u32 = (name: string): number => readNumber(at(name));
  switch (type) {
    case 'serial-notify':
    case 'serial-query':
      return { type, sessionId: u16('sessionId'), serial: u32('serial') };
    case 'reset-query':
    case 'cache-reset':
      return { type };
    case 'cache-response':
      return { type, sessionId: u16('sessionId') };
    case 'ipv4-prefix':
    case 'ipv6-prefix':
      return { type, announce: readFlag(at('announce')), vrp: vrpOf(fields, place.path) };
    case 'end-of-data': {
      const head = { type, sessionId: u16('sessionId'), serial: u32('serial') } as const;
      return isPresent(at('refresh')) ? { ...head, timing: timingOf(fields, place.path) } : head;
    }
    case 'router-key':
      return { type, announce: readFlag(at('announce')), key: routerKeyOf(fields, place.path) };
    case 'error-report':
      return {
        type,
        errorCode: u16('errorCode'),
        erroneousPdu: readOctets(at('erroneousPdu')),
        text: readText(at('text')),
      };
    case 'aspa': {
      const announce = readFlag(at('announce'));
      const { customer, providers } = aspaOf(fields, place.path);
      if (layout === 'current') return { type, announce, customer, providers };
      return { type: 'aspa-8210bis-10', announce, afi: readAfi(at('afi')), customer, providers };
    }
  }
}

/** Reads `{prefix, maxLength, asn}`. Throws `DecodeError`, as the others do. */
export function readVrp(place: Place): Vrp {
  return vrpOf(readFields(place, VRP), place.path);
}

function vrpOf(fields: Members, path: string): Vrp {
  const at = (name: string): Place => member(fields, name, path);
  return {
    prefix: readPrefix(at('prefix')),
    maxLength: readNumber(at('maxLength'), 0, 255),
    asn: readNumber(at('asn')),
  };
}

/** Reads `{customer, providers}`, neither of them judged. */
export function readAspa(place: Place): { customer: number; providers: readonly number[] } {
  return aspaOf(readFields(place, ['customer', 'providers']), place.path);
}

function aspaOf(fields: Members, path: string): { customer: number; providers: readonly number[] } {
  const list = member(fields, 'providers', path);
  const providers = readList(list, (item) => readNumber(item));
  if (providers.length > MAX_LIST) throw new RequestError(list.path, `at most ${MAX_LIST} providers`);
  return { customer: readNumber(member(fields, 'customer', path)), providers };
}

/** Reads `{asn, ski, spki}`. */
export function readRouterKey(place: Place): RouterKey {
  return routerKeyOf(readFields(place, ROUTER_KEY), place.path);
}

function routerKeyOf(fields: Members, path: string): RouterKey {
  const at = (name: string): Place => member(fields, name, path);
  return { asn: readNumber(at('asn')), ski: readOctets(at('ski')), spki: readOctets(at('spki')) };
}

/** Reads the three intervals. */
export function readTiming(place: Place): Timing {
  return timingOf(readFields(place, TIMING), place.path);
}

function timingOf(fields: Members, path: string): Timing {
  const at = (name: string): Place => member(fields, name, path);
  return {
    refresh: readNumber(at('refresh')),
    retry: readNumber(at('retry')),
    expire: readNumber(at('expire')),
  };
}

/** Reads a text of any content. Throws `RequestError`. */
function readText({ path, value }: Place): string {
  if (typeof value !== 'string') throw new RequestError(path, 'must be a text');
  return value;
}

/** A PDU as answers state it. */
export function pduFields(pdu: Pdu): Fields {
  switch (pdu.type) {
    case 'ipv4-prefix':
    case 'ipv6-prefix':
      return { type: pdu.type, announce: pdu.announce, ...vrpFields(pdu.vrp) };
    case 'end-of-data':
      return { type: pdu.type, sessionId: pdu.sessionId, serial: pdu.serial, ...pdu.timing };
    case 'router-key':
      return { type: pdu.type, announce: pdu.announce, ...routerKeyFields(pdu.key) };
    case 'error-report': {
      const { type, errorCode, erroneousPdu, text } = pdu;
      return { type, errorCode, erroneousPdu: toHex(erroneousPdu), text };
    }
    case 'aspa-8210bis-10': {
      const { announce, afi, customer, providers } = pdu;
      return { type: 'aspa', announce, afi: afi === AFI_IPV6 ? 2 : 1, customer, providers: [...providers] };
    }
    case 'aspa':
      return { ...pdu, providers: [...pdu.providers] };
    default:
      return { ...pdu };
  }
}

/** A VRP as answers state it. */
export function vrpFields({ prefix, maxLength, asn }: Vrp): Fields {
  return { prefix: formatPrefix(prefix), maxLength, asn };
}

/** A router key as answers state it. */
export function routerKeyFields({ asn, ski, spki }: RouterKey): Fields {
  return { asn, ski: toHex(ski), spki: toHex(spki) };
}
