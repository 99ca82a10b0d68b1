import {
  type Members,
  member,
  optional,
  type Place,
  readAnyAsn,
  readFlag,
  readList,
  readNumber,
  readOneOf,
} from 'pathsec/questions';
import { inside, readText } from '../../read.js';
import type { Aspa, Dialect, Key, Payloads, Pdu, Timing, Vrp } from './pdu.js';

const NAMES: readonly Pdu['type'][] = [
  'serial-notify',
  'serial-query',
  'reset-query',
  'cache-response',
  'ipv4-prefix',
  'ipv6-prefix',
  'end-of-data',
  'cache-reset',
  'router-key',
  'error-report',
  'aspa',
];

export const EVENTS = ['poll', 'close', 'connect', 'expire'] as const;

export type Step = { readonly octets: string } | { readonly event: (typeof EVENTS)[number] };

export const readDialect = (request: Members): Dialect =>
  optional(member(request, 'dialect'), (place) => readOneOf(place, ['current', '8210bis-10']), 'current');

/** The PDU at a place, conforming or not: what may be sent is for others to say. */
export function readPdu(place: Place): Pdu {
  const at = inside(place);
  const type = readOneOf(at('type'), NAMES);
  const number = (name: string): number => readNumber(at(name));
  switch (type) {
    case 'serial-notify':
    case 'serial-query':
      return { type, sessionId: number('sessionId'), serial: number('serial') };
    case 'reset-query':
    case 'cache-reset':
      return { type };
    case 'cache-response':
      return { type, sessionId: number('sessionId') };
    case 'ipv4-prefix':
    case 'ipv6-prefix':
      return { type, announce: readFlag(at('announce')), ...readVrp(place) };
    case 'end-of-data': {
      const timing = optional(at('refresh'), () => readTiming(place), undefined);
      return { type, sessionId: number('sessionId'), serial: number('serial'), ...timing };
    }
    case 'router-key':
      return { type, announce: readFlag(at('announce')), ...readKey(place) };
    case 'error-report': {
      const [erroneousPdu, text] = [readText(at('erroneousPdu')), readText(at('text'))];
      return { type, errorCode: number('errorCode'), erroneousPdu, text };
    }
    case 'aspa': {
      const afi = optional(at('afi'), readNumber, undefined);
      return {
        type,
        announce: readFlag(at('announce')),
        ...(afi !== undefined && { afi }),
        ...readAspa(place),
      };
    }
  }
}

function readVrp(place: Place): Vrp {
  const at = inside(place);
  return {
    prefix: readText(at('prefix')),
    maxLength: readNumber(at('maxLength')),
    asn: readAnyAsn(at('asn')),
  };
}

function readKey(place: Place): Key {
  const at = inside(place);
  return { asn: readAnyAsn(at('asn')), ski: readText(at('ski')), spki: readText(at('spki')) };
}

function readAspa(place: Place): Aspa {
  const at = inside(place);
  return { customer: readAnyAsn(at('customer')), providers: readList(at('providers'), readAnyAsn) };
}

export function readTiming(place: Place): Timing {
  const at = inside(place);
  const [refresh, retry, expire] = [at('refresh'), at('retry'), at('expire')].map((one) => readNumber(one));
  return { refresh: refresh ?? 0, retry: retry ?? 0, expire: expire ?? 0 };
}

export function readPayloads(place: Place): Payloads {
  const at = inside(place);
  return {
    vrps: optional(at('vrps'), (list) => readList(list, readVrp), []),
    aspas: optional(at('aspas'), (list) => readList(list, readAspa), []),
    routerKeys: optional(at('routerKeys'), (list) => readList(list, readKey), []),
  };
}

export function readStep(place: Place): Step {
  const at = inside(place);
  return (
    optional(at('octets'), (octets): Step => ({ octets: readText(octets) }), undefined) ?? {
      event: readOneOf(at('event'), EVENTS),
    }
  );
}
