import {
  type AsnSize,
  BgpError,
  decodeAsPath,
  HEADER_LENGTH,
  parseAsPathJson,
  scanUpdate,
} from '../bgp/index.js';
import { DecodeError, fromHex } from '../bytes/index.js';
import { parsePrefixMasked } from '../inet/index.js';
import { deliverMessage } from './bgp-message.js';
import { type Emitter, setContext } from './emitter.js';
import { asnText, parseTime, type TextValues } from './text-values.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Delivers a line of RIS Live: `{"type":"ris_message","data":{..}}`, its `data` alone, or the flat form of 2018, one
 * route a line. Where the message itself is there (`raw`), it is read instead of the members. Messages that are no
 * UPDATE are counted as skipped.
 *
 * @returns whether the line is a message of a peer.
 * @throws {DecodeError} `json-syntax`, `json-shape`, or the codes of the values; for `raw` also those of a message.
 */
export function readRisLive(emitter: Emitter, values: TextValues, line: string): boolean {
  let outer: unknown;
  try {
    outer = JSON.parse(line);
  } catch (error) {
    throw new DecodeError('json-syntax', error instanceof Error ? error.message : 'not JSON', {
      field: 'line',
    });
  }
  const message = asObject(outer, 'line');
  const data = message.data === undefined ? message : asObject(message.data, 'data');
  if (data.peer_asn === undefined) {
    emitter.summary.skippedRecords++; // a pong, an error or a subscription answer of the service
    return false;
  }
  const timestamp = data.timestamp ?? 0;
  if (typeof timestamp !== 'number') throw shape('timestamp', 'a number');
  const { time, microseconds } = parseTime(timestamp.toFixed(6), 'timestamp');
  const address = data.peer === undefined ? '' : asText(data.peer, 'peer');
  setContext(emitter, time, microseconds, values.peer(address, asnText(data.peer_asn, 'peer_asn')), false);
  if (typeof data.raw === 'string') readRaw(emitter, data.raw, data.path);
  else if (data.type === 'UPDATE') readUpdate(emitter, values, data);
  else if (data.type === 'A' || data.type === 'W') readFlat(emitter, values, data);
  else emitter.summary.skippedRecords++;
  return true;
}

/** The truth where present. */
function readRaw(emitter: Emitter, raw: string, path: unknown): void {
  const octets = fromHex(raw, 'raw');
  emitter.route.bordersLost = false;
  try {
    deliverMessage(emitter, octets, 0, octets.length, asnSizeOf(emitter, octets, path), false);
  } finally {
    emitter.route.bordersLost = true;
  }
}

/**
 * NON-SPEC: nothing says how long an AS number is in the message. The size by which AS_PATH can be read; when both
 * do, the one that gives the ASNs of the member `path`, or begins with the peer; else four octets.
 */
function asnSizeOf({ scan, route }: Emitter, octets: Uint8Array, path: unknown): AsnSize {
  try {
    scanUpdate(octets, HEADER_LENGTH, octets.length, scan);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return 4; // the reader proper reports it
  }
  const { start, end } = scan.asPath;
  const asnsBy = (size: AsnSize): number[] | undefined => {
    try {
      return decodeAsPath(octets, size, start, end).flatMap(({ asns }) => asns);
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      return undefined;
    }
  };
  const narrow = start < 0 ? undefined : asnsBy(2);
  const wide = start < 0 ? undefined : asnsBy(4);
  if (narrow === undefined) return 4;
  if (wide === undefined) return 2;
  const told = Array.isArray(path) ? path.flat().join(' ') : undefined;
  const fits = (asns: number[]): boolean =>
    told === undefined ? asns[0] === route.peerAs : asns.join(' ') === told;
  return fits(narrow) && !fits(wide) ? 2 : 4;
}

function readUpdate(emitter: Emitter, values: TextValues, data: Json): void {
  const withdrawn = asArray(data.withdrawals ?? [], 'withdrawals').map((p) => asText(p, 'withdrawals'));
  // One prefix can stand under several next hops of one message: it is one route.
  const announced = new Set<string>();
  for (const announcement of asArray(data.announcements ?? [], 'announcements')) {
    const { prefixes } = asObject(announcement, 'announcements');
    for (const prefix of asArray(prefixes, 'announcements.prefixes'))
      announced.add(asText(prefix, 'prefixes'));
  }
  const asPath = announced.size === 0 ? [] : pathOf(data, values);
  const prefixes = [...announced].map((text) => parsePrefixMasked(text));
  for (const text of withdrawn) deliverWithdrawal(emitter, text);
  for (const prefix of prefixes) {
    emitter.route.asPath = asPath;
    emitter.route.prefix = prefix;
    deliverRoute(emitter);
  }
}

/** NON-SPEC: the form of 2018 has one prefix a line, and the whole message in each (docs/decisions.md D-ris-flat). */
function readFlat(emitter: Emitter, values: TextValues, data: Json): void {
  const prefix = asText(data.prefix, 'prefix');
  if (data.type === 'W') {
    deliverWithdrawal(emitter, prefix);
    return;
  }
  emitter.route.prefix = parsePrefixMasked(prefix);
  emitter.route.asPath = pathOf(data, values);
  deliverRoute(emitter);
}

function pathOf({ path }: Json, values: TextValues) {
  if (path === undefined)
    throw new DecodeError('as-path-missing', 'routes without a path', { field: 'path' });
  const parsed = parseAsPathJson(path, 'path');
  // Through the text, so that equal paths are one object.
  return values.path(
    parsed.map(({ type, asns }) => (type === 1 ? `{${asns.join(' ')}}` : asns.join(' '))).join(' '),
  );
}

function deliverRoute(emitter: Emitter): void {
  emitter.route.hasAsPath = true;
  emitter.route.rib = false;
  emitter.route.pathId = undefined;
  emitter.summary.routes++;
  emitter.deliver(emitter.route);
}

function deliverWithdrawal(emitter: Emitter, prefix: string): void {
  emitter.withdrawal.prefix = parsePrefixMasked(prefix);
  emitter.withdrawal.pathId = undefined;
  emitter.summary.withdrawals++;
  emitter.deliver(emitter.withdrawal);
}

function asObject(value: unknown, field: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw shape(field, 'an object');
  return value as Json;
}

function asArray(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw shape(field, 'an array');
  return value;
}

function asText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw shape(field, 'a text');
  return value;
}

function shape(field: string, wanted: string): DecodeError {
  return new DecodeError('json-shape', `is not ${wanted}`, { field });
}
