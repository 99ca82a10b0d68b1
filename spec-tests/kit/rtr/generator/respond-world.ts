import type { Fields } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import type { Aspa, Payloads, Pdu } from '../mutants/pdu.js';
import { alternative, pdu, type RtrCase } from './cases.js';
import { A, CUSTOMER, KEY, octets, SERIAL, SESSION } from './world.js';

export const resetQuery = (version = 2): string => pdu(version, 2, 0);
export const serialQuery = (serial: number, version = 2, sessionId = SESSION): string => {
  return octets({ type: 'serial-query', sessionId, serial } satisfies Pdu, version);
};
export const answered = (...pdus: string[]): Fields => ({
  pdus,
  errorCode: null,
  errorVersion: null,
  open: true,
});
export const refused = (errorCode: number, errorVersion = 2, open = false, ...pdus: string[]): Fields => {
  return { pdus, errorCode, errorVersion, open };
};

/** What a cache has and is asked. */
interface Question {
  readonly states: readonly Payloads[];
  readonly queries: readonly string[];
  /** Serial of the first state; default such that the last one has {@link SERIAL}. */
  readonly serial?: number;
  readonly more?: Fields;
}

/** A case of the operation `respond`. */
export function respond(
  name: string,
  title: string,
  sections: readonly string[],
  requirement: Citation,
  { states, queries, serial = SERIAL - states.length + 1, more = {} }: Question,
  expected: Fields,
  or: readonly (readonly [Fields, string])[] = [],
): RtrCase {
  const input = JSON.parse(
    JSON.stringify({ sessionId: SESSION, serial, states, queries, ...more }),
  ) as Fields;
  return {
    id: `rtr/cache-${name}`,
    title,
    sections: sections.map((one) => (one.startsWith('§') ? `8210bis-26 ${one}` : one)),
    requirements: [requirement],
    flags: or.length > 0 ? ['project-choice'] : [],
    input: { op: 'respond', ...input },
    expected,
    ...(or.length > 0 ? { acceptable: or.map(([fields, why]) => alternative(fields, why)) } : {}),
  };
}

export const as = (customer: number, ...providers: number[]): Aspa => ({ customer, providers });
/** One record of each type. */
export const ALL: Payloads = { vrps: [A], routerKeys: [KEY], aspas: [as(CUSTOMER, 64501)] };
const v4 = (prefix: string, maxLength: number, asn: number) => ({ prefix, maxLength, asn });

/** Five VRPs that differ in one field after the other, and the order in which they are announced. */
export const MIXED = [
  v4('192.0.2.0/24', 24, 1),
  v4('192.0.2.0/24', 26, 1),
  v4('192.0.2.0/25', 26, 1),
  v4('192.0.2.0/24', 26, 4000000000),
  v4('203.0.113.0/24', 24, 1),
];
export const DESCENDING = [4, 2, 3, 1, 0].map((i) => MIXED[i] ?? A);
