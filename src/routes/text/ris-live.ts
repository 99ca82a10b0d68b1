import type { PathAttribute } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, setContext } from '../emitter.js';
import { deliverState, ESTABLISHED, IDLE, OPEN_CONFIRM } from '../state-element.js';
import { deliverRoute, deliverUpdate, deliverWithdrawal, nestedPath, withoutId } from './deliver.js';
import { asArray, asObject, asText, type Json, parseJsonLine, timestampText } from './json-values.js';
import { attributesOf } from './line-attributes.js';
import { type Beside, readRawMessage } from './raw-message.js';
import { asnText, parseTime, type TextValues } from './values.js';

/** Whether a line is read as RIS Live: any object of JSON that no other row takes. */
export function isJsonLine(line: string): boolean {
  return line.startsWith('{');
}

/** Whether a line of JSON has a member that messages of RIS Live alone have. */
export function looksLikeRisLive(line: string): boolean {
  return (
    isJsonLine(line) && (/"ris_message"/.test(line) || (/"peer_asn"/.test(line) && !/"peer_ip"/.test(line)))
  );
}

/**
 * Delivers a line of RIS Live: `{"type":"ris_message","data":{..}}`, its `data` alone, or the flat form of 2018, one
 * route a line. Where the message itself is there (`raw`) and whole, it is read instead of the members. The collector's
 * word of a session that came up or went down is a change of state; messages that are neither are counted as skipped. One bad prefix is a problem, and the others are delivered.
 *
 * @returns whether the line is a message of a peer.
 * @throws {DecodeError} `json-syntax`, `json-shape`, or the codes of the values; for `raw` also those of a message.
 */
export function readRisLive(emitter: Emitter, values: TextValues, line: string): boolean {
  return readRisObject(emitter, values, parseJsonLine(line));
}

/** Delivers the object of a line; see {@link readRisLive}. */
export function readRisObject(emitter: Emitter, values: TextValues, message: Json): boolean {
  const data = asObject(message.data ?? message, 'data');
  if (data.peer_asn === undefined) {
    emitter.summary.skippedRecords++; // a pong, an error or a subscription answer of the service
    return false;
  }
  const { time, microseconds } = parseTime(timestampText(data.timestamp ?? 0), 'timestamp');
  const address = data.peer === undefined ? '' : asText(data.peer, 'peer');
  const peer = values.peer(address, asnText(data.peer_asn, 'peer_asn'));
  setContext(emitter, time, microseconds, peer, false);
  const { raw } = data;
  if (typeof raw === 'string' && raw !== '' && readRawMessage(emitter, raw, besideRaw(data))) return true;
  if (data.type === 'UPDATE') readUpdate(emitter, values, data);
  else if (data.type === 'A' || data.type === 'W') readFlat(emitter, values, data);
  else if (data.type === 'RIS_PEER_STATE' && data.state === 'connected')
    deliverState(emitter, time, microseconds, peer, OPEN_CONFIRM, ESTABLISHED);
  else if (data.type === 'RIS_PEER_STATE' && data.state === 'down')
    deliverState(emitter, time, microseconds, peer, ESTABLISHED, IDLE);
  else emitter.summary.skippedRecords++;
  return true;
}

function readUpdate(emitter: Emitter, values: TextValues, data: Json): void {
  // One prefix can stand under several next hops of one message: it is one route.
  const announced = new Set<unknown>();
  for (const announcement of asArray(data.announcements ?? [], 'announcements')) {
    const { prefixes } = asObject(announcement, 'announcements');
    for (const prefix of asArray(prefixes, 'announcements.prefixes')) announced.add(prefix);
  }
  const withdrawn = asArray(data.withdrawals ?? [], 'withdrawals');
  deliverUpdate(emitter, withdrawn.map(withoutId), Array.from(announced, withoutId), () => {
    emitter.source.lineAttributes = () => risAttributes(data);
    return pathOf(data, values);
  });
}

/** What the members say beside `raw`. */
function besideRaw({ announcements, path, withdrawals }: Json): Beside {
  const lists = [withdrawals, ...listed(announcements).map((one) => (one as Json | null)?.prefixes)];
  return { prefixes: lists.flatMap(listed), path };
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * NON-SPEC: the form of 2018 has one prefix a line, and the whole message in each (docs/decisions/routes.md
 * D-ris-flat).
 */
function readFlat(emitter: Emitter, values: TextValues, data: Json): void {
  const prefix = parsePrefixMasked(asText(data.prefix, 'prefix'));
  if (data.type === 'W') {
    deliverWithdrawal(emitter, prefix);
    return;
  }
  const asPath = pathOf(data, values);
  emitter.source.lineAttributes = () => risAttributes(data);
  deliverRoute(emitter, prefix, asPath);
}

/** An empty path says as little as none (docs/decisions/routes.md D-ris-empty-path). */
function pathOf({ path }: Json, values: TextValues) {
  if (path === undefined || path === '' || (Array.isArray(path) && path.length === 0))
    throw new DecodeError('as-path-missing', 'routes without a path', { field: 'path' });
  if (typeof path === 'string') return values.path(path);
  return nestedPath(values, path, 'path');
}

/** The attributes that the members tell of. */
function risAttributes({
  origin,
  med,
  aggregator,
  community,
  atomic_aggregate,
}: Json): readonly PathAttribute[] {
  const communities = Array.isArray(community) ? community : [];
  return attributesOf({
    origin: typeof origin === 'string' ? origin.toUpperCase() : undefined,
    med: typeof med === 'number' ? String(med) : undefined,
    localPref: undefined,
    atomicAggregate: atomic_aggregate === true,
    aggregator: typeof aggregator === 'string' ? aggregator.replace(':', ' ') : undefined,
    communities: communities.map((one: unknown) => (Array.isArray(one) ? one.join(':') : String(one))),
  });
}
