import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, setContext } from '../emitter.js';
import { deliverRoute, deliverWithdrawal, nestedPath, type SegmentKind, segmentedPath } from './deliver.js';
import { asArray, asObject, asText, type Json, parseJsonLine, shape, timestampText } from './json-values.js';
import { asnText, parseNumber, parseTime, type TextValues } from './values.js';

const BEGINS = /^[AW]\|[0-9]+(?:\.[0-9]+)?\|/;
/** Up to the path, and one that shows where it ends: a line that was cut off inside has another path. The rest is not looked at. */
const COLUMNS = 7;
const SEGMENTS: Readonly<Record<string, SegmentKind>> = {
  AS_SET: 'set',
  AS_SEQUENCE: 'sequence',
  AS_CONFED_SEQUENCE: 'confed-sequence',
  AS_CONFED_SET: 'confed-set',
};

/** Whether a line is an element of bgpkit-parser with bars: kind, time. */
export function isBgpkitLine(line: string): boolean {
  return BEGINS.test(line);
}

/**
 * Delivers an element as bgpkit-parser prints it: kind, time, address and AS of the peer, prefix, path, and more. It does not tell
 * entries of a RIB from announcements.
 *
 * @throws {DecodeError} `line-columns`, or the codes of the values.
 */
export function readBgpkitLine(emitter: Emitter, values: TextValues, line: string): true {
  const columns = line.split('|');
  if (columns.length < COLUMNS) {
    throw new DecodeError('line-columns', `${columns.length} columns instead of ${COLUMNS} or more`, {
      field: 'line',
    });
  }
  const [kind, seconds = '', address = '', peerAs = '', prefix = '', path = ''] = columns;
  const { time, microseconds } = parseTime(seconds);
  setContext(emitter, time, microseconds, values.peer(address, peerAs), false);
  if (kind === 'W') deliverWithdrawal(emitter, parsePrefixMasked(prefix));
  else deliverRoute(emitter, parsePrefixMasked(prefix), values.path(path));
  return true;
}

/** Whether a line is an element of bgpkit-parser in JSON. */
export function isBgpkitJson(line: string): boolean {
  return (
    line.startsWith('{') &&
    /"peer_ip"\s*:/.test(line) &&
    /"peer_asn"\s*:/.test(line) &&
    /"prefix"\s*:/.test(line)
  );
}

/**
 * Delivers an element as bgpkit-parser writes it in JSON; the path is an array in which an array is an AS_SET, an array of
 * segments with their kinds, or a text.
 *
 * @throws {DecodeError} `json-syntax`, `json-shape`, `as-path-missing`, or the codes of the values.
 */
export function readBgpkitJson(emitter: Emitter, values: TextValues, line: string): true {
  const element = parseJsonLine(line);
  const { time, microseconds } = parseTime(timestampText(element.timestamp), 'timestamp');
  const peer = values.peer(asText(element.peer_ip, 'peer_ip'), asnText(element.peer_asn, 'peer_asn'));
  setContext(emitter, time, microseconds, peer, false);
  const { text, pathId } = prefixOf(element.prefix);
  const prefix = parsePrefixMasked(text);
  const { type } = element;
  if (type === 'WITHDRAW' || type === 'W') deliverWithdrawal(emitter, prefix, pathId);
  else if (type === 'ANNOUNCE' || type === 'A')
    deliverRoute(emitter, prefix, pathOf(values, element), { pathId });
  else throw shape('type', 'ANNOUNCE or WITHDRAW');
  return true;
}

/** A text, or with a Path Identifier an object. */
function prefixOf(prefix: unknown): { readonly text: string; readonly pathId: number | undefined } {
  if (typeof prefix === 'string') return { text: prefix, pathId: undefined };
  const { prefix: text, path_id: id } = asObject(prefix, 'prefix');
  const pathId =
    id === undefined || id === null ? undefined : parseNumber(String(id), 0xffff_ffff, 'path-id');
  return { text: asText(text, 'prefix'), pathId };
}

function pathOf(values: TextValues, { as_path: path }: Json) {
  if (path === undefined || path === null)
    throw new DecodeError('as-path-missing', 'a route without a path', { field: 'as_path' });
  if (typeof path === 'string') return values.path(path);
  const items = asArray(path, 'as_path');
  const segmented = items.some((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
  if (!segmented) return nestedPath(values, items, 'as_path');
  return segmentedPath(
    values,
    items.map((item) => {
      const { ty, values: asns } = asObject(item, 'as_path');
      const kind = SEGMENTS[asText(ty, 'as_path.ty')];
      if (kind === undefined) throw shape('as_path.ty', 'a kind of segment');
      return [kind, asArray(asns, 'as_path.values')] as const;
    }),
  );
}
