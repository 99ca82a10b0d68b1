import { readU16, readU32, toHex } from '../bytes/index.js';
import { comparePrefix } from '../inet/index.js';
import {
  isPresent,
  member,
  type Place,
  readFields,
  readList,
  readOctets,
  readOneOf,
} from '../questions/index.js';
import { type ClientOutput, createRtrClient, decodePdu, type RtrClient } from '../rtr/index.js';
import { type Answer, RequestError } from './request.js';
import { readDialect, readVersion, routerKeyFields, vrpFields } from './rtr-pdu-fields.js';
import type { Fields, Request } from './vector.js';

const EVENTS = ['poll', 'close', 'connect', 'expire'] as const;
type Step = { readonly octets: Uint8Array } | { readonly event: (typeof EVENTS)[number] };

/** More than the longest Expire Interval of 8210bis §6. */
const PAST_EXPIRY = 172_801;

/** A router and what has been seen of it. */
interface Play {
  readonly client: RtrClient;
  now: number;
  /** Whether the transport stands. */
  open: boolean;
  /** Whether a query waits for the end of its answer. */
  asked: boolean;
  errorCode: number | null;
  readonly sent: Fields[];
}

/**
 * What a router holds after a cache has sent what `steps` say (8210bis §8). The first connection is open and the
 * first query sent before the first step; what arrives on a connection that the router has ended is passed over.
 */
export function answerReceive(request: Request): Answer {
  const version = member(request, 'version');
  const lowest = member(request, 'lowestVersion');
  const highestVersion = isPresent(version) ? readVersion(version) : 2;
  const lowestVersion = isPresent(lowest) ? readVersion(lowest) : 0;
  if (lowestVersion > highestVersion) throw new RequestError('lowestVersion', 'must not be above version');
  const steps = readList(member(request, 'steps'), readStep);
  const client = createRtrClient({ highestVersion, lowestVersion, aspaLayout: readDialect(request) });
  const play: Play = { client, now: 0, open: false, asked: false, errorCode: null, sent: [] };
  connect(play, 'steps');
  steps.forEach((step, i) => {
    if ('octets' in step) {
      if (play.open) note(play, client.received(step.octets, play.now));
    } else {
      happen(play, step.event, `steps[${i}]`);
    }
  });
  return { ...stateOf(play), ...payloadFields(client), errorCode: play.errorCode, sent: play.sent };
}

function readStep(place: Place): Step {
  const fields = readFields(place, ['event', 'octets']);
  const event = member(fields, 'event', place.path);
  if (isPresent(event)) return { event: readOneOf(event, EVENTS) };
  return { octets: readOctets(member(fields, 'octets', place.path)) };
}

function happen(play: Play, event: (typeof EVENTS)[number], path: string): void {
  switch (event) {
    case 'poll': {
      if (!play.open) return;
      const wake = play.client.nextWake();
      if (Number.isFinite(wake)) play.now = Math.max(play.now, wake);
      note(play, play.client.tick(play.now));
      return;
    }
    case 'close':
      if (!play.open) return;
      play.open = false;
      note(play, play.client.closed(play.now));
      return;
    case 'connect':
      connect(play, path);
      return;
    case 'expire':
      play.now += PAST_EXPIRY;
      note(play, play.client.tick(play.now));
      return;
  }
}

/** A new connection once the router wants one. */
function connect(play: Play, path: string): void {
  if (play.open) throw new RequestError(path, 'the connection is open already');
  const wake = play.client.nextWake();
  if (Number.isFinite(wake)) play.now = Math.max(play.now, wake);
  note(play, play.client.tick(play.now));
  play.open = true;
  note(play, play.client.opened(play.now));
}

function note(play: Play, outputs: readonly ClientOutput[]): void {
  for (const output of outputs) {
    if (output.kind === 'send') {
      play.sent.push(sentFields(output.octets));
      if (output.octets[1] === 10) play.errorCode = readU16(output.octets, 2);
      else play.asked = true;
    } else if (output.kind === 'update') play.asked = false;
    else if (output.kind === 'disconnect') play.open = false;
  }
}

/** What the router sent: queries whole, of an Error Report what the texts fix. */
export function sentFields(octets: Uint8Array): Fields {
  const { version, pdu } = decodePdu(octets);
  if (pdu.type === 'error-report') {
    return { type: pdu.type, version, errorCode: readU16(octets, 2), erroneousPdu: toHex(pdu.erroneousPdu) };
  }
  if (pdu.type === 'serial-query') {
    return { type: pdu.type, version, sessionId: readU16(octets, 2), serial: readU32(octets, 8) };
  }
  return { type: pdu.type, version };
}

/** `synchronized`: the last query is answered; `pending`: it is not; `closed`: the connection has ended. */
function stateOf({ open, asked, client }: Play): { state: string; version: number } {
  const { version } = client.status;
  if (!open) return { state: 'closed', version };
  return { state: asked ? 'pending' : 'synchronized', version };
}

/** The payloads in the order of the interface: VRPs by prefix, ASPAs by customer, keys by SKI, key and AS. */
function payloadFields(client: RtrClient): Fields {
  const { vrps, aspas, routerKeys } = client.payloads();
  const byVrp = [...vrps].sort(
    (a, b) => comparePrefix(a.prefix, b.prefix) || a.maxLength - b.maxLength || a.asn - b.asn,
  );
  const text = (key: { ski: Uint8Array; spki: Uint8Array }): string => toHex(key.ski) + toHex(key.spki);
  const byKey = [...routerKeys].sort((a, b) => {
    const [left, right] = [text(a), text(b)];
    if (left !== right) return left < right ? -1 : 1;
    return a.asn - b.asn;
  });
  return {
    vrps: byVrp.map(vrpFields),
    aspas: [...aspas]
      .sort((a, b) => a.customer - b.customer)
      .map(({ customer, providers }) => ({ customer, providers: [...providers].sort((a, b) => a - b) })),
    routerKeys: byKey.map(routerKeyFields),
  };
}
