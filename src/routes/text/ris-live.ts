import { type PathAttribute, parseAsPathJson } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Prefix, parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, reportLine, setContext } from '../emitter.js';
import { deliverState, ESTABLISHED, IDLE, OPEN_CONFIRM } from '../state-element.js';
import { asArray, asObject, asText, type Json, shape } from './json-values.js';
import { attributesOf } from './line-attributes.js';
import { readRisRaw } from './ris-raw.js';
import { asnText, parseTime, type TextValues } from './values.js';

/** Whether a line is read as RIS Live, the only JSON of routes here. */
export function isJsonLine(line: string): boolean {
  return line.startsWith('{');
}

/** Whether a line of JSON has a member that messages of RIS Live alone have. */
export function looksLikeRisLive(line: string): boolean {
  return isJsonLine(line) && /"(?:ris_message|peer_asn)"/.test(line);
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
  return readRisObject(emitter, values, parseRisLine(line));
}

/** The object of a line. @throws {DecodeError} `json-syntax`, `json-shape`. */
export function parseRisLine(line: string): Json {
  let outer: unknown;
  try {
    outer = JSON.parse(line);
  } catch (error) {
    throw new DecodeError('json-syntax', error instanceof Error ? error.message : 'not JSON', {
      field: 'line',
    });
  }
  return asObject(outer, 'line');
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
  if (typeof raw === 'string' && raw !== '' && readRisRaw(emitter, data, raw)) return true;
  if (data.type === 'UPDATE') readUpdate(emitter, values, data);
  else if (data.type === 'A' || data.type === 'W') readFlat(emitter, values, data);
  else if (data.type === 'RIS_PEER_STATE' && data.state === 'connected')
    deliverState(emitter, time, microseconds, peer, OPEN_CONFIRM, ESTABLISHED);
  else if (data.type === 'RIS_PEER_STATE' && data.state === 'down')
    deliverState(emitter, time, microseconds, peer, ESTABLISHED, IDLE);
  else emitter.summary.skippedRecords++;
  return true;
}

/** Numbers, and numbers as text, as `peer_asn` has them. */
function timestampText(timestamp: unknown): string {
  if (typeof timestamp === 'number') return timestamp.toFixed(6);
  if (typeof timestamp === 'string' && /^[0-9]+(\.[0-9]+)?$/.test(timestamp)) return timestamp;
  throw shape('timestamp', 'a number');
}

function readUpdate(emitter: Emitter, values: TextValues, data: Json): void {
  for (const prefix of prefixesOf(emitter, asArray(data.withdrawals ?? [], 'withdrawals'))) {
    deliverWithdrawal(emitter, prefix);
  }
  // One prefix can stand under several next hops of one message: it is one route.
  const announced = new Set<unknown>();
  for (const announcement of asArray(data.announcements ?? [], 'announcements')) {
    const { prefixes } = asObject(announcement, 'announcements');
    for (const prefix of asArray(prefixes, 'announcements.prefixes')) announced.add(prefix);
  }
  const prefixes = prefixesOf(emitter, announced);
  if (prefixes.length === 0) return;
  const asPath = pathOf(data, values);
  emitter.source.lineAttributes = () => risAttributes(data);
  for (const prefix of prefixes) {
    emitter.route.asPath = asPath;
    emitter.route.prefix = prefix;
    deliverRoute(emitter);
  }
}

/** The prefixes that can be read; each other one is a problem. */
function prefixesOf(emitter: Emitter, texts: Iterable<unknown>): Prefix[] {
  return Array.from(texts).flatMap((text) => {
    try {
      return [parsePrefixMasked(asText(text, 'prefixes'))];
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      reportLine(emitter, error);
      return [];
    }
  });
}

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
  emitter.route.prefix = prefix;
  emitter.route.asPath = pathOf(data, values);
  emitter.source.lineAttributes = () => risAttributes(data);
  deliverRoute(emitter);
}

/** An empty path says as little as none (docs/decisions/routes.md D-ris-empty-path). */
function pathOf({ path }: Json, values: TextValues) {
  if (path === undefined || path === '' || (Array.isArray(path) && path.length === 0))
    throw new DecodeError('as-path-missing', 'routes without a path', { field: 'path' });
  if (typeof path === 'string') return values.path(path);
  const parsed = parseAsPathJson(path, 'path');
  // Through the text, so that equal paths are one object.
  return values.path(
    parsed.map(({ type, asns }) => (type === 1 ? `{${asns.join(' ')}}` : asns.join(' '))).join(' '),
  );
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

function deliverRoute(emitter: Emitter): void {
  emitter.route.hasAsPath = true;
  emitter.route.rib = false;
  emitter.route.pathId = undefined;
  emitter.summary.routes++;
  emitter.deliver(emitter.route);
}

function deliverWithdrawal(emitter: Emitter, prefix: Prefix): void {
  emitter.withdrawal.prefix = prefix;
  emitter.withdrawal.pathId = undefined;
  emitter.summary.withdrawals++;
  emitter.deliver(emitter.withdrawal);
}
