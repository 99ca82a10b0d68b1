import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { decodePdu, headerOf, judgeHeader } from './decode.js';
import { encodePdu, writeAspa } from './encode.js';
import type { Parts } from './parts.js';
import { type Aspa, Fault, type Key, NUMBER, type Payloads, type Pdu, type Timing, type Vrp } from './pdu.js';

export interface RespondInput {
  readonly highestVersion: number;
  readonly lowestVersion: number;
  readonly sessionId: number;
  readonly serial: number;
  readonly timing: Timing;
  readonly states: readonly Payloads[];
  /** Whether the changes between the states are remembered. */
  readonly known: boolean;
  readonly queries: readonly string[];
}

export type RespondAnswer = {
  readonly pdus: readonly string[];
  readonly errorCode: number | null;
  readonly errorVersion: number | null;
  readonly open: boolean;
};

interface Clean {
  readonly vrps: ReadonlyMap<string, Vrp>;
  readonly keys: ReadonlyMap<string, Key>;
  readonly aspas: readonly Aspa[];
}

/** A payload PDU that is to be sent: the PDU for its order, the octets. */
interface Line {
  readonly pdu: Pdu;
  readonly octets: string;
}

/** What a small cache answers to a request of the operation `respond`. */
export function respond(parts: Parts, input: RespondInput): RespondAnswer {
  const { highestVersion: highest, lowestVersion: lowest, sessionId, serial, timing, queries } = input;
  const states = input.states.map((state) => clean(parts, state));
  const current = (serial + states.length - 1) % 2 ** 32;
  const pdus: string[] = [];
  let reply: Omit<RespondAnswer, 'pdus'> = { errorCode: null, errorVersion: null, open: true };
  let version: number | undefined;
  let told: number | undefined;
  const send = (pdu: Pdu): void => {
    pdus.push(encodePdu(parts, pdu, version ?? highest, 'current') ?? '');
  };
  const report = (errorCode: number, open: boolean): void => {
    reply = { errorCode, errorVersion: version ?? highest, open };
  };
  const respondWith = (lines: readonly Line[]): void => {
    send({ type: 'cache-response', sessionId });
    pdus.push(...lines.map(({ octets }) => octets));
    send({ type: 'end-of-data', sessionId, serial: current, ...timing });
    told = sessionId;
  };
  const answer = (pdu: Pdu): void => {
    const v = version ?? highest;
    const last = states.at(-1);
    const nothing: Clean = { vrps: new Map(), keys: new Map(), aspas: [] };
    if (pdu.type === 'serial-query' && told !== undefined && !parts.cacheSessionFits(told, pdu.sessionId)) {
      report(0, false);
    } else if (!last) {
      if (parts.withoutData === 'error') report(2, true);
      else respondWith([]);
    } else if (pdu.type === 'reset-query') {
      respondWith(inOrder(parts, difference(parts, nothing, last, v)));
    } else if (pdu.type === 'serial-query') {
      const back = (current - pdu.serial + 2 ** 32) % 2 ** 32;
      const from = states.length - 1 - back;
      const known = back === 0 || (input.known && from >= 0);
      const fits = parts.cacheSessionFits(sessionId, pdu.sessionId);
      if (!known || !fits || !parts.serialKnown(pdu.serial, current)) send({ type: 'cache-reset' });
      else respondWith(inOrder(parts, changesSince(parts, states.slice(from), v)));
    }
  };
  let rest = new Uint8Array(0);
  for (const chunk of queries) {
    rest = new Uint8Array([...rest, ...fromHex(chunk)]);
    while (reply.open && rest.length >= 8) {
      const header = headerOf(rest);
      try {
        if (version !== undefined && header.version !== version) throw new Fault(version === 0 ? 0 : 8);
        judgeHeader(parts, header, header.version > 2 ? highest : header.version, 'current');
        if (rest.length < header.length) break;
        if (header.type === 10) return { pdus, ...reply, open: false };
        if (header.type !== 1 && header.type !== 2) throw new Fault(3);
        if (version === undefined) {
          if (header.version > highest || header.version < lowest) {
            report(4, header.version > highest);
          } else {
            version = parts.answerVersion(header.version, highest);
          }
        }
        if (version !== undefined) answer(decodePdu(parts, rest.subarray(0, header.length), 'current'));
        rest = rest.slice(header.length);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        report(error.errorCode, false);
      }
    }
  }
  return { pdus, ...reply };
}

function clean(parts: Parts, { vrps = [], aspas = [], routerKeys = [] }: Payloads): Clean {
  return {
    vrps: new Map(vrps.map((vrp) => [parts.vrpId(vrp), vrp])),
    keys: new Map(routerKeys.map((key) => [parts.keyId(key), key])),
    aspas: parts.uniteAspas(aspas),
  };
}

function changesSince(parts: Parts, states: readonly Clean[], version: number): Line[] {
  const first = states[0] as Clean;
  if (parts.changes === 'merged') return difference(parts, first, states.at(-1) as Clean, version);
  return states.slice(1).flatMap((state, i) => difference(parts, states[i] as Clean, state, version));
}

function difference(parts: Parts, before: Clean, after: Clean, version: number): Line[] {
  const pdus: Pdu[] = [];
  const vrp = (announce: boolean, value: Vrp): Pdu => {
    return { type: value.prefix.includes(':') ? 'ipv6-prefix' : 'ipv4-prefix', announce, ...value };
  };
  for (const [id, value] of after.vrps) if (!before.vrps.has(id)) pdus.push(vrp(true, value));
  for (const [id, value] of before.vrps) if (!after.vrps.has(id)) pdus.push(vrp(false, value));
  for (const [id, key] of after.keys) {
    if (!before.keys.has(id)) pdus.push({ type: 'router-key', announce: true, ...key });
  }
  for (const [id, key] of before.keys) {
    if (!after.keys.has(id)) pdus.push({ type: 'router-key', announce: false, ...key });
  }
  const text = (aspa: Aspa): string => `${aspa.customer} ${aspa.providers}`;
  const had = new Set(before.aspas.map(text));
  const has = new Set(after.aspas.map(text));
  for (const aspa of after.aspas) {
    if (!had.has(text(aspa))) pdus.push({ type: 'aspa', announce: true, ...aspa });
  }
  for (const aspa of before.aspas) {
    const replaced = after.aspas.some(({ customer }) => customer === aspa.customer);
    if (has.has(text(aspa)) || (replaced && parts.replacesAspas === 'once')) continue;
    const providers = parts.withdrawnProviders(aspa);
    pdus.push({ type: 'aspa', announce: false, customer: aspa.customer, providers });
  }
  return pdus
    .filter((pdu) => parts.sends(NUMBER[pdu.type], version))
    .map((pdu) => ({ pdu, octets: octetsOf(parts, pdu, version) }));
}

function octetsOf(parts: Parts, pdu: Pdu, version: number): string {
  // A cache that sends what its version lacks does so in the layout of the version that has it.
  const octets =
    pdu.type === 'aspa'
      ? writeAspa(parts, pdu.announce, pdu.customer, pdu.providers)
      : (encodePdu(parts, pdu, Math.max(version, pdu.type === 'router-key' ? 1 : 0), 'current') ?? '');
  return `0${version}${octets.slice(2)}`;
}

/** §11.2: by type; announcements first; prefixes descending when announced, everything else ascending. */
function inOrder(parts: Parts, lines: readonly Line[]): Line[] {
  const specified = parts.order === 'specified';
  return lines.toSorted((a, b) => {
    if (a.pdu.type !== b.pdu.type) return NUMBER[a.pdu.type] - NUMBER[b.pdu.type];
    const [left, right] = [announced(a.pdu), announced(b.pdu)];
    if (left !== right) return left === specified ? -1 : 1;
    const order = rank(a.pdu) < rank(b.pdu) ? -1 : 1;
    return a.pdu.type.endsWith('prefix') && left && specified ? -order : order;
  });
}

function announced(pdu: Pdu): boolean {
  return 'announce' in pdu && pdu.announce;
}

/** A text whose order is that of §11.2.1 to §11.2.3, ascending. */
function rank(pdu: Pdu): string {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  switch (pdu.type) {
    case 'ipv4-prefix':
    case 'ipv6-prefix': {
      const { octets, length } = parsePrefix(pdu.prefix);
      const address = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
      return address + hex(pdu.maxLength) + hex(length) + hex(pdu.asn);
    }
    case 'router-key':
      return pdu.ski + hex(pdu.spki.length) + pdu.spki + hex(pdu.asn);
    case 'aspa':
      return hex(pdu.customer);
    default:
      return '';
  }
}
